import { SOURCE_METRICS } from "../../modules/metric-table";
import { note, ok, type Outcome, problem } from "../checks/check";
import { plural, readableNumber } from "../numbers";
import { cappedNames } from "../capped-names";
import type { ForwardedEvents, Forwarding } from "./read-forwarding";

/** Whether CloudWatch Logs could put the events of the subscriptions on the stream. */
export function forwardingOutcomes({ forwarded, deliveryErrors, deliveryThrottling }: Forwarding): Outcome[] {
  return [
    eventsOutcome(
      SOURCE_METRICS.deliveryErrors.metric,
      deliveryErrors,
      forwarded,
      "CloudWatch Logs cannot put them on the stream: see the checks of the role, the stream's status and its key. It retries temporary errors for 24 hours; events that are denied are lost.",
    ),
    eventsOutcome(
      SOURCE_METRICS.deliveryThrottling.metric,
      deliveryThrottling,
      forwarded,
      "Incoming data exceeds the stream's quota: request a higher one in Service Quotas, Amazon Data Firehose, Direct PUT records and data per second. CloudWatch Logs retries for 24 hours.",
    ),
  ];
}

function eventsOutcome(metric: string, events: ForwardedEvents, forwarded: ForwardedEvents, remedy: string): Outcome {
  const total = totalOf(events);
  const notRead =
    events.notRead === 0
      ? ""
      : `; ${plural(events.notRead, "other metric")} ${events.notRead === 1 ? "was" : "were"} not read`;
  if (total > 0) {
    const groups = [...events.byLogGroup]
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([logGroup, count]) => `${logGroup || "account policy"} ${readableNumber(count)}`);
    return problem(metric, `${plural(total, "log event")}: ${cappedNames(groups)}${notRead}`, remedy);
  }
  if (events.notRead > 0) {
    return note(
      metric,
      `none of ${plural(events.byLogGroup.size, "log group")}${notRead}`,
      "Look at them in CloudWatch.",
    );
  }
  if (events.byLogGroup.size > 0) {
    return ok(metric, "none");
  }
  const passed = totalOf(forwarded);
  return passed > 0
    ? ok(metric, `no data, while ${plural(passed, "log event")} ${Math.round(passed) === 1 ? "was" : "were"} forwarded`)
    : note(
        metric,
        `no data: CloudWatch has no ${SOURCE_METRICS.forwarded.metric} either`,
        "No action needed while the log groups are quiet: CloudWatch Logs forwarded nothing, so it is not known whether it can.",
      );
}

const totalOf = ({ byLogGroup }: ForwardedEvents): number =>
  [...byLogGroup.values()].reduce((total, count) => total + count, 0);
