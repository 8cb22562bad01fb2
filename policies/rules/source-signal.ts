import { type SignalName, SIGNALS } from "../../modules/signals";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import type { PolicyOutcome, Policy } from "../policy";
import {
  ACCOUNT_POLICY,
  FILTER,
  METRIC_STREAM,
  outcomesOfSource,
  type PlannedSource,
  sourcesOf,
} from "../sources/sources";

export const sourceSignal: Policy = {
  id: "KFF-SRC-007",
  severity: "error",
  title: "Metric streams feed the metrics stream, and log subscriptions feed the logs stream",
  why: "Each stream delivers to the path of its signal: Kloudfuse cannot read logs there as metrics, or metrics as logs.",
  source: "Guide, steps 2 and 3",
  check: (kloudfuse) => [
    ...outcomesOf(kloudfuse, METRIC_STREAM, "metrics"),
    ...outcomesOf(kloudfuse, FILTER, "logs"),
    ...outcomesOf(kloudfuse, ACCOUNT_POLICY, "logs"),
  ],
};

const outcomesOf = (
  kloudfuse: Kloudfuse,
  type: typeof METRIC_STREAM | typeof FILTER | typeof ACCOUNT_POLICY,
  signal: SignalName,
): PolicyOutcome[] => sourcesOf(kloudfuse, type).flatMap((source) => outcomesOfOne(source, signal));

function outcomesOfOne(source: PlannedSource, signal: SignalName): readonly PolicyOutcome[] {
  const others = source.streams.filter((stream) => stream.signal !== undefined && stream.signal !== SIGNALS[signal]);
  const [other] = others;
  if (other === undefined) {
    return [];
  }
  if (others.length < source.streams.length) {
    return [unknownOutcome(source.resource, `whether it feeds the ${signal} stream`)];
  }
  return outcomesOfSource(source, [
    finding(
      source.resource,
      `it sends ${signal} to ${other.resource.address}, which carries ${signal === "logs" ? "metrics" : "logs"}`,
      `Send them to the ${signal} stream.`,
    ),
  ]);
}
