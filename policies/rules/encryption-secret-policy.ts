import { ACTIONS } from "../../iam/documented-actions";
import { externalGrantees } from "../../iam/resource-policy";
import type { Kloudfuse, PlannedStream } from "../kloudfuse";
import { distinct, finding } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { grantOutcome, holdersOfSecretPolicy, POLICY, resourcePolicy } from "../buckets/resource-policies";
import { locationOf } from "../roles/role-uses";

export const encryptionSecretPolicy: Policy = {
  id: "KFF-ENC-005",
  severity: "error",
  title: "The access key's secret is not shared outside of the account",
  why: "Anyone who can read the access key can send data to Kloudfuse in the account's name.",
  source: "AWS Secrets Manager, Resource-based policies",
  check: (kloudfuse) => distinct(kloudfuse.streams.flatMap((stream) => checkSecret(kloudfuse, stream))),
};

function checkSecret(kloudfuse: Kloudfuse, stream: PlannedStream): PolicyOutcome[] {
  const { resource: secret } = stream.secret;
  return secret === undefined
    ? []
    : holdersOfSecretPolicy(kloudfuse, secret).flatMap((owner) => checkPolicy(kloudfuse, stream, owner));
}

function checkPolicy({ plan }: Kloudfuse, stream: PlannedStream, owner: PlannedResource): PolicyOutcome[] {
  const { statements, invalid } = resourcePolicy(plan, owner);
  if (invalid !== undefined) {
    return [finding(owner, `the secret's policy is invalid: ${invalid}`, "Correct it: Secrets Manager rejects it.")];
  }
  const location = locationOf(stream);
  // Resource is "*" in the policy of a secret, which applies to that secret only.
  return externalGrantees(statements, ANY_SECRET, location, ACTIONS.readSecret).map(
    ({ kind, principal, action, isCertain }) => {
      const who = kind === "everyone" ? "everybody" : redactedText(owner, POLICY, principal);
      return grantOutcome({ owner }, `${who} ${action}`, isCertain, "Name only principals of the account.");
    },
  );
}

const ANY_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:not-known-AbCdEf";
