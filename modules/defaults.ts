import { SIGNALS } from "./signals";

/** The values of inputs that are left out, in the variables and in the constructs alike. */
export const DEFAULTS = {
  createMetricsStream: true,
  metricsStreamName: SIGNALS.metrics.streamName,
  createLogsStream: true,
  logsStreamName: SIGNALS.logs.streamName,
  /** Kloudfuse's guide, steps 2 and 3. */
  bufferingSizeMb: 4,
  /** Kloudfuse's guide, steps 2 and 3. */
  bufferingIntervalSeconds: 60,
  /** Firehose's own default for an HTTP endpoint. */
  retryDurationSeconds: 300,
  commonAttributes: {},
  createRole: true,
  createRolePolicies: true,
  /** Kloudfuse's guide, step 1. */
  roleName: "KloudfuseFirehoseRole",
  rolePath: "/",
  createBackupBucket: true,
  backupPrefix: "",
  backupRetentionDays: 30,
  backupForceDestroy: false,
  errorLogRetentionDays: 30,
  createMetricStream: false,
  metricStreamIncludeFilters: {},
  metricStreamExcludeFilters: {},
  metricStreamStatistics: [],
  metricStreamIncludeLinkedAccounts: false,
  createMetricStreamRole: true,
  logGroups: {},
  logFilterPattern: "",
  subscribeAccount: false,
  accountExcludedLogGroups: [],
  createAlarms: false,
  createAlarmTopic: false,
  alarmEmails: [],
  alarmOkActions: false,
  alarmQuotaPercent: 80,
  createDashboard: false,
  tags: {},
} as const;
