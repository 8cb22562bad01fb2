import { keyRegion, UNKNOWN_KEY_ARN } from "../../iam/arn";
import { ACTIONS } from "../../iam/documented-actions";
import { REMEDIES } from "../../iam/remedies";
import { requestByRole } from "../../iam/request";
import { evaluateResourcePolicy, externalGrantees } from "../../iam/resource-policy";
import { roleArnOf } from "./evaluate-requests";
import { keyArnOf, type KeyUse } from "./key-requests";
import { isGranted } from "./kms-grants";
import type { Kloudfuse, PlannedStream } from "../kloudfuse";
import { finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Link, type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";
import {
  holdersOfKeyPolicy,
  type PlannedResourcePolicy,
  resourcePolicy,
  undeterminedReason,
} from "../buckets/resource-policies";
import { locationOf } from "./role-uses";

const KEY = "aws_kms_key";

/** Reports why the key of a stream, a bucket or a secret cannot be used. */
export function keyFaults(kloudfuse: Kloudfuse, stream: PlannedStream, use: KeyUse): PolicyOutcome[] {
  const { namedAt, key: named } = use;
  const [resource, path] = namedAt;
  const isAlias = typeof named.value === "string" && /(^|:)alias\//.test(named.value);
  if (isAlias && resource === stream.resource) {
    return [
      finding(resource, `${path} is the alias ${keyText(use)}`, "Use the ARN of the key: Firehose accepts no alias."),
    ];
  }
  const key = isAlias ? targetOf(kloudfuse, use) : named;
  return [
    ...otherRegion(use, resource),
    ...(key.resource === undefined ? notInPlan(kloudfuse, use, key) : plannedKey(kloudfuse, stream, use, key.resource)),
  ];
}

/** The key of an alias, which S3 accepts. */
function targetOf({ plan }: Kloudfuse, { namedAt: [resource, path], key }: KeyUse): Link {
  const alias = plan.linked(resource, path, "aws_kms_alias").resource;
  return alias === undefined ? key : plan.linked(alias, "target_key_id", KEY);
}

const keyText = ({ namedAt: [resource, path], key }: KeyUse): string =>
  redactedText(resource, path, typeof key.value === "string" ? key.value : "");

function otherRegion(use: KeyUse, { region, address }: PlannedResource): PolicyOutcome[] {
  const [resource, path] = use.namedAt;
  const own = keyRegion(use.key.value);
  return own === undefined || region === undefined || own === region
    ? []
    : [
        finding(
          resource,
          `${path} is a key of ${redactedText(resource, path, own)}, and ${address} is in ${region}`,
          "Use a key of the same region.",
        ),
      ];
}

function notInPlan({ plan }: Kloudfuse, use: KeyUse, { value }: Link): PolicyOutcome[] {
  const [resource, path] = use.namedAt;
  if (typeof value !== "string") {
    return [unknownOutcome(resource, path)];
  }
  const deleted = plan.namedBefore(KEY, value).find(({ isDeleted }) => isDeleted);
  return deleted === undefined
    ? [
        undeterminedOutcome(
          resource,
          `the plan does not have the key ${keyText(use)}: whether it can be used is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [
        finding(
          resource,
          `${path} is the key ${deleted.address}, which the plan deletes`,
          "Keep the key until nothing is encrypted with it.",
        ),
      ];
}

function plannedKey(kloudfuse: Kloudfuse, stream: PlannedStream, use: KeyUse, key: PlannedResource): PolicyOutcome[] {
  const enabled = key.get("is_enabled");
  const spec = key.get("customer_master_key_spec");
  return [
    ...(enabled === false ? [finding(key, "is_enabled is false", "Enable the key.")] : []),
    ...(enabled === UNKNOWN && !kloudfuse.plan.isOmitted(key, "is_enabled") ? [unknownOutcome(key, "is_enabled")] : []),
    ...(typeof spec === "string" && spec !== "SYMMETRIC_DEFAULT"
      ? [
          finding(
            key,
            `customer_master_key_spec is ${redactedText(key, "customer_master_key_spec", spec)}`,
            "Use a symmetric key.",
          ),
        ]
      : []),
    ...holdersOfKeyPolicy(kloudfuse, key)
      .map((owner) => resourcePolicy(kloudfuse.plan, owner))
      .flatMap((policy) => [
        ...denials(kloudfuse, stream, use, key, policy),
        ...grantsToEverybody(stream, use, key, policy),
      ]),
  ];
}

/** Reports a key policy that allows everybody to use the key. Which other accounts can use it is up to the key's owner. */
function grantsToEverybody(
  stream: PlannedStream,
  { key: link }: KeyUse,
  key: PlannedResource,
  policy: PlannedResourcePolicy,
): PolicyOutcome[] {
  const location = locationOf(stream);
  const arn = keyArnOf({ ...link, resource: key }, location);
  const grantees = externalGrantees(
    policy.statements,
    typeof arn === "string" ? arn : UNKNOWN_KEY_ARN,
    location,
    ACTIONS.useStreamKey,
  );
  return grantees
    .filter(({ kind, isCertain }) => kind === "everyone" && isCertain)
    .map(({ action }) =>
      finding(policy.owner, `the key's policy grants everybody ${action}`, REMEDIES.principalsOfKey),
    );
}

function denials(
  kloudfuse: Kloudfuse,
  stream: PlannedStream,
  { use, actions, service, key: link }: KeyUse,
  key: PlannedResource,
  policy: PlannedResourcePolicy,
): PolicyOutcome[] {
  if (policy.invalid !== undefined) {
    return [finding(policy.owner, `the key's policy is invalid: ${policy.invalid}`, "Correct it: KMS rejects it.")];
  }
  const location = locationOf(stream);
  const region = key.region ?? location.region;
  const ungranted = actions.filter((action) => isGranted(kloudfuse, key, use.role, action) === false);
  const decisions = ungranted.map((action) => ({
    action,
    // KFF-IAM-006 checks what the role's own policies allow.
    decision: evaluateResourcePolicy(
      requestByRole({
        action,
        resource: keyArnOf({ ...link, resource: key }, location),
        roleArn: roleArnOf(use.role, location),
        location,
        region,
        via: { service, region },
      }),
      policy.statements,
      kloudfuse.plan.isSameAccount(key, stream.resource),
    ),
  }));
  const of = (result: "denied" | "undetermined"): string =>
    decisions
      .filter(({ decision }) => decision.result === result)
      .map(({ action }) => action)
      .join(", ");
  const [denied, open] = [of("denied"), of("undetermined")];
  const reason = undeterminedReason(
    policy,
    decisions.flatMap(({ decision }) => decision.conditions),
  );
  const who = `the role of ${stream.resource.address}`;
  return [
    ...(denied === ""
      ? []
      : [
          finding(
            policy.owner,
            `the key's policy does not grant ${who} ${denied} through ${service}`,
            "Allow the role, or the account's IAM policies, to use the key.",
          ),
        ]),
    ...(open === ""
      ? []
      : [
          undeterminedOutcome(
            policy.owner,
            `whether the key's policy grants ${who} ${open} through ${service} ${reason}`,
            "Make sure that the role can use the key.",
          ),
        ]),
  ];
}
