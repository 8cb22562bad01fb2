import { causeOf } from "../causes/diagnose";
import { type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { type Answer } from "../aws/attempt";
import { undetermined } from "../checks/undetermined";
import { everybodyOutcome } from "./resource-policy";
import type { NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

/** The secret with the access key, without its value. */
export interface Secret {
  readonly arn: string;
  /** Undefined when there is no such secret. */
  readonly description: Answer<SecretDescription | undefined>;
  /** None when the secret has no policy; undefined when there is no such secret. */
  readonly policy: Answer<readonly NamedStatement[] | undefined>;
}

export interface SecretDescription {
  /** The key that encrypts it; undefined when it is the one that AWS manages. */
  readonly keyName: string | undefined;
}

/** Whether a secret exists, and does not let everybody read it. */
export function secretOutcomes({ arn, description, policy }: Secret, location: RoleLocation): Outcome[] {
  if (description === undefined || policy === undefined) {
    return [problem("secret", `${arn} does not exist`, causeOf("secret").fix)];
  }
  return [
    ...(description instanceof UndeterminedError ? [undetermined("secret", description)] : []),
    policy instanceof UndeterminedError
      ? undetermined("secret policy", policy)
      : everybodyOutcome("secret", policy, arn, location),
  ];
}
