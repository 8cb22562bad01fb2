import { type DeliveryStream, errorLogGroupsOf } from "../aws/delivery-stream";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import { isOfKloudfuse } from "../../policies/sources/criteria";
import type { AccountPolicy } from "../sources/account-policies";
import { type LogGroupFilter, MAX_LOG_GROUPS, type SubscribedLogGroups } from "../sources/subscribed-log-groups";
import { shortened } from "../text";
import { undetermined } from "../checks/undetermined";
import { cappedNames } from "../capped-names";
import { doubleDeliveryOutcome } from "./double-delivery";
import { deployAdvice, type ExpectedStack } from "./expected-stack";
import { forwardingOutcomes } from "./forwarding";
import type { Sender } from "./needs";
import type { LogSources } from "./read-log-sources";
import type { NoDataReason } from "./no-data-reason";

type LogsStream = Pick<DeliveryStream, "arn" | "destination">;

const FILTERS = "subscription filters";
const POLICY = "account policy";
const LOOP = "Each failed delivery is logged there, sent to the stream, and fails again: the loop grows and is billed.";

/** The subscriptions of log groups and of the account that point at the logs stream. */
export function logSourceOutcomes(stream: LogsStream, sources: LogSources, expected?: ExpectedStack): Outcome[] {
  const { subscribed, forwarding } = sources;
  const filters = filtersOf(stream, sources);
  const policies = policiesOf(stream, sources);
  const hasSource = filters.length + policies.length > 0;
  return [
    ...filtersOutcomes(filters, subscribed),
    ...loopOutcomes(stream, filters),
    ...ownClusterOutcomes(filters),
    ...policyOutcomes(stream, sources),
    ...(expected === undefined
      ? []
      : [...missingFilters(expected, filters, subscribed), ...missingPolicy(expected, policies, sources)]),
    ...(hasSource ? [doubleDelivery(filters, policies, sources)] : []),
    ...(forwarding instanceof UndeterminedError
      ? [undetermined("forwarding metrics", forwarding)]
      : hasSource
        ? forwardingOutcomes(forwarding)
        : []),
  ];
}

/** The log groups of a fleet file that are not subscribed to the stream. */
function missingFilters(
  expected: ExpectedStack,
  filters: readonly LogGroupFilter[],
  { count, isComplete, errors }: SubscribedLogGroups,
): Outcome[] {
  const missing = expected.logGroups.filter((group) => !filters.some(({ logGroup }) => logGroup === group));
  // Filters that could not be read have an unknown outcome already.
  if (missing.length === 0 || errors.length > 0) {
    return [];
  }
  // They are looked at first, after the error log groups.
  const wereRead = isComplete || expected.logGroups.length + MAX_ERROR_LOG_GROUPS <= MAX_LOG_GROUPS;
  const found = `not subscribed to the stream, although in ${expected.fleet}: ${cappedNames(missing)}`;
  return [
    wereRead
      ? problem(FILTERS, found, deployAdvice(expected, "logGroups"))
      : unknown(
          FILTERS,
          `${plural(missing.length, "log group")} in ${expected.fleet} not found among the ${groups(count)} that were checked`,
          "kloudfuse-firehose log-groups lists all of them.",
        ),
  ];
}

/** The error log groups of HTTP delivery and S3 backup. */
const MAX_ERROR_LOG_GROUPS = 2;

function missingPolicy(
  expected: ExpectedStack,
  ofStream: readonly AccountPolicy[],
  { policies }: LogSources,
): Outcome[] {
  return !expected.hasAccountSubscription || ofStream.length > 0 || policies instanceof UndeterminedError
    ? []
    : [
        problem(
          POLICY,
          `none points at the stream, but ${expected.fleet} subscribes the account`,
          deployAdvice(expected, "subscribeAccount"),
        ),
      ];
}

/** Success is certain only if everything was read. */
function doubleDelivery(
  filters: readonly LogGroupFilter[],
  found: readonly AccountPolicy[],
  { policies, subscribed }: LogSources,
): Outcome {
  const outcome = doubleDeliveryOutcome(filters, found);
  if (outcome.verdict !== "ok") {
    return outcome;
  }
  const [error] = [...(policies instanceof UndeterminedError ? [policies] : []), ...subscribed.errors];
  if (error !== undefined) {
    return undetermined(outcome.name, error);
  }
  return subscribed.isComplete ? outcome : { ...outcome, found: `none in ${groups(subscribed.count)}` };
}

const filtersOf = ({ arn }: LogsStream, { subscribed }: LogSources): readonly LogGroupFilter[] =>
  subscribed.filters.filter(({ destinationArn }) => destinationArn === arn);

const policiesOf = ({ arn }: LogsStream, { policies }: LogSources): readonly AccountPolicy[] =>
  policies instanceof UndeterminedError ? [] : policies.filter(({ destinationArn }) => destinationArn === arn);

function filtersOutcomes(
  filters: readonly LogGroupFilter[],
  { count, isComplete, errors }: SubscribedLogGroups,
): Outcome[] {
  const names = [...new Set(filters.map(({ logGroup }) => logGroup))];
  const found =
    names.length === 0 ? `none of ${groups(count)}` : `${readableCount(names.length, count)}: ${cappedNames(names)}`;
  if (errors.length > 0) {
    return errors.map((error) => {
      const reason = undetermined(FILTERS, error);
      return count === 0 ? reason : { ...reason, found: `${found}; others are undetermined: ${reason.found}` };
    });
  }
  return [
    isComplete
      ? ok(FILTERS, found)
      : note(
          FILTERS,
          `${found}; there are more log groups, which were not checked`,
          `No action needed while logs arrive: verify checks ${groups(count)} at most, first those that forwarded events in the last three hours. kloudfuse-firehose log-groups lists all of them.`,
        ),
  ];
}

