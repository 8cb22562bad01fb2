import { ok, type Outcome, problem, unknown } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { type Answer } from "../aws/attempt";
import { undetermined } from "../checks/undetermined";
import { everybodyOutcome } from "./resource-policy";
import type { NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

/** A KMS key as far as AWS describes it. */
export interface Key {
  /** As the stream, the bucket or the secret names it: its ARN, or an alias. */
  readonly name: string;
  /** Undefined if AWS manages the key, or does not say which key it is. */
  readonly arn: string | undefined;
  /** AWS's value, such as `Enabled`; undefined if there is no such key, or it is not read. */
  readonly state: Answer<string | undefined>;
  /** Undefined if there is no such key; `notRead` for a key that AWS manages, or of another account. */
  readonly policy: Answer<readonly NamedStatement[] | undefined> | "notRead";
}

/** Whether a key exists, can be used, and does not let everybody use it. */
export function keyOutcomes({ name, arn = name, state, policy }: Key, location: RoleLocation): Outcome[] {
  if (policy === "notRead") {
    return [];
  }
  if (state === undefined || policy === undefined) {
    return [problem("key", `${name} does not exist`, "Configure another key: nothing can be encrypted with this one.")];
  }
  const isSameReason = state === policy;
  return [
    ...(isSameReason
      ? []
      : [state instanceof UndeterminedError ? undetermined("key state", state) : stateOutcome(state, arn)]),
    policy instanceof UndeterminedError
      ? undetermined("key policy", policy)
      : everybodyOutcome("key", policy, arn, location),
  ];
}

/** In these states a key encrypts and decrypts. */
const USABLE_STATES = ["Enabled", "Updating"];

/**
 * What makes a key usable again, by its state.
 *
 * Source: AWS KMS, "Key states of AWS KMS keys".
 */
const STATE_REMEDIES: Readonly<Record<string, (arn: string) => string>> = {
  Disabled: (arn) => `Enable it: aws kms enable-key --key-id ${arn}.`,
  PendingDeletion: (arn) =>
    `Cancel the deletion, then enable it: aws kms cancel-key-deletion --key-id ${arn} && aws kms enable-key --key-id ${arn}.`,
  PendingReplicaDeletion: () => "Configure another key: its deletion follows that of its replicas.",
  PendingImport: () => "Import its key material again.",
  Unavailable: () => "Connect its custom key store again.",
};

function stateOutcome(state: string, arn: string): Outcome {
  const name = "key state";
  if (USABLE_STATES.includes(state)) {
    return ok(name, state);
  }
  const remedy = STATE_REMEDIES[state]?.(arn);
  return remedy === undefined
    ? unknown(name, `${state}: whether it can be used is not documented`, "Look at the key in the KMS console.")
    : problem(name, `${state}: nothing can be encrypted or decrypted with it`, remedy);
}
