import { ACTIONS } from "../../iam/documented-actions";
import { requestByRole } from "../../iam/request";
import { evaluateResourcePolicy, externalGrantees } from "../../iam/resource-policy";
import { roleArnOf } from "./evaluate-requests";
import { keyArnOf, type KeyUse } from "./key-requests";
import { isGranted } from "./kms-grants";
import type { Kloudfuse, PlannedStream } from "../kloudfuse";
import { finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Link, type PlannedResource, quotedText, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";
import {
  holdersOfKeyPolicy,
  type PlannedResourcePolicy,
  resourcePolicy,
  undecidedBy,
} from "../buckets/resource-policies";
import { locationOf } from "./role-uses";

const KEY = "aws_kms_key";

/** Says why the key that a stream or its bucket uses cannot be used. */
export function keyFaults(kloudfuse: Kloudfuse, stream: PlannedStream, use: KeyUse): PolicyOutcome[] {
  const { namedAt, key: named } = use;
  const [resource, path] = namedAt;
  const isAlias = typeof named.value === "string" && /(^|:)alias\//.test(named.value);
  if (isAlias && resource === stream.resource) {
    return [
      finding(resource, `${path} is the alias ${shown(use)}`, "Use the ARN of the key: Firehose accepts no alias."),
    ];
  }
  const key = isAlias ? targetOf(kloudfuse, use) : named;
  return [
    ...otherRegion(use, resource),
    ...(key.resource === undefined ? notInPlan(kloudfuse, use, key) : plannedKey(kloudfuse, stream, use, key.resource)),
  ];
}

/** S3 takes an alias: the key that it points to. */
function targetOf({ plan }: Kloudfuse, { namedAt: [resource, path], key }: KeyUse): Link {
  const alias = plan.linked(resource, path, "aws_kms_alias").resource;
  return alias === undefined ? key : plan.linked(alias, "target_key_id", KEY);
}

const shown = ({ namedAt: [resource, path], key }: KeyUse): string =>
  quotedText(resource, path, typeof key.value === "string" ? key.value : "");

function otherRegion(use: KeyUse, { region, address }: PlannedResource): PolicyOutcome[] {
  const [resource, path] = use.namedAt;
  const own = typeof use.key.value === "string" ? /^arn:[^:]*:kms:([^:]+):/.exec(use.key.value)?.[1] : undefined;
  return own === undefined || region === undefined || own === region
    ? []
    : [
        finding(
          resource,
          `${path} is a key of ${quotedText(resource, path, own)}, and ${address} is in ${region}`,
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
          `the plan does not have the key ${shown(use)}: whether it can be used is undetermined`,
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
            `customer_master_key_spec is ${quotedText(key, "customer_master_key_spec", spec)}`,
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

/** Says that a key's policy lets everybody use it; which accounts may use it besides, the key's owner decides. */
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
    typeof arn === "string" ? arn : ANY_KEY,
    location,
    ACTIONS.useStreamKey,
  );
  return grantees
    .filter(({ kind, isCertain }) => kind === "everyone" && isCertain)
    .map(({ action }) =>
      finding(policy.owner, `the key's policy allows everybody ${action}`, "Name the principals, or the account."),
    );
}

/** A key's policy names its key by `*`, as a rule: any ARN stands for one that is not known. */
const ANY_KEY = "arn:aws:kms:us-east-1:000000000000:key/not-known";

function denials(
  kloudfuse: Kloudfuse,
  stream: PlannedStream,
  { use, actions, service, key: link }: KeyUse,
  key: PlannedResource,
  policy: PlannedResourcePolicy,
): PolicyOutcome[] {
  if (policy.invalid !== undefined) {
    return [finding(policy.owner, `the key's policy is invalid: ${policy.invalid}`, "Correct it: KMS refuses it.")];
  }
  const location = locationOf(stream);
  const region = key.region ?? location.region;
  const ungranted = actions.filter((action) => isGranted(kloudfuse, key, use.role, action) === false);
  const decisions = ungranted.map((action) => ({
    action,
    // What the role's own policies allow, KFF-IAM-006 asks.
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
  const reason = undecidedBy(
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
            `the key's policy does not let ${who} ${denied} through ${service}`,
            "Let the role, or the account's IAM policies, use the key.",
          ),
        ]),
    ...(open === ""
      ? []
      : [
          undeterminedOutcome(
            policy.owner,
            `whether the key's policy lets ${who} ${open} through ${service} ${reason}`,
            "Make sure that the role can use the key.",
          ),
        ]),
  ];
}
