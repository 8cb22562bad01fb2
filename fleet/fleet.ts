import type { CloudBackendSettings, S3BackendSettings } from "../modules/backend-settings";

/** Values of inputs by their names as Terraform variables, such as `buffering_size_mb`. */
export type InputValues = Readonly<Record<string, unknown>>;

/** One account of the fleet. A text may have `{region}` in it, which `targetsOf` replaces. */
export interface FleetAccount {
  /** Twelve-digit id. */
  readonly id: string;
  /** ARN of the role to assume in the account; undefined: the credentials are the account's own. */
  readonly assumeRole?: string;
  /** External id that the role asks for. */
  readonly externalId?: string;
  /** Codes of the regions, each once. */
  readonly regions: readonly string[];
  /** The defaults and the account's own, which win. An input that is null is left out. */
  readonly inputs: InputValues;
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
