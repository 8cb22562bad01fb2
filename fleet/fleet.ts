import type { CloudBackendSettings, S3BackendSettings } from "../modules/backend-settings";

/** Values of inputs by variable name, such as `buffering_size_mb`. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** One account of the fleet. Strings may contain `{region}`, which `targetsOf` replaces. */
export interface FleetAccount {
  /** Twelve-digit id. */
  readonly id: string;
  /** ARN of the role to assume in the account; undefined: the credentials are those of the account itself. */
  readonly assumeRole?: string;
  /** External id that the role's trust policy requires. */
  readonly externalId?: string;
  /** Codes of the regions, without duplicates. */
  readonly regions: readonly string[];
  /** The defaults, overridden by the account's own inputs, without those that are null. */
  readonly inputs: VariableValues;
}

/** Where the state of each stack is, as a pattern with `{account}` and `{region}`. */
export type FleetState = S3BackendSettings | CloudBackendSettings;

/** The accounts that one file describes. */
export interface Fleet {
  /** Path of the file. */
  readonly path: string;
  readonly accounts: readonly FleetAccount[];
  /** Undefined: a local file for each stack. */
  readonly state?: FleetState;
}
