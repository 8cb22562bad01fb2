import { asObject, asString, isObject, type JsonObject } from "../iam/json";
import type { VariableValues } from "./fleet";

/** The settings that the defaults and an account can have, as in the file, after its types are checked. */
export interface AccountSettings {
  readonly assumeRole: string | undefined;
  readonly externalId: string | undefined;
  readonly regions: readonly string[] | undefined;
  readonly inputs: VariableValues;
}

/** An account as in the file. */
export interface AccountEntry extends AccountSettings {
  readonly id: string;
}

/** A fleet file after its types are checked: the defaults are not merged, the placeholders not replaced. */
export interface FleetFile {
  readonly s3: JsonObject | undefined;
  readonly hcp: JsonObject | undefined;
  readonly defaults: AccountSettings;
  readonly accounts: readonly AccountEntry[];
}

/** Reads a file whose types are checked. */
export function fleetFileOf(value: unknown): FleetFile {
  const { state, defaults, accounts } = asObject(value);
  const { s3, hcp } = asObject(state);
  return {
    s3: isObject(s3) ? s3 : undefined,
    hcp: isObject(hcp) ? hcp : undefined,
    defaults: settingsOf(asObject(defaults)),
    accounts: listOf(accounts).map((account) => {
      const entry = asObject(account);
      return { id: asString(entry["id"]) ?? "", ...settingsOf(entry) };
    }),
  };
}

function settingsOf(entry: JsonObject): AccountSettings {
  const { assume_role: assumeRole, external_id: externalId, regions, inputs } = entry;
  return {
    assumeRole: asString(assumeRole),
    externalId: asString(externalId),
    regions: regions === undefined ? undefined : listOf(regions).map(String),
    inputs: asObject(inputs),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
