import type { Kloudfuse, PlannedStream } from "../kloudfuse";
import { distinct, finding, unknownOutcome } from "../outcomes";
import { type Link, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { CRITERIA } from "../sources/account-policy";
import { errorLogGroups, isExcludedLogGroup, isSameGroup, subscribedGroup } from "../sources/log-groups";
import { ACCOUNT_POLICY, FILTER, outcomesOfSource, sourcesOf } from "../sources/sources";

export const sourceRecursion: Policy = {
  id: "KFF-SRC-004",
  severity: "error",
  title: "The error log group of a stream is not sent to the stream",
  why: "Each failed delivery is logged, sent to the same stream, and fails again: the loop grows and is billed.",
  source: "CloudWatch Logs, Account-level subscription filters, which warns of infinite recursive loops",
  check: (kloudfuse) =>
    distinct([
      ...outcomes(kloudfuse, FILTER, (filter, stream, group) => filterOutcome(kloudfuse, filter, stream, group)),
      ...outcomes(kloudfuse, ACCOUNT_POLICY, (policy, stream, group) =>
        policyOutcome(kloudfuse, policy, stream, group),
      ),
    ]),
};

const outcomes = (
  kloudfuse: Kloudfuse,
  type: typeof FILTER | typeof ACCOUNT_POLICY,
  check: (source: PlannedResource, stream: PlannedStream, group: Link) => PolicyOutcome[],
): PolicyOutcome[] =>
  sourcesOf(kloudfuse, type).flatMap((source) =>
    outcomesOfSource(
      source,
      source.streams.flatMap((stream) =>
        errorLogGroups(stream).flatMap((group) => check(source.resource, stream, group)),
      ),
    ),
  );

function filterOutcome(
  { plan }: Kloudfuse,
  filter: PlannedResource,
  stream: PlannedStream,
  group: Link,
): PolicyOutcome[] {
  const errorLog = `the error log group of ${stream.resource.address}`;
  const isSame = isSameGroup(subscribedGroup(plan, filter), group);
  if (isSame === UNKNOWN) {
    return [unknownOutcome(filter, `whether it subscribes ${errorLog}`)];
  }
  return isSame ? [finding(filter, `it subscribes ${errorLog}, which it feeds`, "Remove the filter.")] : [];
}

function policyOutcome(
  { plan }: Kloudfuse,
  policy: PlannedResource,
  stream: PlannedStream,
  group: Link,
): PolicyOutcome[] {
  const isExcluded = isExcludedLogGroup(plan, policy, group);
  const errorLog = `the error log group of ${stream.resource.address}`;
  if (isExcluded === UNKNOWN) {
    return [unknownOutcome(policy, `whether ${CRITERIA} excludes ${errorLog}`)];
  }
  return isExcluded
    ? []
    : [finding(policy, `${CRITERIA} does not exclude ${errorLog}`, "Add its name to LogGroupName NOT IN.")];
}
