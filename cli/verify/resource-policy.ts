import { bucketGrantees, confusedDeputyServices } from "../../iam/bucket-grants";
import { ACTIONS } from "../../iam/documented-actions";
import { REMEDIES } from "../../iam/remedies";
import { type ExternalGrantee, externalGrantees } from "../../iam/resource-policy";
import { ok, type Outcome, problem, unknown } from "../checks/check";
import type { NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

/** The policy of a bucket, a key, a secret or a topic that was read. */
export interface ResourcePolicy {
  /** As messages name it, such as `the bucket's policy`. */
  readonly name: string;
  /** None where the resource has no policy. */
  readonly rules: readonly NamedStatement[];
  /** Undefined where AWS does not say in which region the resource is. */
  readonly region: string | undefined;
}

/** The names of the policies in messages. */
export const POLICY_NAMES = {
  bucket: "the bucket's policy",
  key: "the key's policy",
  secret: "the secret's policy",
  topic: "the topic's policy",
} as const;

/** Checks whether a bucket policy allows anything to principals outside of the account. */
export function bucketPolicyOutcome(
  rules: readonly NamedStatement[],
  bucketArn: string,
  location: RoleLocation,
): Outcome {
  const name = "bucket policy";
  const grantees = bucketGrantees(rules, bucketArn, location);
  const services = confusedDeputyServices(rules).map((service) => `it allows ${service} on behalf of any account`);
  const certain = grantees.filter(({ isCertain }) => isCertain).map((grantee) => grantText("allows", grantee));
  const possible = grantees.map((grantee) => grantText("may allow", grantee));
  if (certain.length + services.length > 0) {
    const remedies = [
      ...(certain.length > 0 ? [REMEDIES.principalsOfBucket] : []),
      ...(services.length > 0 ? [REMEDIES.conditionOnAccount] : []),
    ];
    return problem(name, [...certain, ...services].join("; "), remedies.join(" "));
  }
  if (possible.length > 0) {
    return unknown(
      name,
      `${possible.join("; ")}, depending on its conditions`,
      "Make sure that only principals of the bucket's own account meet them, or name only those.",
    );
  }
  return ok(name, rules.length === 0 ? "none" : "allows nobody outside of the account");
}

/** Checks whether the policy of a key or a secret allows everybody to use it. Named accounts are the owner's choice. */
export function everybodyOutcome(
  kind: "key" | "secret",
  rules: readonly NamedStatement[],
  arn: string,
  location: RoleLocation,
): Outcome {
  const name = `${kind} policy`;
  const actions = kind === "key" ? ACTIONS.useStreamKey : ACTIONS.readSecret;
  const everybody = externalGrantees(rules, arn, location, actions).filter(
    (grantee) => grantee.kind === "everyone" && grantee.isCertain,
  );
  return everybody.length > 0
    ? problem(name, everybody.map((grantee) => grantText("allows", grantee)).join("; "), REMEDIES.principalsOfKey)
    : ok(name, rules.length === 0 ? "none" : "does not allow everybody");
}

const grantText = (verb: string, { statement, kind, principal, action }: ExternalGrantee<NamedStatement>): string =>
  `${statement.statement ?? statement.policy} ${verb} ${kind === "everyone" ? "everybody" : principal} ${action}`;
