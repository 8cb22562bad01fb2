/** The policies that the tables expect, by what they guard. */
export const ID = {
  trustedServices: "KFF-IAM-001",
  confusedDeputy: "KFF-IAM-002",
  putRecords: "KFF-IAM-003",
  backUp: "KFF-IAM-004",
  logErrors: "KFF-IAM-005",
  useKeyAndSecret: "KFF-IAM-006",
  noWildcards: "KFF-IAM-007",
  documentedActions: "KFF-IAM-008",
  noManagedFullAccess: "KFF-IAM-009",
  partition: "KFF-IAM-010",
  /** The role grants what the streams need and loses no policy. */
  grants: "KFF-IAM-011",
  /** The permissions boundary allows what the role needs. */
  boundary: "KFF-IAM-012",
  https: "KFF-END-001",
  path: "KFF-END-002",
  oneHost: "KFF-END-003",
  /** Firehose can reach the host. */
  reachableHost: "KFF-END-004",
  gzip: "KFF-DEL-001",
  buffering: "KFF-DEL-002",
  failedDataOnly: "KFF-DEL-003",
  prefix: "KFF-DEL-004",
  errorLogging: "KFF-DEL-005",
  errorLogGroup: "KFF-DEL-006",
  /** Values are within the AWS limits that the provider does not check. */
  limits: "KFF-DEL-007",
  /** The source is Direct PUT. */
  directPut: "KFF-DEL-008",
  /** The role may invoke the Lambda processor. */
  lambdaProcessor: "KFF-DEL-009",
  /** Path, prefix, endpoint name and stream name agree on the signal. */
  signal: "KFF-DEL-010",
  streamEncryption: "KFF-ENC-001",
  bucketEncryption: "KFF-ENC-002",
  accessKey: "KFF-ENC-003",
  /** The key of bucket and stream can be used: key ARN, enabled, its policy allows the role. */
  usableKey: "KFF-ENC-004",
  publicAccess: "KFF-BKT-001",
  ownership: "KFF-BKT-002",
  tlsOnly: "KFF-BKT-003",
  lifecycle: "KFF-BKT-004",
  versioning: "KFF-BKT-005",
  forceDestroy: "KFF-BKT-006",
  /** The backup bucket's policy allows the role to upload and grants nobody else access. */
  bucketPolicy: "KFF-BKT-007",
  /** One policy and one lifecycle resource for a bucket. */
  oneWriter: "KFF-BKT-008",
  /** Only CloudWatch metric streams can assume the metric stream's role. */
  metricStreamRole: "KFF-SRC-001",
  json: "KFF-SRC-002",
  /** Filters of metrics and logs are within AWS's limits. */
  sourceLimits: "KFF-SRC-003",
  /** The error log group of a stream is not sent to the stream. */
  recursion: "KFF-SRC-004",
  /** The log groups of Kloudfuse's own cluster are not subscribed. */
  ownCluster: "KFF-SRC-005",
  doubleDelivery: "KFF-SRC-006",
  /** Metric streams feed the metrics stream, and log subscriptions feed the logs stream. */
  sourceSignal: "KFF-SRC-007",
  /** The alarms of the streams have actions. */
  alarmActions: "KFF-ALM-001",
  /** The alarm topic is not open to everybody. */
  alarmTopicPolicy: "KFF-ALM-002",
  /** CloudWatch can publish to the alarm topic. */
  alarmTopicPublish: "KFF-ALM-003",
  changeStream: "KFF-CHG-001",
  changeRole: "KFF-CHG-002",
  changeBucket: "KFF-CHG-003",
  /** A rename in the configuration does not destroy streams, roles or buckets. */
  rename: "KFF-CHG-004",
  /** The account's log subscription is not replaced or destroyed. */
  accountSubscription: "KFF-CHG-005",
  /** No metric stream and no subscription filter is replaced or destroyed. */
  changeSources: "KFF-CHG-006",
} as const;

/** Id of a policy. */
export type PolicyId = (typeof ID)[keyof typeof ID];

/** What is undetermined of a role that a plan does not lead to. */
export const ROLE_POLICIES = [
  ID.trustedServices,
  ID.confusedDeputy,
  ID.putRecords,
  ID.backUp,
  ID.logErrors,
  ID.useKeyAndSecret,
  ID.noWildcards,
  ID.documentedActions,
  ID.noManagedFullAccess,
  ID.partition,
  ID.grants,
  ID.boundary,
  ID.bucketPolicy,
] as const satisfies readonly PolicyId[];

/** What is undetermined of a bucket that a plan does not lead to. */
export const BUCKET_POLICIES = [
  ID.backUp,
  ID.useKeyAndSecret,
  ID.usableKey,
  ID.bucketEncryption,
  ID.publicAccess,
  ID.ownership,
  ID.tlsOnly,
  ID.lifecycle,
  ID.versioning,
  ID.forceDestroy,
  ID.bucketPolicy,
  ID.oneWriter,
] as const satisfies readonly PolicyId[];
