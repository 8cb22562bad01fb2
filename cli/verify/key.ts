import { type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { type Answer, undetermined } from "./attempt";
import { everybodyOutcome } from "./resource-policy";
import type { Rule } from "./rules";
import type { AwsLocation } from "./trust";

/** A KMS key as far as AWS describes it. */
export interface Key {
  /** As the stream, the bucket or the secret names it: its ARN, or an alias. */
  readonly name: string;
  /** Undefined when AWS manages the key, or AWS does not say which key it is. */
  readonly arn: string | undefined;
  /** Undefined when there is no such key; `notRead` of a key that AWS manages, and of one of another account. */
  readonly policy: Answer<readonly Rule[] | undefined> | "notRead";
}

/** Whether a key exists, and does not let everybody use it. */
export function keyOutcomes({ name, arn = name, policy }: Key, location: AwsLocation): Outcome[] {
  if (policy === "notRead") {
    return [];
  }
  if (policy === undefined) {
    return [
      problem(
        "key",
        `${name} does not exist`,
        "Configure another key: nothing can be encrypted with this one any more.",
      ),
    ];
  }
  return policy instanceof UndeterminedError
    ? [undetermined("key policy", policy)]
    : [everybodyOutcome("key", policy, arn, location)];
}
