import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable, Token } from "cdktf";
import { BackupBucket, DeliveryRole, KloudfuseFirehose, MetricStreamRole } from "../../../modules";
import { type InputName, INPUT_NAMES, inputOf, variableName, type InputValues } from "../../../modules/inputs";
import { inApp } from "../../helpers/synth";
import { rejectionsIn } from "./inputs";
import { Json } from "./json";
import { TerraformRoot } from "./terraform";

/**
 * The constructs in a stack that is not this library's, every property a variable without rules, and
 * their preconditions on a resource that needs neither provider nor AWS: Terraform evaluates them in a moment.
 */
export class Preconditions {
  private readonly root = TerraformRoot.empty({});

  public constructor() {
    const { variable, locals, preconditions } = synthesized();
    this.root.write(
      "main.tf.json",
      JSON.stringify({
        variable,
        locals,
        resource: { terraform_data: { checked: { lifecycle: { precondition: preconditions } } } },
      }),
    );
  }

  /** What Terraform says about values; nothing when it accepts them. The inputs that are left out have their defaults. */
  public async rejections(values: InputValues): Promise<string[]> {
    const variables = Object.entries(values).map(([name, value]) => [variableName(name), value]);
    this.root.write("values.tfvars.json", JSON.stringify(Object.fromEntries(variables), undefined, 2));
    return rejectionsIn(await this.root.run("plan", "-lock=false", "-var-file=values.tfvars.json", "-json"));
  }

  public remove(): void {
    this.root.remove();
  }
}

function synthesized(): { readonly variable: unknown; readonly locals: unknown; readonly preconditions: unknown[] } {
  return inApp((app: App) => {
    const stack = new TerraformStack(app, "foreign");
    new LocalBackend(stack, { path: "foreign.tfstate" });
    new AwsProvider(stack, "aws");
    const variables = new Map(INPUT_NAMES.map((name) => [name, declare(stack, name)]));
    const text = (name: InputName): string => variable(name).stringValue;
    const number = (name: InputName): number => variable(name).numberValue;
    const map = (name: InputName): Record<string, string> => Token.asStringMap(variable(name).value);
    const variable = (name: InputName): TerraformVariable => {
      const found = variables.get(name);
      if (found === undefined) {
        throw new Error(`There is no variable for ${name}.`);
      }
      return found;
    };
    new DeliveryRole(stack, "own_role", {
      roleName: text("roleName"),
      rolePath: text("rolePath"),
      permissionsBoundaryArn: text("permissionsBoundaryArn"),
    });
    new MetricStreamRole(stack, "own_metric_role", { roleName: text("metricStreamRoleName") });
    new BackupBucket(stack, "own_bucket", {
      bucketName: text("backupBucketName"),
      retentionDays: number("backupRetentionDays"),
    });
    new KloudfuseFirehose(stack, "kloudfuse", {
      kloudfuseIngesterHost: text("kloudfuseIngesterHost"),
      metricsStreamName: text("metricsStreamName"),
      logsStreamName: text("logsStreamName"),
      bufferingSizeMb: number("bufferingSizeMb"),
      bufferingIntervalSeconds: number("bufferingIntervalSeconds"),
      metricsBufferingSizeMb: number("metricsBufferingSizeMb"),
      metricsBufferingIntervalSeconds: number("metricsBufferingIntervalSeconds"),
      logsBufferingSizeMb: number("logsBufferingSizeMb"),
      logsBufferingIntervalSeconds: number("logsBufferingIntervalSeconds"),
      retryDurationSeconds: number("retryDurationSeconds"),
      accessKey: text("accessKey"),
      accessKeySecretArn: text("accessKeySecretArn"),
      commonAttributes: map("commonAttributes"),
      role: DeliveryRole.fromRoleArn(stack, "role", text("roleArn")),
      backupBucket: BackupBucket.fromBucketArn(stack, "bucket", text("backupBucketArn")),
      backupPrefix: text("backupPrefix"),
      kmsKeyArn: text("kmsKeyArn"),
      errorLogRetentionDays: number("errorLogRetentionDays"),
      tags: map("tags"),
      metricStream: {
        metricStreamName: text("metricStreamName"),
        includeFilters: Token.asAny(variable("metricStreamIncludeFilters").value),
        excludeFilters: Token.asAny(variable("metricStreamExcludeFilters").value),
        statistics: Token.asAny(variable("metricStreamStatistics").value),
        role: MetricStreamRole.fromRoleArn(stack, "metric_role", text("metricStreamRoleArn")),
      },
      logGroups: map("logGroups"),
      logFilterPattern: text("logFilterPattern"),
      alarms: {
        topicArn: text("alarmTopicArn"),
        stalledSeconds: number("alarmStalledSeconds"),
        quotaPercent: number("alarmQuotaPercent"),
      },
    });
    // Of its own: an account whose log groups also have filters of their own is another error, as are two topics.
    new KloudfuseFirehose(stack, "whole_account", {
      kloudfuseIngesterHost: "kfuse.example.com",
      role: DeliveryRole.fromRoleArn(stack, "account_role", "arn:aws:iam::123456789012:role/kloudfuse"),
      backupBucket: BackupBucket.fromBucketArn(stack, "account_bucket", "arn:aws:s3:::my-bucket"),
      accountSubscription: {
        excludedLogGroups: variable("accountExcludedLogGroups").listValue,
        policyName: text("accountPolicyName"),
      },
      alarms: {
        topic: { emails: variable("alarmEmails").listValue, kmsKeyArn: text("alarmTopicKmsKeyArn") },
      },
    });
    stack.prepareStack();
    stack.runAllValidations();
    const json = new Json(stack.toTerraform());
    const carriers = [
      ["data", "aws_iam_policy_document"],
      ["resource", "aws_iam_role"],
      ["resource", "aws_s3_bucket"],
      ["resource", "aws_kinesis_firehose_delivery_stream"],
      ["resource", "aws_cloudwatch_metric_stream"],
      ["resource", "aws_cloudwatch_log_subscription_filter"],
      ["resource", "aws_cloudwatch_log_account_policy"],
      ["resource", "aws_cloudwatch_log_metric_filter"],
    ] as const;
    const preconditions = carriers
      .flatMap(([kind, type]) => json.at(kind, type).keys.map((name) => json.at(kind, type, name)))
      .filter((carrier) => carrier.keys.includes("lifecycle"))
      .map((carrier) => carrier.at("lifecycle"))
      .filter((lifecycle) => lifecycle.keys.includes("precondition"))
      .flatMap((lifecycle) => lifecycle.at("precondition").list)
      // Account and region are AWS's to tell.
      .filter((precondition) => !precondition.at("condition").text.includes("data."));
    return {
      variable: json.at("variable").value,
      locals: json.at("locals").value,
      // Both streams carry those of the role.
      preconditions: [
        ...new Map(
          preconditions.map((precondition) => [JSON.stringify(precondition.value), precondition.value]),
        ).values(),
      ],
    };
  });
}

function declare(stack: TerraformStack, name: InputName): TerraformVariable {
  const { type, default: fallback, sensitive } = inputOf(name);
  const variable = new TerraformVariable(stack, variableName(name), { type, sensitive: sensitive === true });
  if (fallback !== undefined) {
    variable.addOverride("default", fallback);
  }
  return variable;
}
