import type {
  CloudWatchLoggingOptions,
  DeliveryStreamDescription,
  HttpEndpointDestinationDescription,
  ProcessingConfiguration,
  SourceDescription,
} from "@aws-sdk/client-firehose";
import { parseArn } from "../../iam/arn";
import type { SignalName } from "../../modules/signals";

/** Where a delivery path of a stream, HTTP delivery or S3 backup, writes its errors. */
export interface ErrorLog {
  readonly group: string;
  readonly stream: string;
}

/** The HTTP endpoint of a stream, and the backup of undelivered data. */
export interface HttpDestination {
  readonly url: string;
  readonly name: string;
  readonly roleArn: string;
  readonly bufferingSizeMb: number | undefined;
  readonly bufferingIntervalSeconds: number | undefined;
  readonly retryDurationSeconds: number | undefined;
  readonly contentEncoding: string;
  readonly commonAttributes: Readonly<Record<string, string>>;
  /** ARN of the secret that holds the access key, where one is used. */
  readonly secretArn: string | undefined;
  readonly errorLog: ErrorLog | undefined;
  /** The processors that change records before they are delivered, by AWS's type: `Lambda`, `Decompression`, … */
  readonly processors: readonly string[];
  readonly backup: Backup;
}

/** Where Firehose writes undelivered data. */
export interface Backup {
  readonly mode: string;
  readonly bucket: string;
  readonly roleArn: string;
  readonly prefix: string;
  readonly errorOutputPrefix: string;
  readonly bufferingSizeMb: number | undefined;
  readonly bufferingIntervalSeconds: number | undefined;
  readonly compressionFormat: string;
  readonly kmsKeyArn: string | undefined;
  readonly errorLog: ErrorLog | undefined;
}

/** A delivery stream as AWS describes it. */
export interface DeliveryStream {
  readonly signal: SignalName;
  readonly name: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly status: string;
  /** What an update of the stream has to name: its version, and that of its destination. */
  readonly updateIds: { readonly version: string; readonly destination: string };
  /** AWS's reason why it could not be created, encrypted or deleted. */
  readonly failure: string | undefined;
  readonly type: string;
  /** ARN of the Kinesis stream or MSK cluster that the stream reads from; undefined for a Direct PUT stream. */
  readonly sourceArn: string | undefined;
  readonly encryption: string;
  readonly encryptionKeyArn: string | undefined;
  /** Undefined when the stream delivers to anything but an HTTP endpoint. */
  readonly destination: HttpDestination | undefined;
}

/** The log groups that the errors of a stream are written to. */
export const errorLogGroupsOf = ({ destination }: Pick<DeliveryStream, "destination">): readonly string[] => [
  ...new Set([destination?.errorLog, destination?.backup.errorLog].flatMap((log) => log?.group ?? [])),
];

/** A stream from AWS's description of it. */
export function deliveryStream(signal: SignalName, description: DeliveryStreamDescription): DeliveryStream {
  const arn = description.DeliveryStreamARN ?? "";
  const { partition = "", region = "", account = "" } = parseArn(arn) ?? {};
  const http = description.Destinations?.[0]?.HttpEndpointDestinationDescription;
  const encryption = description.DeliveryStreamEncryptionConfiguration;
  const failure = description.FailureDescription ?? encryption?.FailureDescription;
  return {
    signal,
    name: description.DeliveryStreamName ?? "",
    arn,
    partition,
    region,
    accountId: account,
    status: description.DeliveryStreamStatus ?? "",
    updateIds: {
      version: description.VersionId ?? "",
      destination: description.Destinations?.[0]?.DestinationId ?? "",
    },
    failure: failure && `${failure.Type ?? ""}: ${failure.Details ?? ""}`,
    type: description.DeliveryStreamType ?? "",
    sourceArn: sourceArn(description.Source),
    encryption: encryption?.Status ?? "DISABLED",
    encryptionKeyArn: encryption?.KeyARN,
    destination: http && httpDestination(http),
  };
}

function httpDestination(http: HttpEndpointDestinationDescription): HttpDestination {
  const backup = http.S3DestinationDescription;
  const secret = http.SecretsManagerConfiguration;
  return {
    url: http.EndpointConfiguration?.Url ?? "",
    name: http.EndpointConfiguration?.Name ?? "",
    roleArn: http.RoleARN ?? "",
    bufferingSizeMb: http.BufferingHints?.SizeInMBs,
    bufferingIntervalSeconds: http.BufferingHints?.IntervalInSeconds,
    retryDurationSeconds: http.RetryOptions?.DurationInSeconds,
    contentEncoding: http.RequestConfiguration?.ContentEncoding ?? "NONE",
    commonAttributes: Object.fromEntries(
      (http.RequestConfiguration?.CommonAttributes ?? []).map((attribute) => [
        attribute.AttributeName ?? "",
        attribute.AttributeValue ?? "",
      ]),
    ),
    secretArn: secret?.Enabled === true ? secret.SecretARN : undefined,
    errorLog: errorLog(http.CloudWatchLoggingOptions),
    processors: processors(http.ProcessingConfiguration),
    backup: {
      mode: http.S3BackupMode ?? "",
      bucket: parseArn(backup?.BucketARN)?.resource ?? "",
      roleArn: backup?.RoleARN ?? "",
      prefix: backup?.Prefix ?? "",
      errorOutputPrefix: backup?.ErrorOutputPrefix ?? "",
      bufferingSizeMb: backup?.BufferingHints?.SizeInMBs,
      bufferingIntervalSeconds: backup?.BufferingHints?.IntervalInSeconds,
      compressionFormat: backup?.CompressionFormat ?? "UNCOMPRESSED",
      kmsKeyArn: backup?.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN,
      errorLog: errorLog(backup?.CloudWatchLoggingOptions),
    },
  };
}

const sourceArn = (source: SourceDescription | undefined): string | undefined =>
  source?.KinesisStreamSourceDescription?.KinesisStreamARN ?? source?.MSKSourceDescription?.MSKClusterARN;

const processors = (configuration: ProcessingConfiguration | undefined): string[] =>
  configuration?.Enabled === true ? (configuration.Processors ?? []).map(({ Type = "" }) => Type) : [];

function errorLog(options: CloudWatchLoggingOptions | undefined): ErrorLog | undefined {
  return options?.Enabled === true
    ? { group: options.LogGroupName ?? "", stream: options.LogStreamName ?? "" }
    : undefined;
}
