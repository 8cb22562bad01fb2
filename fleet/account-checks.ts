import { partitionOfRegion } from "../iam/partitions";
import { parseArn } from "../iam/arn";
import type { Rule } from "../modules/rules";
import type { FleetFile } from "./file";
import { brokenRule, FLEET_LIMITS } from "./limits";
import type { MergedAccount } from "./merge";
import { placeholderProblem, textAt } from "./placeholders";
import type { Problems } from "./problems";
import { memberOf } from "./structure";

/** Checks the settings of the accounts: ids, regions, roles to assume, and placeholders. */
export function checkAccounts(file: FleetFile, accounts: readonly MergedAccount[], problems: Problems): void {
  checkPlaceholders("defaults", file.defaults, problems);
  file.accounts.forEach((entry, index) => {
    checkPlaceholders(`accounts[${index}]`, entry, problems);
  });
  const first = new Map<string, string>();
  for (const merged of accounts) {
    const { account, path } = merged;
    checkRules(`${path}.id`, account.id, FLEET_LIMITS.accountId, problems);
    const other = first.get(account.id);
    if (other === undefined) {
      first.set(account.id, path);
    } else {
      problems.add(
        `${path}.id must not equal ${other}.id, got "${account.id}" for both. Put the regions into one entry.`,
      );
    }
    checkRegions(merged, problems);
    if (hasValidLocations(merged)) {
      checkRole(merged, problems);
    }
  }
}

/** Whether id and regions are valid, so that placeholders can be replaced. */
export const hasValidLocations = ({ account: { id, regions } }: MergedAccount): boolean =>
  isValid(id, FLEET_LIMITS.accountId) && regions.every((region) => isValid(region, FLEET_LIMITS.region));

const isValid = (value: string, rules: readonly Rule[]): boolean => rules.every((rule) => rule.allows(value));

function checkRegions({ account, settingPath }: MergedAccount, problems: Problems): void {
  const path = settingPath("regions");
  if (account.regions.length === 0) {
    problems.add(`${path} is required where defaults.regions is not set. Add the regions of the account.`);
  }
  checkPartition(path, account.regions, problems);
  account.regions.forEach((region, index) => {
    checkRules(`${path}[${index}]`, region, FLEET_LIMITS.region, problems);
    const earlier = account.regions.indexOf(region);
    if (earlier < index) {
      problems.add(
        `${path}[${index}] must not equal ${path}[${earlier}], got "${region}" for both. Remove one of them.`,
      );
    }
  });
}

/** An account is in one partition: the same digits in another one are another account. */
function checkPartition(path: string, regions: readonly string[], problems: Problems): void {
  const [first = "", ...others] = regions.filter((region) => isValid(region, FLEET_LIMITS.region));
  const foreign = others.find((region) => partitionOfRegion(region) !== partitionOfRegion(first));
  if (foreign !== undefined) {
    problems.add(
      `${path} must be in one partition, got "${first}" and "${foreign}". Put the regions of another partition into an entry with the id of the account there.`,
    );
  }
}

function checkRole({ account, settingPath }: MergedAccount, problems: Problems): void {
  const { id, assumeRole, externalId, regions } = account;
  const path = settingPath("assume_role");
  for (const region of regions) {
    const place = { account: id, region };
    if (assumeRole !== undefined) {
      const role = textAt(assumeRole, place);
      checkRules(path, role, FLEET_LIMITS.assumeRole, problems);
      const owner = parseArn(role)?.account;
      if (owner !== undefined && /^[0-9]{12}$/.test(owner) && owner !== id) {
        problems.add(
          `${path} must be a role of the account ${id}, got "${role}". Use the account's own role, or {account} in the ARN.`,
          `${path} of ${id}`,
        );
      }
    }
    if (externalId !== undefined) {
      checkRules(settingPath("external_id"), textAt(externalId, place), FLEET_LIMITS.externalId, problems);
    }
  }
  if (externalId !== undefined && assumeRole === undefined) {
    problems.add(
      `${path} is required when ${settingPath("external_id")} is set, got none. Add the role, or remove external_id.`,
    );
  }
}

function checkPlaceholders(
  path: string,
  { assumeRole, externalId, inputs }: FleetFile["defaults"],
  problems: Problems,
): void {
  const settings: [string, unknown][] = [
    [`${path}.assume_role`, assumeRole],
    [`${path}.external_id`, externalId],
    ...Object.entries(inputs).map(([name, value]): [string, unknown] => [memberOf(`${path}.inputs`, name), value]),
  ];
  for (const [label, value] of settings) {
    checkPlaceholdersOf(label, value, problems);
  }
}

/** Checks that a value contains only known placeholders. */
export function checkPlaceholdersOf(label: string, value: unknown, problems: Problems): void {
  const problem = placeholderProblem(label, value);
  if (problem !== undefined) {
    problems.add(problem);
  }
}

/** Checks a value by rules; reports the first rule that the value breaks. */
export function checkRules(label: string, value: string, rules: readonly Rule[], problems: Problems): void {
  const broken = brokenRule(label, value, rules);
  if (broken !== undefined) {
    problems.add(broken.problem, `${label} ${broken.text}`);
  }
}
