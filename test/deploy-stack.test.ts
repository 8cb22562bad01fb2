import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { KloudfuseFirehoseModule, KloudfuseFirehoseStack } from "../modules";
import type { BackendSettings } from "../modules/backend-settings";
import { LIMITS } from "../modules/limits";
import { Json } from "./e2e/helpers/json";
import { inApp, synthesize, Template } from "./helpers/synth";

const root = (backend?: BackendSettings): Template =>
  synthesize((app) => new KloudfuseFirehoseStack(app, "kloudfuse-firehose", backend === undefined ? {} : { backend }));

describe("the root stack", () => {
  let template: Template;
  let module: Template;

  beforeAll(() => {
    template = root();
    module = synthesize((app) => new KloudfuseFirehoseModule(app, "module"));
  });

  test("has the module's variables and aws_region", () => {
    expect(Object.keys(template.json.variable)).toEqual(["aws_region", ...Object.keys(module.json.variable)]);
    expect(template.variable("aws_region", "default")).toBeNull();
    expect(template.variable("aws_region", "validation", 0, "error_message")).toBe(
      'aws_region must be the code of an AWS region, such as eu-west-1, got "${(var.aws_region == null ? "" : var.aws_region)}". Use the region\'s code.',
    );
  });

  test.each(["eu-west-1", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1"])(
    "takes the region %s",
    (region) => {
      expect(LIMITS.region.map((rule) => rule.allows(region))).toEqual([true]);
    },
  );

  test.each(["", "eu-west", "eu-west-1a", "EU-WEST-1", "eu_west_1", "Ireland", "eu-west-1\n"])(
    "rejects the region %j",
    (region) => {
      expect(LIMITS.region.map((rule) => rule.allows(region))).toEqual([false]);
    },
  );

  test("has the module's outputs, resources and data sources", () => {
    // CDKTF's command line crashes on an output that is null.
    const withoutNull = JSON.stringify(module.json.output)
      .replaceAll(" : null}", ' : \\"\\"}')
      .replaceAll("Null if that", "Empty if that");
    expect(template.json.output).toEqual(JSON.parse(withoutNull));
    expect(template.addresses).toEqual(module.addresses);
    expect(template.dataAddresses).toEqual(module.dataAddresses);
  });

  const regionOfProvider = (): string => new Json(template.json).at("provider", "aws", 0, "region").text;

  test("pins the provider version that the binding was generated from, and takes its region from the variable", () => {
    const binding = Json.parse(readFileSync(require.resolve("@cdktf/provider-aws/package.json"), "utf8"));
    expect(template.json.terraform).toMatchObject({
      required_version: ">= 1.9.0",
      required_providers: {
        aws: { source: "hashicorp/aws", version: binding.at("cdktf", "provider", "version").text },
      },
    });
    expect(regionOfProvider()).toMatch(/ \? var\.aws_region : null\}$/);
  });

  test("configures the provider once every variable is valid, so that an error is all that is printed", () => {
    const referred = regionOfProvider().match(/var\.[a-z_]+/g);
    const variables = Object.keys(template.json.variable).filter((name) => name !== "access_key");
    expect(referred?.map((reference) => reference.replace("var.", "")).sort()).toEqual(variables.sort());
  });

  test("checks account and region before anything else, so that an error is all that is printed", () => {
    const checks = "data.aws_iam_policy_document.delivery_deliver_document";
    for (const address of ["aws_cloudwatch_log_group.errors", "aws_iam_role.delivery", "aws_s3_bucket.backup"]) {
      expect(template.resource(address, "depends_on")).toEqual([checks]);
      expect(module.resource(address, "depends_on")).toBeUndefined();
    }
  });

  test("does not hold the framework's version", () => {
    const framework = Json.parse(readFileSync(require.resolve("cdktf/package.json"), "utf8"));
    expect(JSON.stringify(template.json)).not.toContain(framework.at("version").text);
  });
});

