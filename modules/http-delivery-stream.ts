import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import {
  KinesisFirehoseDeliveryStream,
  type KinesisFirehoseDeliveryStreamHttpEndpointConfigurationRequestConfigurationCommonAttributes as CommonAttribute,
} from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import {
  Fn,
  type IResolvable,
  type ITerraformDependable,
  Op,
  ref,
  TerraformIterator,
  type TerraformMetaArguments,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { checkProperty, checkSecret } from "./check";
import { type Flag, whenGiven } from "./expressions";
import { LIMITS } from "./limits";

/** What `HttpDeliveryStream` takes. */
export interface HttpDeliveryStreamProps {
  /** Name of the delivery stream: 1 to 64 of `a-zA-Z0-9_.-`. */
  readonly streamName: string;
  /** URL that Firehose posts to: `https://`, without port, at most 1000 characters. */
  readonly endpointUrl: string;
  /**
   * Name of the endpoint, as the AWS console shows it: not blank, at most 256 characters.
   * @default streamName
   */
  readonly endpointName?: string | undefined;
  /** ARN of the role that Firehose delivers with. */
  readonly roleArn: string;
  /** Buffering hint in MiB, whole, 1 to 64. */
  readonly bufferingSizeMb: number;
  /** Buffering hint in seconds, whole, 15 to 900. */
  readonly bufferingIntervalSeconds: number;
  /** How long a delivery is retried, in seconds, whole, 0 to 7200. */
  readonly retryDurationSeconds: number;
  /**
   * Access key that Firehose sends to the endpoint: a token, never a literal.
   * @default none
   */
  readonly accessKey?: string | undefined;
  /**
   * ARN of the Secrets Manager secret that holds the access key.
   * @default none
   */
  readonly accessKeySecretArn?: string | undefined;
  /** Attributes sent with every request: at most 50, names up to 256 and values up to 1024 characters. */
  readonly commonAttributes: Record<string, string>;
  /** ARN of the bucket for what could not be delivered. */
  readonly backupBucketArn: string;
  /** Prefix in the bucket for what could not be delivered. */
  readonly failurePrefix: string;
  /**
   * ARN of the KMS key for the stream and its backup.
   * @default none: an AWS-owned key for the stream, the bucket's default for the backup
   */
  readonly kmsKeyArn?: string | undefined;
  /** Name of the CloudWatch log group that delivery errors are written to. */
  readonly errorLogGroupName: string;
  /** Tags of the stream. */
  readonly tags: Record<string, string>;
  /** What must exist before the stream, such as the role's permissions. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The log streams that one delivery stream writes its errors to, one for each leg. */
export function errorLogStreamNames(streamName: string): { readonly delivery: string; readonly backup: string } {
  return { delivery: `${streamName}/http-endpoint-delivery`, backup: `${streamName}/s3-backup` };
}

/**
 * A Direct PUT delivery stream with an HTTP endpoint as its destination: compressed requests,
 * failed data only in S3, encryption at rest, errors of both legs logged.
 */
export class HttpDeliveryStream extends Construct {
  public readonly streamArn: string;
  public readonly streamName: string;
  public readonly endpointUrl: string;

  /** @throws Error when a literal breaks a limit of Firehose, or the access key is a literal */
  public constructor(scope: Construct, id: string, props: HttpDeliveryStreamProps) {
    super(scope, id);
    checkProperty("streamName", props.streamName, LIMITS.streamName);
    checkProperty("endpointUrl", props.endpointUrl, LIMITS.endpointUrl);
    checkProperty("endpointName", props.endpointName, LIMITS.endpointName);
    checkProperty("roleArn", props.roleArn, LIMITS.roleArn);
    checkProperty("bufferingSizeMb", props.bufferingSizeMb, LIMITS.bufferingSizeMb);
    checkProperty("bufferingIntervalSeconds", props.bufferingIntervalSeconds, LIMITS.bufferingIntervalSeconds);
    checkProperty("retryDurationSeconds", props.retryDurationSeconds, LIMITS.retryDurationSeconds);
    checkSecret("accessKey", props.accessKey);
    checkProperty("accessKeySecretArn", props.accessKeySecretArn, LIMITS.secretArn);
    checkProperty("commonAttributes", props.commonAttributes, LIMITS.commonAttributes);
    checkProperty("backupBucketArn", props.backupBucketArn, LIMITS.bucketArn);
    checkProperty("kmsKeyArn", props.kmsKeyArn, LIMITS.kmsKeyArn);

    const names = errorLogStreamNames(props.streamName);
    const { accessKey, kmsKeyArn } = props;
    const stream = new KinesisFirehoseDeliveryStream(this, "Resource", {
      name: props.streamName,
      destination: "http_endpoint",
      httpEndpointConfiguration: {
        url: props.endpointUrl,
        name: props.endpointName ?? props.streamName,
        roleArn: props.roleArn,
        bufferingSize: props.bufferingSizeMb,
        bufferingInterval: props.bufferingIntervalSeconds,
        retryDuration: props.retryDurationSeconds,
        ...(accessKey === undefined ? {} : { accessKey }),
        requestConfiguration: {
          contentEncoding: "GZIP",
          commonAttributes: commonAttributes(props.commonAttributes),
        },
        cloudwatchLoggingOptions: this.errorLogging("http_endpoint_delivery", names.delivery, props),
        s3BackupMode: "FailedDataOnly",
        s3Configuration: {
          roleArn: props.roleArn,
          bucketArn: props.backupBucketArn,
          prefix: props.failurePrefix,
          compressionFormat: "GZIP",
          ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
          cloudwatchLoggingOptions: this.errorLogging("s3_backup", names.backup, props),
        },
      },
      serverSideEncryption: {
        enabled: true,
        keyType: Token.asString(whenGiven(kmsKeyArn, "CUSTOMER_MANAGED_CMK", "AWS_OWNED_CMK")),
        ...(kmsKeyArn === undefined ? {} : { keyArn: kmsKeyArn }),
      },
      tags: props.tags,
      dependsOn: [...props.dependsOn],
      ...secretIsGivenWhileInUse(props.accessKeySecretArn),
    });
    this.readAccessKeyFromSecret(stream, props);
    this.streamArn = stream.arn;
    this.streamName = stream.name;
    this.endpointUrl = props.endpointUrl;
  }

  private errorLogging(id: string, name: string, { errorLogGroupName }: HttpDeliveryStreamProps) {
    const logStream = new CloudwatchLogStream(this, id, { logGroupName: errorLogGroupName, name });
    return { enabled: true, logGroupName: errorLogGroupName, logStreamName: logStream.name };
  }

  private readAccessKeyFromSecret(
    stream: KinesisFirehoseDeliveryStream,
    { accessKeySecretArn, roleArn }: HttpDeliveryStreamProps,
  ): void {
    if (accessKeySecretArn === undefined) {
      return;
    }
    // A dynamic block, because the ARN may be null when Terraform plans: AWS echoes a disabled
    // block in part, which would be a change in every plan.
    stream.addOverride("http_endpoint_configuration.dynamic.secrets_manager_configuration", {
      for_each: whenGiven(accessKeySecretArn, [accessKeySecretArn], []),
      content: { enabled: true, secret_arn: "${secrets_manager_configuration.value}", role_arn: roleArn },
    });
  }
}

/** The provider keeps the secret of a stream that no longer names one; the role may no longer read it. */
function secretIsGivenWhileInUse(secretArn: string | undefined): Pick<TerraformMetaArguments, "lifecycle"> {
  if (secretArn !== undefined && !Token.isUnresolved(secretArn)) {
    return {};
  }
  const enabled: unknown = Fn.try([
    ref("self.http_endpoint_configuration[0].secrets_manager_configuration[0].enabled"),
    false,
  ]);
  const condition = Token.asString(whenGiven<Flag>(secretArn, true, Op.neq(Token.asString(enabled), true)));
  const errorMessage =
    "This stream takes its access key from a secret that is no longer given, and would go on to without being allowed to. " +
    "Give the secret, or replace the stream with -replace, which loses the data it has buffered.";
  return { lifecycle: { postcondition: [{ condition, errorMessage }] } };
}

function commonAttributes(attributes: Record<string, string>): CommonAttribute[] | IResolvable {
  if (Token.isUnresolved(attributes)) {
    const entries = TerraformIterator.fromMap(attributes);
    const value: unknown = entries.value;
    return entries.dynamic({ name: entries.key, value });
  }
  return Object.entries(attributes).map(([name, value]) => ({ name, value }));
}
