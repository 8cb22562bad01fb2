import { SIGNALS } from "./signals";

/** What an input is when it is not given, in the variables and in the construct alike. */
export const DEFAULTS = {
  metricsStreamName: SIGNALS.metrics.streamName,
  logsStreamName: SIGNALS.logs.streamName,
  /** Kloudfuse's guide, steps 2 and 3. */
  bufferingSizeMb: 4,
  /** Kloudfuse's guide, steps 2 and 3. */
  bufferingIntervalSeconds: 60,
  /** Firehose's own default for an HTTP endpoint. */
  retryDurationSeconds: 300,
  commonAttributes: {},
  createRole: true,
  /** Kloudfuse's guide, step 1. */
  roleName: "KloudfuseFirehoseRole",
  rolePath: "/",
  createBackupBucket: true,
  backupRetentionDays: 30,
  backupForceDestroy: false,
  errorLogRetentionDays: 30,
  tags: {},
} as const;
