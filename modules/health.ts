import { Fn, Op, type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { RECOMMENDED_FRESHNESS_SECONDS, S3_BUFFERING_SECONDS, stalledSeconds } from "./alarm-table";
import { type AlarmFlags, type AlarmOptions, Alarms, type BufferingIntervals } from "./alarms";
import { Dashboard, type DashboardOptions, type DashboardStream } from "./dashboard";
import { firstNumber, type Flag } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import type { MetricStream } from "./metric-stream";
import type { SignalName } from "./signals";

/** Properties of `KloudfuseFirehose` for monitoring the delivery streams. */
export interface HealthProps {
  /**
   * CloudWatch alarms for the streams. AWS bills each metric in an alarm.
   * @default none: nobody is notified when data stops
   * @example { topic: { emails: ["on-call@example.com"] } }
   */
  readonly alarms?: AlarmOptions | undefined;
  /**
   * A CloudWatch dashboard of the streams, side by side.
   * @default none
   * @example {}
   */
  readonly dashboard?: DashboardOptions | undefined;
}

/** Flags of alarms and dashboard whose values are known only when Terraform plans. */
export interface HealthFlags {
  readonly alarms: AlarmFlags;
  readonly dashboard: Flag;
}

/** What `addHealth` takes besides the properties. */
export interface HealthContext {
  readonly streams: ReadonlyMap<SignalName, HttpDeliveryStream>;
  readonly streamNames: Readonly<Record<SignalName, string>>;
  /** Whether each stream exists. */
  readonly creates: Readonly<Record<SignalName, Flag>>;
  readonly metricStream: MetricStream | undefined;
  readonly errorLogGroupName: string;
  /** Name of a stream that exists, for the names of resources that the deployment has once. */
  readonly ownStreamName: string;
  readonly intervals: BufferingIntervals;
  /** Effective buffering interval of each stream. */
  readonly effectiveIntervals: Readonly<Record<SignalName, number>>;
  readonly retryDurationSeconds: number;
  readonly region: string;
  readonly tags: Record<string, string>;
  readonly provider: TerraformProvider | undefined;
}

/** The alarms and the dashboard of the delivery streams. */
export interface Health {
  readonly alarms: Alarms | undefined;
  readonly dashboard: Dashboard | undefined;
}

/** Adds the alarms and the dashboard of the delivery streams. */
export function addHealth(
  scope: Construct,
  { alarms, dashboard }: HealthProps,
  context: HealthContext,
  flags?: HealthFlags,
): Health {
  const { streamNames, creates, effectiveIntervals, retryDurationSeconds, errorLogGroupName, region, provider } =
    context;
  const thresholdOf = (signal: SignalName): number =>
    stalledThreshold(alarms?.stalledSeconds, effectiveIntervals[signal], retryDurationSeconds);
  const stalledThresholds = { metrics: thresholdOf("metrics"), logs: thresholdOf("logs") };
  const dashboardStream = (signal: SignalName): DashboardStream => ({
    streamName: streamNames[signal],
    stalledSeconds: stalledThresholds[signal],
    exists: creates[signal],
  });
  return {
    alarms:
      alarms === undefined
        ? undefined
        : new Alarms(scope, "alarms", { ...context, ...alarms, stalledThresholds }, flags?.alarms),
    dashboard:
      dashboard === undefined
        ? undefined
        : new Dashboard(
            scope,
            "dashboard",
            {
              ...dashboard,
              streams: { metrics: dashboardStream("metrics"), logs: dashboardStream("logs") },
              errorLogGroupName,
              region,
              provider,
            },
            flags?.dashboard,
          ),
  };
}

/**
 * The age of a stream's oldest record, in seconds, above which delivery counts as stalled.
 *
 * @param configured the user's value, which may be null when Terraform plans
 */
function stalledThreshold(
  configured: number | undefined,
  bufferingIntervalSeconds: number,
  retryDurationSeconds: number,
): number {
  const isUnknown = Token.isUnresolved(bufferingIntervalSeconds) || Token.isUnresolved(retryDurationSeconds);
  const computed = isUnknown
    ? Token.asNumber(
        Fn.max([
          RECOMMENDED_FRESHNESS_SECONDS,
          Token.asNumber(Op.add(Op.add(bufferingIntervalSeconds, retryDurationSeconds), S3_BUFFERING_SECONDS)),
        ]),
      )
    : stalledSeconds(bufferingIntervalSeconds, retryDurationSeconds);
  return firstNumber(configured, computed);
}