describe("another stack", () => {
  class Consumer extends TerraformStack {
    public constructor(app: App, { kloudfuse }: KloudfuseFirehoseStack) {
      super(app, "consumer");
      new LocalBackend(this, { path: "consumer.tfstate" });
      const { metricsStream, role, backupBucket } = kloudfuse;
      new TerraformOutput(this, "stream", { value: metricsStream.streamArn });
      new TerraformOutput(this, "role", { value: role.roleArn });
      new TerraformOutput(this, "bucket", { value: backupBucket.bucketName });
    }
  }

  test("may refer to what the root stack deploys, through outputs with legal names", () => {
    inApp((app) => {
      const producer = new KloudfuseFirehoseStack(app, "kloudfuse-firehose");
      new Consumer(app, producer);
      app.synth();
      const read = (stack: string): { readonly output: Readonly<Record<string, { readonly value: string }>> } =>
        JSON.parse(readFileSync(join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as ReturnType<typeof read>;
      const [producing, consuming] = [read("kloudfuse-firehose").output, read("consumer").output];
      const crossing = Object.entries(producing).filter(([name]) => name.startsWith("cross-stack-output-"));
      expect(crossing.length).toBeGreaterThan(0);
      expect(Object.keys(producing).filter((name) => !/^[a-zA-Z_][a-zA-Z0-9_-]*$/.test(name))).toEqual([]);
      // None of them is null, which CDKTF's command line cannot print.
      expect(crossing.map(([, { value }]) => value).sort()).toEqual([
        "${aws_kinesis_firehose_delivery_stream.metrics[0].arn}",
        "${local.bucket_name}",
        "${local.role_arn}",
      ]);
      const referred = JSON.stringify(consuming).match(/outputs\.[A-Za-z0-9_-]+/g) ?? [];
      expect(referred.length).toBeGreaterThan(0);
      for (const reference of referred) {
        expect(Object.keys(producing)).toContain(reference.replace("outputs.", ""));
      }
      expect(JSON.stringify(consuming)).not.toMatch(/\{(var|aws_)/);
    });
  });
});

describe("the outputs", () => {
  test("have the same names in the framework's own list", () => {
    const listed = root().json["//"]?.outputs;
    const names = Object.keys(root().json.output);
    expect(listed).toEqual({ "kloudfuse-firehose": Object.fromEntries(names.map((name) => [name, name])) });
  });
});

describe("the state", () => {
  test("is a file beside cdktf.json, named relative to the folder that Terraform runs in", () => {
    inApp(({ outdir: project }) => {
      const cwd = jest.spyOn(process, "cwd").mockReturnValue(project);
      const app = new App({ outdir: join(project, "cdktf.out") });
      const stack = new KloudfuseFirehoseStack(app, "kloudfuse-firehose");
      stack.prepareStack();
      const json = stack.toTerraform();
      cwd.mockRestore();
      expect(json.terraform["backend"]).toEqual({ local: { path: "../../../kloudfuse-firehose.tfstate" } });
      expect(JSON.stringify(json)).not.toContain(project);
    });
  });

  test("goes to S3, encrypted and locked", () => {
    const backend = root({ type: "s3", bucket: "states", key: "kloudfuse", region: "eu-west-1" }).json.terraform;
    expect(backend["backend"]).toEqual({
      s3: { bucket: "states", key: "kloudfuse", region: "eu-west-1", encrypt: true, use_lockfile: true },
    });
  });

  test("goes to HCP Terraform", () => {
    const settings = { type: "cloud", organization: "acme", workspace: "kloudfuse", hostname: undefined } as const;
    expect(root(settings).json.terraform["cloud"]).toEqual({
      organization: "acme",
      workspaces: { name: "kloudfuse" },
    });
    expect(root(settings).json.terraform["backend"]).toBeUndefined();
    expect(root({ ...settings, hostname: "tfe.example.com" }).json.terraform["cloud"]).toMatchObject({
      hostname: "tfe.example.com",
    });
  });
});