const groups = (count: number): string => plural(count, "log group");
const readableCount = (some: number, count: number): string => `${some} of ${groups(count)}`;

/** A filter of the error log group of the stream itself. */
function loopOutcomes(stream: LogsStream, filters: readonly LogGroupFilter[]): Outcome[] {
  const errorLogGroups = errorLogGroupsOf(stream);
  return filters
    .filter(({ logGroup }) => errorLogGroups.includes(logGroup))
    .map(({ logGroup, name }) =>
      problem(
        "error log group",
        `the subscription filter ${shortened(name, 200)} of ${logGroup} sends it to the stream`,
        `Remove the filter. ${LOOP}`,
      ),
    );
}

/** Filters of the log groups of Kloudfuse's own cluster, where it runs in this account. */
function ownClusterOutcomes(filters: readonly LogGroupFilter[]): Outcome[] {
  const groups = [...new Set(filters.map(({ logGroup }) => logGroup).filter(isOfKloudfuse))];
  return groups.length === 0
    ? []
    : [
        note(
          "own cluster",
          `by their names, log groups of Kloudfuse's own cluster: ${cappedNames(groups)}`,
          "Remove the subscription filter if deliveries write to the log group: each delivery would cause another one.",
        ),
      ];
}

function policyOutcomes(stream: LogsStream, { policies }: LogSources): Outcome[] {
  if (policies instanceof UndeterminedError) {
    return [undetermined(POLICY, policies)];
  }
  return policies.length === 0
    ? [ok(POLICY, "none")]
    : policies.map((policy) =>
        policy.destinationArn === stream.arn ? ownPolicyOutcome(stream, policy) : otherPolicyOutcome(policy),
      );
}

function ownPolicyOutcome(stream: LogsStream, { name, criteria, excluded }: AccountPolicy): Outcome {
  const errorLogGroups = errorLogGroupsOf(stream);
  if (excluded === undefined) {
    return unknown(
      POLICY,
      `${name} selects log groups by criteria that cannot be parsed: ${shortened(criteria, 300)}`,
      `Make sure that they leave out the error log group${errorLogGroups.length > 1 ? "s" : ""} ${errorLogGroups.join(", ")}.`,
    );
  }
  const missing = errorLogGroups.filter((group) => !excluded.includes(group));
  if (missing.length > 0) {
    return problem(
      POLICY,
      `${name} does not exclude the error log group ${missing.join(", ")}`,
      `Add it to the selection criteria, LogGroupName NOT IN […]. ${LOOP}`,
    );
  }
  return ok(
    POLICY,
    excluded.length === 0
      ? `${name}, every log group`
      : `${name}, every log group but ${excluded.length}: ${cappedNames(excluded)}`,
  );
}

const otherPolicyOutcome = ({ name, destinationArn }: AccountPolicy): Outcome =>
  note(
    POLICY,
    `${name} points elsewhere: ${shortened(destinationArn, 300) || "its document cannot be parsed"}`,
    "No action needed if log groups are subscribed one by one. AWS allows one account policy in a region: to subscribe the account to this stream, remove the other first.",
  );

/** Why no log event comes in. */
export function logNoDataReason(stream: LogsStream, sources: LogSources): NoDataReason {
  const { arn, destination } = stream;
  const { policies, subscribed } = sources;
  const filters = filtersOf(stream, sources);
  const sourceNames = [
    ...(filters.length === 0 ? [] : [plural(filters.length, "subscription filter")]),
    ...policiesOf(stream, sources).map(({ name }) => `the account policy ${name}`),
  ];
  if (sourceNames.length > 0) {
    const isOne = sourceNames.length === 1 && filters.length <= 1;
    return {
      found: `${sourceNames.join(" and ")} ${isOne ? "points" : "point"} at the stream, but nothing arrives`,
      remedy:
        "The log groups may be quiet, or the filter patterns match none of their events. Otherwise CloudWatch Logs is not allowed to put records: see DeliveryErrors and the role's checks.",
    };
  }
  const create = `with destination_arn ${arn} and role_arn ${destination?.roleArn ?? ""} (log_groups, or subscribe_account = true). Its creator needs logs:PutSubscriptionFilter and iam:PassRole.`;
  if (policies instanceof UndeterminedError || subscribed.errors.length > 0) {
    return {
      found: "whether a subscription points at the stream could not be determined",
      remedy: `Make sure that there is a subscription filter, of a log group or of the account, ${create}`,
    };
  }
  return {
    found: subscribed.isComplete
      ? "neither a subscription filter nor an account policy points at the stream"
      : `no account policy points at the stream, nor a subscription filter of the ${groups(subscribed.count)} that were checked`,
    remedy: `Create a subscription filter, of a log group or of the account, ${create}`,
  };
}

/** The roles that CloudWatch Logs puts records with, as its subscriptions name them. */
export const logSenders = (stream: DeliveryStream, sources: LogSources): Sender[] =>
  [...new Set([...filtersOf(stream, sources), ...policiesOf(stream, sources)].map(({ roleArn }) => roleArn))]
    .filter((roleArn) => roleArn !== "")
    .map((roleArn) => ({ service: "logs", roleArn, stream }));
