import {
  eachName,
  eachValue,
  entriesAtMost,
  hiddenUnlessArn,
  lengthAtMost,
  matching,
  namesDifferByMoreThanCase,
  notMatching,
  oneOf,
  type Rule,
  secretBytesBetween,
  wholeNumber,
  withHiddenValue,
} from "./rules";

/** Not white space, as JavaScript defines it: RE2's own `\\s` matches fewer characters. */
const VISIBLE = "[^\\s\\p{Z}\\x0b]";
/** Any partition, as names that AWS adds later have this form. */
export const ARN_START = "^arn:aws(-[a-z]+)*";
const OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const DNS_LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS_TOP_LABEL = "[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const HOST = `(${OCTET}[.]){3}${OCTET}|(${DNS_LABEL}[.])*${DNS_TOP_LABEL}`;
const TAG_CHARACTERS = matching(
  "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$",
  "contain only letters, digits, spaces and _ . : / = + - @",
);

/**
 * Every limit of an input, with its source. The Terraform variables, the constructs and the documentation all use
 * this table.
 */
export const LIMITS = {
  /** RFC 1035 2.3.4, RFC 1123 2.1; Firehose delivers to port 443 only. */
  ingesterHost: [
    matching(`^(${HOST})$`, "be a DNS name or an IPv4 address, without scheme, port, path or placeholder"),
    lengthAtMost(253),
  ],
  /** Firehose API, HttpEndpointConfiguration.Url: `https://.*`, 1-1000; port 443 only. */
  endpointUrl: [
    matching(`^https://(${HOST})(/[!-~]*)?$`, "be an https:// URL without port, placeholder or space"),
    lengthAtMost(1000),
  ],
  /** Firehose API, HttpEndpointConfiguration.Name: not blank, 1-256. */
  endpointName: [matching(VISIBLE, "not be blank"), lengthAtMost(256)],
  /** Firehose API, CreateDeliveryStream.DeliveryStreamName. */
  streamName: [matching("^[a-zA-Z0-9_.-]{1,64}$", "be 1 to 64 of the characters a-z A-Z 0-9 _ . -")],
  /** Firehose API, HttpEndpointBufferingHints.SizeInMBs. */
  bufferingSizeMb: [wholeNumber(1, 64)],
  /** Firehose API, HttpEndpointBufferingHints.IntervalInSeconds. */
  bufferingIntervalSeconds: [wholeNumber(0, 900)],
  /** Kloudfuse's guide, "High Delivery Latency", for the minimum; Firehose's own maximum. */
  kloudfuseBufferingIntervalSeconds: [wholeNumber(15, 900)],
  /** Firehose API, HttpEndpointRetryOptions.DurationInSeconds. */
  retryDurationSeconds: [wholeNumber(0, 7200)],
  /** Firehose API, BufferingHints.SizeInMBs, of the S3 backup. */
  s3BufferingSizeMb: [wholeNumber(1, 128)],
  /** Firehose API, BufferingHints.IntervalInSeconds, of the S3 backup. */
  s3BufferingIntervalSeconds: [wholeNumber(0, 900)],
  /** Firehose API, HttpEndpointConfiguration.AccessKey: up to 4096. */
  accessKey: [secretBytesBetween(1, 4096), withHiddenValue(matching(`^${VISIBLE}*$`, "have no white space"))],
  /**
   * Firehose API, SecretsManagerConfiguration.SecretARN; AWS Secrets Manager User Guide, "What's in a
   * secret": the ARN ends with a hyphen and six random characters, and IAM matches the whole of it.
   */
  secretArn: [
    hiddenUnlessArn(
      matching(
        `${ARN_START}:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@!-]+-[a-zA-Z0-9]{6}$`,
        "be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf",
      ),
    ),
    lengthAtMost(2048),
  ],
  /** Firehose API, HttpEndpointRequestConfiguration.CommonAttributes and HttpEndpointCommonAttribute. */
  commonAttributes: [
    entriesAtMost(50),
    eachName(matching(VISIBLE, "not be blank")),
    eachName(lengthAtMost(256)),
    eachValue(lengthAtMost(1024)),
  ],
  /** IAM API, Role.Arn; Firehose API, RoleARN: up to 512. */
  roleArn: [
    matching(`${ARN_START}:iam::[0-9]{12}:role/([!-~]+/)?[a-zA-Z0-9_+=,.@-]{1,64}$`, "be the ARN of an IAM role"),
    lengthAtMost(512),
  ],
  /** IAM API, CreateRole.RoleName. */
  roleName: [matching("^[a-zA-Z0-9_+=,.@-]{1,64}$", "be 1 to 64 of the characters a-z A-Z 0-9 _ + = , . @ -")],
  /** IAM API, CreateRole.Path. */
  rolePath: [
    matching("^/([!-~]+/)?$", "begin and end with / and contain only printable ASCII characters without spaces"),
    lengthAtMost(512),
  ],
  /** IAM API, CreateRole.PermissionsBoundary. */
  permissionsBoundaryArn: [
    matching(`${ARN_START}:iam::(aws|[0-9]{12}):policy/[!-~]+$`, "be the ARN of an IAM policy"),
    lengthAtMost(2048),
  ],
  /** Firehose API, S3DestinationConfiguration.BucketARN; the names of old buckets may contain dots. */
  bucketArn: [
    matching(
      `${ARN_START}:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`,
      "be the ARN of an S3 bucket, without an object key",
    ),
  ],
  /** Amazon S3 User Guide, "General purpose bucket naming rules"; dots break TLS to the bucket's own host name. */
  bucketName: [
    matching(
      "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
      "be 3 to 63 of the characters a-z 0-9 - and begin and end with a letter or digit",
    ),
    notMatching("^(xn--|sthree-|amzn-s3-demo-)", "not begin with xn--, sthree- or amzn-s3-demo-, which S3 reserves"),
    notMatching(
      "(-s3alias|--ol-s3|--x-s3|--table-s3)$",
      "not end with -s3alias, --ol-s3, --x-s3 or --table-s3, which S3 reserves",
    ),
    notMatching(
      "-an$",
      "not end with -an, which S3 reserves for account regional namespaces, and which needs a header that the AWS provider does not send",
    ),
  ],
  /**
   * Amazon S3 User Guide, "Object key naming guidelines": safe characters, keys of at most 1,024
   * bytes, of which Firehose's own part takes less than half. IAM would read * and ? as wildcards,
   * Firehose !{ as an expression.
   */
  backupPrefix: [
    matching(
      "^([a-zA-Z0-9_.=-]+/)*$",
      "contain only letters, digits and _ . = - between slashes, and end with / unless it is empty",
    ),
    notMatching("(^|/)[.]+/", "not contain a part that consists only of dots, which tools resolve as a relative path"),
    lengthAtMost(512),
  ],
  /** Amazon S3 API, LifecycleExpiration.Days: a positive 32-bit integer. */
  backupRetentionDays: [wholeNumber(1, 2147483647)],
  /** AWS KMS API, KeyMetadata.Arn. Not an alias, which can be changed to another key. */
  kmsKeyArn: [
    matching(`${ARN_START}:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$`, "be the ARN of a KMS key, not of an alias"),
    lengthAtMost(512),
  ],
  /** CloudWatch Logs API, PutRetentionPolicy.retentionInDays. */
  logRetentionDays: [
    oneOf([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]),
  ],
  /** CloudWatch API, PutDashboard.DashboardName. */
  dashboardName: [matching("^[a-zA-Z0-9_-]{1,255}$", "be 1 to 255 of the characters a-z A-Z 0-9 _ -")],
  /** IAM API, Tag, the narrowest of the tagged services: 50 tags, names that differ by more than case. */
  tags: [
    entriesAtMost(50),
    eachName(matching("^.", "not be empty")),
    eachName(lengthAtMost(128)),
    eachName(notMatching("^[aA][wW][sS]:", "not begin with aws:, which AWS reserves")),
    eachName(TAG_CHARACTERS),
    eachValue(lengthAtMost(256)),
    eachValue(TAG_CHARACTERS),
    namesDifferByMoreThanCase,
  ],
  /** AWS General Reference, region codes. */
  region: [matching("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", "be the code of an AWS region, such as eu-west-1")],
} as const satisfies Record<string, readonly Rule[]>;
