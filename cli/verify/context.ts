import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { memoized } from "../../iam/memoized";
import type { AwsContext } from "../aws/context";
import type { ExpectedStack } from "./expected-stack";
import type { DeployedMetricStream } from "./terraform-state";

/** The clients and the expectations for the checks of one region. */
export interface VerifyContext extends AwsContext {
  readonly iam: IAMClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
  /** The KMS client of a region: the key of a bucket is in the bucket's region. */
  readonly kms: (region: string) => KMSClient;
  /** The time of the evaluation. */
  readonly now: Date;
  /** The limit of waiting for streams in status CREATING; undefined if the command did not wait. */
  readonly waitedSeconds: number | undefined;
  /** The metric streams in Terraform's state; missing: there is no state to compare with. */
  readonly deployed?: readonly DeployedMetricStream[] | undefined;
  /** What the fleet file says about the stack; missing: there is no fleet file. */
  readonly expected?: ExpectedStack | undefined;
}

export function verifyContext(
  aws: AwsContext,
  { now, waitedSeconds, deployed, expected }: Pick<VerifyContext, "now" | "waitedSeconds" | "deployed" | "expected">,
): VerifyContext {
  const { settings } = aws;
  return {
    ...aws,
    iam: new IAMClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    // CloudWatch Logs allows 10 requests for subscription filters a second: the client slows down instead of failing.
    logs: new CloudWatchLogsClient({ ...settings, retryMode: "adaptive" }),
    secretsManager: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
    kms: memoized((region) => new KMSClient({ ...settings, region })),
    now,
    waitedSeconds,
    deployed,
    expected,
  };
}
