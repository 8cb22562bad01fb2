import { isOverlapping } from "../../policies/sources/metric-overlap";
import { ok, type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { cappedNames } from "../capped-names";
import type { InspectedMetricStream } from "./read-metric-sources";

const NAME = "double delivery";

/** Checks whether running metric streams send the same metrics; empty if there are fewer than two. */
export function metricOverlapOutcome(metricStreams: readonly InspectedMetricStream[]): Outcome[] {
  const known = metricStreams.flatMap(({ name, state, details }) =>
    state === "stopped" || details === undefined || details instanceof UndeterminedError ? [] : [{ name, details }],
  );
  if (known.length < 2) {
    return [];
  }
  const pairs = known.flatMap((one, index) =>
    known
      .slice(index + 1)
      .filter((other) => isOverlapping(one.details, other.details) === true)
      .map((other) => `${one.name} and ${other.name}`),
  );
  return [
    pairs.length === 0
      ? ok(NAME, "none")
      : problem(
          NAME,
          `the metric streams ${cappedNames(pairs)} send the same metrics`,
          "Each of these metrics is delivered, stored and billed twice: give each metric stream namespaces of its own, or keep one.",
        ),
  ];
}
