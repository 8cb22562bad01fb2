import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { MetricStreamRole, type MetricStreamRoleProps } from "../modules";
import type { IMetricStreamRole, MetricStreamRoleContext } from "../modules/metric-stream-role";
import { asObject } from "../iam/json";
import { inStack, stackWith, type Template } from "./helpers/synth";

const ROLE = "aws_iam_role.r";
const ARN = "arn:aws:iam::123456789012:role/observability/metric-streams";
const ACCOUNT = "${data.aws_caller_identity.account.account_id}";

/** A role of its own, as a stack has it. */
const roleWith = (props?: MetricStreamRoleProps, context?: MetricStreamRoleContext): Template =>
  stackWith((stack) => {
    new MetricStreamRole(stack, "r", props, context);
  });

describe("a role of a metric stream", () => {
  test("is named by the provider's region, with defaults for the rest", () => {
    const { "//": _, ...role } = asObject(roleWith().resource(ROLE));
    expect(role).toEqual({
      name: "KloudfuseMetricStreamRole-${data.aws_region.region.id}",
      path: "/",
      description: "Puts the records of a CloudWatch metric stream on the delivery stream to Kloudfuse",
      assume_role_policy: "${data.aws_iam_policy_document.r_trust.json}",
      tags: {},
    });
  });

  test("has its own name, path, boundary and tags", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const template = roleWith({
      roleName: "metric-streams",
      rolePath: "/o11y/",
      permissionsBoundaryArn,
      tags: { team: "platform" },
    });
    expect(template.resource(ROLE)).toMatchObject({
      name: "metric-streams",
      path: "/o11y/",
      permissions_boundary: permissionsBoundaryArn,
      tags: { team: "platform" },
    });
  });

  test("may be assumed by CloudWatch metric streams alone, for this account", () => {
    expect(roleWith().data("aws_iam_policy_document.r_trust", "statement")).toEqual([
      {
        sid: "CloudWatchMetricStreams",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["streams.metrics.cloudwatch.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [ACCOUNT] }],
      },
    ]);
  });

  test("has a default name where Terraform finds that its own is null", () => {
    const template = stackWith((stack) => {
      const roleName = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new MetricStreamRole(stack, "r", { roleName });
    });
    expect(template.resource(ROLE, "name")).toBe(
      '${coalesce(var.name, "KloudfuseMetricStreamRole-${data.aws_region.region.id}")}',
    );
  });

  test("has ARN and name, and its policies are attached to it", () => {
    const template = stackWith((stack) => {
      const role = new MetricStreamRole(stack, "r");
      expect([role.attachPolicies, role.preconditions]).toEqual([true, []]);
      expect(role.resource.node.path).toBe("test/r/Resource");
      new TerraformOutput(stack, "role", { value: [role.roleArn, role.roleName] });
    });
    expect(template.output("role", "value")).toEqual(["${aws_iam_role.r.arn}", "${aws_iam_role.r.name}"]);
  });

  test("is of its provider, with the trust policy", () => {
    const template = stackWith((stack) => {
      new MetricStreamRole(stack, "r", { provider: new AwsProvider(stack, "eu", { alias: "eu" }) });
    });
    expect(template.resource(ROLE, "provider")).toBe("aws.eu");
    expect(template.data("aws_iam_policy_document.r_trust", "provider")).toBe("aws.eu");
    expect(template.resource(ROLE, "name")).toBe(
      "KloudfuseMetricStreamRole-${data.aws_region.KloudfuseFirehoseLocation-awseu_region.id}",
    );
    expect(roleWith().resource(ROLE)).not.toHaveProperty("provider");
  });
});

