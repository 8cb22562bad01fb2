import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { AccountLogSubscription, type AccountLogSubscriptionOptions } from "./account-log-subscription";
import type { IDeliveryRole } from "./delivery-role";
import type { Flag } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import { type LogSubscriptionTarget, LogSubscriptions } from "./log-subscriptions";
import { MetricStream, type MetricStreamFlags, type MetricStreamOptions } from "./metric-stream";
import type { SignalName } from "./signals";

/** Properties of `KloudfuseFirehose` about what feeds the delivery streams. */
export interface SourceProps {
  /**
   * A CloudWatch metric stream that feeds the metrics delivery stream. AWS bills each metric update.
   * @default none: another metric stream, or nothing, feeds the delivery stream
   * @example { includeFilters: { "AWS/EC2": ["CPUUtilization"], "AWS/ApplicationELB": [] } }
   */
  readonly metricStream?: MetricStreamOptions | undefined;
  /**
   * Log groups to subscribe: a key of your choice, which is part of the resource address, to the
   * name of the log group, 1 to 512 of `a-zA-Z0-9._/#-`. The names differ, and none is the error
   * log group's.
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
   * A subscription of every log group of the account and region, new ones too. An account has one
   * such policy in each region.
   * @default none: the log groups of `logGroups` only
   */
  readonly accountSubscription?: AccountLogSubscriptionOptions | undefined;
}

/** What Terraform variables decide of the sources when Terraform plans. */
export interface SourceFlags {
  readonly metricStream: MetricStreamFlags;
  readonly accountSubscription: Flag;
}

/** What `addSources` takes besides the properties of the sources. */
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

/** What feeds the delivery streams. */
export interface Sources {
  readonly metricStream: MetricStream | undefined;
  /** Names of the log groups that have a subscription filter. */
  readonly subscribedLogGroupNames: string[];
}

/** Adds what feeds the delivery streams, after both streams and their role's policies. */
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
