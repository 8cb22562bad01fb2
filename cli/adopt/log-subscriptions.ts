import { errorLogGroupName } from "../../modules/log-criteria";
import { subscriptionFilterAddress } from "../../modules/import-addresses";
import { UndeterminedError } from "../exit-codes";
import { deliveryRoleArn } from "./role";
import { subscriptionChanges } from "./subscription-changes";
import { singleQuoted } from "../terminal/completion/words";
import type { LogGroupFilter } from "../sources/subscribed-log-groups";
import { shortened } from "../text";
import type { AdoptionInventory } from "./inventory";
import { type AdoptionItem, type AdoptionPart, importOrCreate, leave, mergedParts, unknownItem } from "./part";
import type { InputValues } from "../../modules/inputs";

const MAX_PATTERN = 100;

/**
 * The subscription filters that feed the logs stream. A filter with another name than the module's stays as it is,
 * because Terraform would replace it.
 *
 * @param inputs those of the account policy, with which filters share the pattern
 */
export function logSubscriptionsPart(
  { streams, streamNames, sources }: AdoptionInventory,
  inputs: InputValues,
): Partial<AdoptionPart> {
  const logs = streams.find(({ signal }) => signal === "logs");
  if (sources === undefined || logs === undefined) {
    return {};
  }
  if (sources.filters instanceof UndeterminedError) {
    return { items: [unknownItem("subscription filters", "subscription filters", sources.filters)] };
  }
  const filters = sources.filters.filter(({ destinationArn }) => destinationArn === logs.arn);
  const named = filters.filter(({ name }) => name === streamNames.logs);
  const pattern = inputs.subscribeAccount === true ? inputs.logFilterPattern : mostCommonPattern(named);
  const context = {
    errorLog: errorLogGroupName(streamNames.metrics, streamNames.logs),
    filterName: streamNames.logs,
    pattern,
    inputs,
  };
  const roleArn = deliveryRoleArn({ streams });
  const reasons = new Map(filters.map((filter) => [filter, reasonToLeave(filter, context)]));
  const adopted = filters.filter((filter) => reasons.get(filter) === undefined);
  return mergedParts([
    ...adopted.map(({ logGroup, name }) =>
      importOrCreate(filterSubject(logGroup), subscriptionFilterAddress(logGroup), `${logGroup}|${name}`, true),
    ),
    {
      items: [
        ...adopted.flatMap((filter) => subscriptionChanges(filterSubject(filter.logGroup), filter, roleArn)),
        ...filters.flatMap((filter) => reasons.get(filter)?.(filter) ?? []),
      ],
      inputs:
        adopted.length === 0
          ? {}
          : {
              logGroups: Object.fromEntries(adopted.map(({ logGroup }) => [logGroup, logGroup])),
              logFilterPattern: pattern,
            },
    },
  ]);
}

const filterSubject = (logGroup: string): string => `log group ${logGroup}`;

/** The pattern that most filters have: the module has one pattern for all. */
function mostCommonPattern(filters: readonly LogGroupFilter[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { filterPattern } of filters) {
    counts.set(filterPattern, (counts.get(filterPattern) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

interface FilterContext {
  readonly errorLog: string;
  readonly filterName: string;
  readonly pattern: unknown;
  readonly inputs: InputValues;
}

/** Builds the item for a filter that is not adopted; undefined for one that is adopted. */
function reasonToLeave(
  { name, logGroup, filterPattern }: LogGroupFilter,
  { errorLog, filterName, pattern, inputs }: FilterContext,
): ((filter: LogGroupFilter) => AdoptionItem) | undefined {
  const left =
    (found: string, remedy: string) =>
    (filter: LogGroupFilter): AdoptionItem =>
      leave(filterSubject(filter.logGroup), `subscription filter ${filter.name}`, found, remedy);
  if (logGroup === errorLog) {
    return left(
      "stays outside of Terraform: each delivery error causes another delivery",
      `Remove it: aws logs delete-subscription-filter --log-group-name ${logGroup} --filter-name ${singleQuoted(name)}`,
    );
  }
  if (name !== filterName) {
    return left(
      `stays outside of Terraform: the module names it ${filterName}, and a new name replaces the filter`,
      `To replace it, add the log group to log_groups and remove the filter: aws logs delete-subscription-filter --log-group-name ${logGroup} --filter-name ${singleQuoted(name)}`,
    );
  }
  if (inputs.subscribeAccount === true && !isExcluded(logGroup, inputs)) {
    return left(
      "stays outside of Terraform: the account policy selects the log group too, so that each event is delivered twice",
      `Remove it: aws logs delete-subscription-filter --log-group-name ${logGroup} --filter-name ${singleQuoted(name)}`,
    );
  }
  return filterPattern === pattern
    ? undefined
    : left(
        `stays outside of Terraform: its pattern is "${shortened(filterPattern, MAX_PATTERN)}", and the module has one pattern for all`,
        "No action needed if intentional.",
      );
}

const isExcluded = (logGroup: string, { accountExcludedLogGroups }: InputValues): boolean =>
  Array.isArray(accountExcludedLogGroups) && accountExcludedLogGroups.includes(logGroup);