describe("the checks of a role of a metric stream", () => {
  test("reject its literals, each with the name of the property", () => {
    inStack((stack) => {
      expect(
        () => new MetricStreamRole(stack, "r", { roleName: "two words", rolePath: "o11y", tags: { "aws:x": "y" } }),
      ).toThrow(/^rolePath must .*"o11y".*\nroleName must .*"two words".*\nevery name in tags must .*"aws:x".*$/);
      expect(stack.node.tryFindChild("r")).toBeUndefined();
    });
  });

  test("are preconditions of its tokens", () => {
    const template = stackWith((stack) => {
      const roleName = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new MetricStreamRole(stack, "r", { roleName });
    });
    expect(template.resource(ROLE, "lifecycle", "precondition")).toEqual([
      {
        condition: expect.stringContaining("local.r_input_role_name") as unknown,
        error_message: expect.stringMatching(/^roleName must be 1 to 64 of the characters /) as unknown,
      },
    ]);
  });

  test("compare the account and the partition of its boundary with its own", () => {
    const messages = (template: Template): unknown =>
      (template.resource(ROLE, "lifecycle", "precondition") as { error_message: string }[]).map(({ error_message }) =>
        error_message.replace(/, .*/, ""),
      );
    expect(messages(roleWith({ permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary" }))).toEqual([
      "permissionsBoundaryArn must be in the partition that the streams are deployed to",
      "permissionsBoundaryArn must be in the account that the role is created in",
    ]);
  });
});

describe("a role that another construct checks", () => {
  test("has the region that it knows, and its count", () => {
    const template = roleWith({}, { region: "eu-west-1", count: 0 });
    expect(template.resource(ROLE)).toMatchObject({ name: "KloudfuseMetricStreamRole-eu-west-1", count: 0 });
    expect(template.data("aws_iam_policy_document.r_trust", "count")).toBe(0);
    expect(roleWith({}, {}).resource(ROLE)).not.toHaveProperty("count");
  });

  test("does not check its literals", () => {
    expect(roleWith({ roleName: "two words" }, {}).resource(ROLE, "name")).toBe("two words");
  });

  test("compares where the ARN in a variable is, by the name of the variable, and nothing else", () => {
    const template = stackWith((stack) => {
      const permissionsBoundaryArn = new TerraformVariable(stack, "permissions_boundary_arn", {
        type: "string",
      }).stringValue;
      new MetricStreamRole(stack, "r", { permissionsBoundaryArn }, {});
    });
    expect(template.resource(ROLE, "lifecycle", "precondition")).toMatchObject([
      { error_message: expect.stringMatching(/^permissions_boundary_arn must be in the partition /) as unknown },
      { error_message: expect.stringMatching(/^permissions_boundary_arn must be in the account /) as unknown },
    ]);
  });

  test("compares nothing of a literal", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    expect(roleWith({ permissionsBoundaryArn }, {}).resource(ROLE)).not.toHaveProperty("lifecycle");
  });
});

describe("a role of a metric stream that exists", () => {
  const imported = (
    read: (role: IMetricStreamRole) => unknown,
    options?: Parameters<typeof MetricStreamRole.fromRoleArn>[3],
  ): unknown => {
    let result: unknown;
    inStack((stack) => {
      result = read(MetricStreamRole.fromRoleArn(stack, "mine", ARN, options));
    });
    return result;
  };

  test("has its ARN, and is not created", () => {
    expect(imported(({ roleArn }) => roleArn)).toBe(ARN);
    const template = stackWith((stack) => {
      MetricStreamRole.fromRoleArn(stack, "mine", ARN);
    });
    expect(template.addresses).toEqual([]);
  });

  test("has policies attached unless it says otherwise", () => {
    expect(imported(({ attachPolicies }) => attachPolicies)).toBe(true);
    expect(imported(({ attachPolicies }) => attachPolicies, { attachPolicies: true })).toBe(true);
    expect(imported(({ attachPolicies }) => attachPolicies, { attachPolicies: false })).toBe(false);
  });

  test("must be in the partition and account of the metric stream, which checks it", () => {
    expect(imported(({ preconditions }) => preconditions.map(({ errorMessage }) => errorMessage))).toEqual([
      expect.stringMatching(/^roleArn must be in the partition that the streams are deployed to, /),
      expect.stringMatching(/^roleArn must be in the account that the streams are deployed to, .*passed to CloudWatch/),
    ]);
  });

  test("must have the ARN of a role", () => {
    inStack((stack) => {
      expect(() => MetricStreamRole.fromRoleArn(stack, "mine", "role")).toThrow(
        new Error(
          'roleArn must be the ARN of an IAM role, got "role". Use a role that streams.metrics.cloudwatch.amazonaws.com may assume.',
        ),
      );
    });
  });
});
