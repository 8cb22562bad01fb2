import type { PolicyId } from "./ids";

/** What a configuration has of its own; all else is the base's. */
export interface RowConfiguration {
  /** Blocks that replace the base's of the same address, or are added; a function where they are read from a file. */
  readonly hcl?: string | (() => string);
  /** Addresses of blocks of the base that are left out. */
  readonly without?: readonly string[];
  /** Texts of the base, and what replaces each of them wherever it is. */
  readonly edits?: readonly (readonly [text: string, replacement: string])[];
}

/** One configuration, in a module of its own. */
export interface TableRow extends RowConfiguration {
  readonly name: string;
  /** Aliases of the AWS provider that it requires besides the default one. */
  readonly providers?: readonly ProviderAlias[];
  /** What is applied before the configuration is planned; by default the configuration itself. */
  readonly before?: RowConfiguration;
}

/** The second region, and the second account. */
export type ProviderAlias = "ireland" | "other_account";

/** A faulty configuration. */
export interface FoundRow extends TableRow {
  /** Each of these policies has a finding. */
  readonly found: readonly PolicyId[];
  /** These may have one, since the one fault breaks them too; no other policy has. */
  readonly also?: readonly PolicyId[];
  /**
   * Whether the fault is in an ARN or text that a first plan does not know where the configuration takes it from a
   * resource: then it is undetermined, and only a plan that knows it has the finding.
   */
  readonly isUnknownByReference?: boolean;
  /** Whether even ARNs written as text leave it undetermined, until all is applied. */
  readonly isUnknownAtFirst?: boolean;
  /** Whether it denies Terraform itself what an apply does next: it is planned, and not applied. */
  readonly locksOutDeployer?: boolean;
}

/** A right configuration: no policy has a finding. */
export interface PassRow extends TableRow {
  /** Policies that are undetermined in every plan, because something is managed elsewhere. */
  readonly unknown?: readonly PolicyId[];
  /** Policies that are undetermined in the first plan, however its ARNs are written. */
  readonly unknownAtFirst?: readonly PolicyId[];
  /** Policies that are undetermined in the first plan where it takes ARNs from resources, beside those of every row. */
  readonly unknownByReference?: readonly PolicyId[];
}
