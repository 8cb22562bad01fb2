import { RECORD_RETENTION_HOURS } from "../../modules/alarm-table";
import { LIMITS } from "../../modules/limits";

/** The limits that define a healthy stream. */
export const HEALTHY = {
  /** The guide, "Confirm Data is Being Delivered": the last 15 minutes. */
  windowMinutes: 15,
  /** Firehose, "Monitor with CloudWatch metrics": the metrics are collected every minute. */
  periodSeconds: 60,
  /** Our choice: five deliveries at the documented interval show the current state. */
  recentMinutes: 5,
  /** Our choice: how long a delivery and its metric may take beyond the buffering interval. */
  slackSeconds: 60,
  /** The longest that a backup may wait in the buffer. */
  maxBackupSeconds: LIMITS.s3BufferingIntervalSeconds[0].maximum,
  /** While Firehose keeps data that cannot be delivered or backed up. */
  errorLogHours: RECORD_RETENTION_HOURS,
  /** Our choice: an error that is older is a note, not a problem. */
  recentErrorMinutes: 60,
  /** Our choice: enough to see a rare cause hidden behind a frequent one, in one call. */
  errorLogEntries: 1000,
  /** Our choice: over this time, a loss of 2% is larger than what may still be in Firehose. */
  balanceMinutes: 180,
} as const;
