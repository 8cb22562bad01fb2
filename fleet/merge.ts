import type { FleetAccount, VariableValues } from "./fleet";
import type { AccountEntry, FleetFile } from "./file";
import { replacePlaceholders, textAt } from "./placeholders";
import { memberOf } from "./structure";

/** An account merged with the defaults, and the paths of its values in the file. */
export interface MergedAccount {
  readonly account: FleetAccount;
  /** Path of the account in the file. */
  readonly path: string;
  /** Path of a setting, such as `regions`: where it is set, or where the account would set it. */
  readonly settingPath: (name: "assume_role" | "external_id" | "regions") => string;
  /** The same for an input. */
  readonly inputPath: (variable: string) => string;
}

/** Each account merged with the defaults that it does not override. */
export function mergedAccounts({ defaults, accounts }: FleetFile): readonly MergedAccount[] {
  return accounts.map((entry, index) => {
    const path = `accounts[${index}]`;
    const own = { assume_role: entry.assumeRole, external_id: entry.externalId, regions: entry.regions };
    const common = { assume_role: defaults.assumeRole, external_id: defaults.externalId, regions: defaults.regions };
    return {
      account: merged(entry, defaults),
      path,
      settingPath: (name) => `${own[name] === undefined && common[name] !== undefined ? "defaults" : path}.${name}`,
      inputPath: (variable) =>
        memberOf(
          `${!Object.hasOwn(entry.inputs, variable) && Object.hasOwn(defaults.inputs, variable) ? "defaults" : path}.inputs`,
          variable,
        ),
    };
  });
}

function merged(entry: AccountEntry, defaults: FleetFile["defaults"]): FleetAccount {
  const place = { account: entry.id };
  const assumeRole = entry.assumeRole ?? defaults.assumeRole;
  const externalId = entry.externalId ?? defaults.externalId;
  return {
    id: entry.id,
    ...(assumeRole === undefined ? {} : { assumeRole: textAt(assumeRole, place) }),
    ...(externalId === undefined ? {} : { externalId: textAt(externalId, place) }),
    regions: entry.regions ?? defaults.regions ?? [],
    inputs: inputsAt({ ...defaults.inputs, ...entry.inputs }, place),
  };
}

function inputsAt(inputs: VariableValues, place: { readonly account: string }): VariableValues {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, replacePlaceholders(withoutNulls(value), place)]),
  );
}

/** Removes the entries of a map whose value is null, as Terraform does. */
const withoutNulls = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null))
    : value;
