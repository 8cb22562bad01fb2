import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { type ITerraformDependable, type TerraformProvider, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { readAccessKeyFromSecret, secretPostconditions } from "./access-key-secret";
import type { IBackupBucket } from "./backup-bucket";
import { type CheckedProperty, checkLiterals, preconditionsOf, propertiesOf } from "./check";
import { addDeliveryPolicies } from "./delivery-policies";
import { DELIVERY_OPTIONS, type DeliveryOptions, endpointOptions } from "./delivery-options";
import type { IDeliveryRole } from "./delivery-role";
import { DeliveryStreamMetrics } from "./delivery-stream-metrics";
import { attributeOf, isInStackOf, type PrecheckedOptions, whenSet, withProvider } from "./expressions";
import type { Input } from "./inputs";
import { LIMITS } from "./limits";
import { Location } from "./location";
import { errorLogGroupName } from "./log-criteria";
import { pick } from "./pick";
import { policyDocument } from "./policy-document";
import { deliveryStreamArn, putRecordsPermissions } from "./put-records";
import { errorLogStreamNames, policyNameSuffix } from "./resource-names";
import type { Rule } from "./rules";

/** Properties of `HttpDeliveryStream`. */
export interface HttpDeliveryStreamProps extends DeliveryOptions {
  /** Name of the delivery stream: 1 to 64 characters of `a-zA-Z0-9_.-`. */
  readonly streamName: string;
  /** URL that Firehose posts to: `https://`, without port, at most 1000 characters. */
  readonly endpointUrl: string;
  /** The role that Firehose delivers with. */
  readonly role: IDeliveryRole;
  /** The bucket for failed records. */
  readonly backupBucket: IBackupBucket;
  /**
   * Resources that grant the role the stream's permissions; the stream depends on them.
   * @default inline policies named by region and stream are added to the role
   */
  readonly permissions?: readonly ITerraformDependable[] | undefined;
  /**
   * Name of the endpoint, as the AWS console shows it: not blank, at most 256 characters.
   * @default streamName
   */
  readonly endpointName?: string | undefined;
  /**
   * Buffering hint in MiB: a whole number from 1 to 64.
   * @default 5, as in Firehose
   */
  readonly bufferingSizeMb?: number | undefined;
  /**
   * Buffering hint in seconds: a whole number from 0 to 900.
   * @default 300, as in Firehose
   */
  readonly bufferingIntervalSeconds?: number | undefined;
  /**
   * Prefix of failed records in the bucket: at most 512 characters of `a-zA-Z0-9_.=-` between slashes, ending with `/`.
   * @default "<streamName>-failures/"
   */
  readonly failurePrefix?: string | undefined;
  /**
   * ARN, at most 512 characters, of the KMS key (not of an alias) for the stream and its backup, in the stream's region.
   * @default none: an AWS-owned key encrypts the stream, the bucket's default encryption the backup
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * CloudWatch log group that delivery errors are written to.
   * @default a log group /aws/kinesisfirehose/<streamName> that keeps them for 30 days is created
   */
  readonly errorLogGroup?: CloudwatchLogGroup | undefined;
  /**
   * Tags of the stream: at most 50, names of at most 128 characters without the prefix `aws:`, values of at most 256.
   * @default {}: the stream has the provider's default tags only
   */
  readonly tags?: Record<string, string> | undefined;
  /**
   * Provider of the account and region to create the stream in.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** A role that can be granted to put records: one of this library, or an `aws_iam_role` resource or data source. */
export type RecordProducer = IConstruct & (NamedRole | TerraformRole);

/** A role of this library. */
export interface NamedRole {
  /** Name of the role, without its path. */
  readonly roleName: string;
}

/** An `aws_iam_role`. */
export interface TerraformRole {
  /** Name of the role, without its path. */
  readonly name: string;
  /** Its trust policy, which distinguishes it from other resources that have a name. */
  readonly assumeRolePolicy: string;
}

/** Firehose's own defaults for an HTTP endpoint. Source: Firehose API, HttpEndpointBufferingHints, HttpEndpointRetryOptions. */
export const FIREHOSE_DEFAULTS = { bufferingSizeMb: 5, bufferingIntervalSeconds: 300 } as const;

/** How long the log group that a stream creates keeps delivery errors. */
export const ERROR_LOG_RETENTION_DAYS = 30;

/**
 * A Direct PUT delivery stream with an HTTP endpoint as its destination: compressed requests,
 * failed records only in S3, encryption at rest, errors of both delivery paths logged.
 *
 * @example
 * new HttpDeliveryStream(this, "audit", {
 *   streamName: "audit",
 *   endpointUrl: "https://audit.example.com/firehose",
 *   role: new DeliveryRole(this, "role", { roleName: "audit-delivery" }),
 *   backupBucket: new BackupBucket(this, "backup"),
 * });
 */
export class HttpDeliveryStream extends DeliveryStreamMetrics {
  /** ARN of the delivery stream; resources that use it depend on the stream. */
  public readonly streamArn: string;
  /** Name of the delivery stream. */
  public readonly streamName: string;
  /** URL that the stream delivers to. */
  public readonly endpointUrl: string;
  /** Name of the stream, for resources that must not depend on the stream. */
  public readonly plannedStreamName: string;
  /** ARN of the stream, for resources that must not depend on the stream. */
  public readonly plannedStreamArn: string;
  /** ARN of the KMS key that encrypts the stream. */
  public readonly kmsKeyArn: string | undefined;
  /**
   * The stream, for resources that must depend on it.
   * @internal
   */
  public readonly dependency: ITerraformDependable;
  readonly #props: HttpDeliveryStreamProps;
  readonly #grants = new Map<RecordProducer, IamRolePolicy>();

  /**
   * @param prechecked @internal
   * @throws Error naming each literal that breaks a limit of Firehose, or an access key that is a literal
   */
  public constructor(scope: Construct, id: string, props: HttpDeliveryStreamProps, prechecked?: PrecheckedOptions) {
    const properties = checkedProperties(props);
    if (prechecked === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    this.#props = props;

    const { kmsKeyArn, provider, role, backupBucket } = props;
    const location = Location.of(this, provider);
    const { precondition: parentPrecondition = [], ...count } = prechecked ?? {};
    const options = { ...count, ...withProvider(provider) };
    const precondition =
      prechecked === undefined
        ? [
            ...preconditionsOf(this, properties, location),
            ...[role, backupBucket]
              .filter((one) => isInStackOf(this, one))
              .flatMap(({ preconditions }) => preconditions),
          ]
        : [...parentPrecondition];
    const failurePrefix = props.failurePrefix ?? `${props.streamName}-failures/`;
    const errorLogGroup =
      props.errorLogGroup ??
      new CloudwatchLogGroup(this, "errors", {
        name: errorLogGroupName(props.streamName),
        retentionInDays: ERROR_LOG_RETENTION_DAYS,
        tags: props.tags ?? {},
        ...withProvider(provider),
      });
    const names = errorLogStreamNames(props.streamName);
    const permissions =
      props.permissions ??
      addDeliveryPolicies(this, {
        role,
        nameSuffix: policyNameSuffix(location.region, props.streamName),
        location,
        streams: [
          {
            id: "own",
            when: true,
            streamName: props.streamName,
            failurePrefix,
            errorLogStreamNames: Object.values(names),
          },
        ],
        backupBucketArn: backupBucket.plannedBucketArn,
        errorLogGroupName: errorLogGroup.name,
        kmsKeyArn,
        accessKeySecretArn: props.accessKeySecretArn,
        provider,
      }).policies;
    const errorLogging = (logStreamId: string, name: string) => {
      const logStream = new CloudwatchLogStream(this, logStreamId, {
        ...options,
        logGroupName: errorLogGroup.name,
        name,
      });
      return {
        enabled: true,
        logGroupName: errorLogGroup.name,
        logStreamName: attributeOf(logStream, "name"),
      };
    };
    const postcondition = secretPostconditions(props.accessKeySecretArn);
    const stream = new KinesisFirehoseDeliveryStream(this, "Resource", {
      ...options,
      name: props.streamName,
      destination: "http_endpoint",
      httpEndpointConfiguration: {
        url: props.endpointUrl,
        name: props.endpointName ?? props.streamName,
        roleArn: role.plannedRoleArn,
        bufferingSize: props.bufferingSizeMb ?? FIREHOSE_DEFAULTS.bufferingSizeMb,
        bufferingInterval: props.bufferingIntervalSeconds ?? FIREHOSE_DEFAULTS.bufferingIntervalSeconds,
        ...endpointOptions(props),
        cloudwatchLoggingOptions: errorLogging("http_endpoint_delivery", names.delivery),
        s3BackupMode: "FailedDataOnly",
        s3Configuration: {
          roleArn: role.plannedRoleArn,
          bucketArn: backupBucket.plannedBucketArn,
          prefix: failurePrefix,
          compressionFormat: "GZIP",
          ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
          cloudwatchLoggingOptions: errorLogging("s3_backup", names.backup),
        },
      },
      serverSideEncryption: {
        enabled: true,
        keyType: Token.asString(whenSet(kmsKeyArn, "CUSTOMER_MANAGED_CMK", "AWS_OWNED_CMK")),
        ...(kmsKeyArn === undefined ? {} : { keyArn: kmsKeyArn }),
      },
      tags: props.tags ?? {},
      dependsOn: [...permissions, ...backupBucket.dependencies.filter((dependency) => isInStackOf(this, dependency))],
      ...(precondition.length + postcondition.length === 0
        ? {}
        : {
            lifecycle: {
              ...(precondition.length === 0 ? {} : { precondition }),
              ...(postcondition.length === 0 ? {} : { postcondition }),
            },
          }),
    });
    readAccessKeyFromSecret(stream, props.accessKeySecretArn, role.plannedRoleArn);
    this.plannedStreamName = props.streamName;
    this.plannedStreamArn = deliveryStreamArn(location, props.streamName);
    this.kmsKeyArn = kmsKeyArn;
    this.dependency = stream;
    this.streamArn = attributeOf(stream, "arn");
    this.streamName = attributeOf(stream, "name");
    this.endpointUrl = attributeOf(stream, "http_endpoint_configuration[0].url");
  }

  /**
   * Grants a role an inline policy to put records on the stream, and to use the stream's KMS key if it has one.
   *
   * @returns the policy, for resources that must depend on it
   * @example
   * kloudfuse.metricsStream.grantPutRecords(producerRole);
   */
  public grantPutRecords(producer: RecordProducer): IamRolePolicy {
    const granted = this.#grants.get(producer);
    if (granted !== undefined) {
      return granted;
    }
    const { kmsKeyArn, provider, streamName } = this.#props;
    const location = Location.of(this, provider);
    const id = `put_records_${producer.node.addr}`;
    const policy = new IamRolePolicy(this, id, {
      name: `PutRecords-${location.region}-${streamName}`,
      role: "roleName" in producer ? producer.roleName : producer.name,
      policy: policyDocument(this, `${id}_document`, {
        ...putRecordsPermissions(this.streamArn, kmsKeyArn, location),
        provider,
      }).json,
      ...withProvider(provider),
    });
    this.#grants.set(producer, policy);
    return policy;
  }
}

/** The properties with the rules of the Firehose API only, without those of Kloudfuse. */
function checkedProperties(props: HttpDeliveryStreamProps): CheckedProperty[] {
  const text = (rules: readonly Rule[], fallback?: null): Input => ({
    type: "string",
    ...(fallback === undefined ? {} : { default: fallback }),
    description: "",
    rules,
    advice: "",
  });
  const number = (rules: readonly Rule[], fallback: number): Input => ({
    ...text(rules),
    type: "number",
    default: fallback,
  });
  const { bufferingSizeMb, bufferingIntervalSeconds } = LIMITS;
  return [
    { name: "streamName", value: props.streamName, input: text(LIMITS.streamName) },
    { name: "endpointUrl", value: props.endpointUrl, input: text(LIMITS.endpointUrl) },
    { name: "endpointName", value: props.endpointName, input: text(LIMITS.endpointName, null) },
    {
      name: "bufferingSizeMb",
      value: props.bufferingSizeMb,
      input: number(bufferingSizeMb, FIREHOSE_DEFAULTS.bufferingSizeMb),
    },
    {
      name: "bufferingIntervalSeconds",
      value: props.bufferingIntervalSeconds,
      input: number(bufferingIntervalSeconds, FIREHOSE_DEFAULTS.bufferingIntervalSeconds),
    },
    { name: "failurePrefix", value: props.failurePrefix, input: text(LIMITS.backupPrefix, null) },
    ...propertiesOf(pick(props, [...DELIVERY_OPTIONS, "kmsKeyArn", "tags"])),
  ];
}
