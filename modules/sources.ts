import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { AccountLogSubscription, type AccountLogSubscriptionOptions } from "./account-log-subscription";
import type { IDeliveryRole } from "./delivery-role";
import type { Flag } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import { type LogSubscriptionTarget, LogSubscriptions } from "./log-subscriptions";
import { MetricStream, type MetricStreamFlags, type MetricStreamOptions } from "./metric-stream";
import type { SignalName } from "./signals";

/** Properties of `KloudfuseFirehose` for the sources that feed the delivery streams. */
export interface SourceProps {
  /**
   * A CloudWatch metric stream that feeds the metrics delivery stream. AWS bills each metric update.
   * @default none: another metric stream, or nothing, feeds the delivery stream
   * @example { includeFilters: { "AWS/EC2": ["CPUUtilization"], "AWS/ApplicationELB": [] } }
   */
  readonly metricStream?: MetricStreamOptions | undefined;
  /**
   * Log groups to subscribe: names of log groups, 1 to 512 characters of `a-zA-Z0-9._/#-`, by keys of
   * your choice, which are part of the resource addresses. Each name once, without the error log group.
   * @default {}: no log group has a subscription filter
   * @example { api: "/aws/lambda/api" }
   */
  readonly logGroups?: Record<string, string> | undefined;
  /**
   * Filter pattern of the log events to send, at most 1,024 characters.
   * @default "": all events
   */
  readonly logFilterPattern?: string | undefined;
  /**
   * A subscription of every log group of the account and region, including new ones. An account can have
   * one such policy in each region.
   * @default none: the log groups of `logGroups` only
   */
  readonly accountSubscription?: AccountLogSubscriptionOptions | undefined;
}

/** Flags of the sources whose values are known only when Terraform plans. */
export interface SourceFlags {
  readonly metricStream: MetricStreamFlags;
  readonly accountSubscription: Flag;
}

/** What `addSources` takes besides the properties. */
export interface SourcesContext {
  readonly streams: ReadonlyMap<SignalName, HttpDeliveryStream>;
  readonly streamOf: (signal: SignalName) => HttpDeliveryStream;
  readonly streamNames: LogSubscriptionTarget["streamNames"];
  readonly role: IDeliveryRole;
  readonly policies: readonly ITerraformDependable[];
  readonly region: string;
  readonly tags: Record<string, string>;
  readonly provider: TerraformProvider | undefined;
}

/** The sources that feed the delivery streams. */
export interface Sources {
  readonly metricStream: MetricStream | undefined;
  /** Names of the log groups that have a subscription filter. */
  readonly subscribedLogGroupNames: string[];
}

/** Adds the sources that feed the delivery streams; they depend on both streams and on their role's policies. */
export function addSources(
  scope: Construct,
  { metricStream, logGroups, logFilterPattern, accountSubscription }: SourceProps,
  context: SourcesContext,
  flags?: SourceFlags,
): Sources {
  const { streams, streamOf, role, policies, provider, ...names } = context;
  const dependencies = [...[...streams.values()].map(({ dependency }) => dependency), ...policies];
  const target = (): LogSubscriptionTarget => ({
    deliveryStream: streamOf("logs"),
    role,
    streamNames: names.streamNames,
    filterPattern: logFilterPattern,
    dependencies,
    provider,
  });
  const subscriptions =
    logGroups === undefined
      ? undefined
      : new LogSubscriptions(scope, "log_groups", { ...target(), logGroups }, flags !== undefined);
  if (accountSubscription !== undefined) {
    new AccountLogSubscription(
      scope,
      "account",
      { ...target(), ...accountSubscription, logGroups },
      flags?.accountSubscription,
    );
  }
  return {
    metricStream:
      metricStream === undefined
        ? undefined
        : new MetricStream(
            scope,
            "metric_stream",
            {
              ...metricStream,
              deliveryStream: streamOf("metrics"),
              region: names.region,
              dependencies,
              tags: names.tags,
              provider,
            },
            flags?.metricStream,
          ),
    subscribedLogGroupNames: subscriptions?.logGroupNames ?? [],
  };
}
