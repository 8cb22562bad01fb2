import { parseArn } from "../../iam/arn";
import { ACTIONS } from "../../iam/documented-actions";
import type { ContextValue } from "../../iam/context";
import { type Decision, evaluate } from "../../iam/evaluate";
import { requestByRole } from "../../iam/request";
import { evaluateResourcePolicy } from "../../iam/resource-policy";
import { UNKNOWN } from "../../iam/unknown";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import type { Need, Sender } from "./needs";
import type { ResourcePolicy } from "./resource-policy";
import { conditionName, namesOf, type NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

type NeedPurpose = Need["purpose"];

interface PurposeTexts {
  readonly name: string;
  /** Refers to the actions of the purpose in messages. */
  readonly pronoun: "them" | "it";
  /** Whose own policy may allow it too. */
  readonly owner?: "bucket" | "key" | "secret";
  /** @param sender what puts records on the stream with the role */
  readonly consequence: (sender: string) => string;
}

const BACKUP = { pronoun: "them", owner: "bucket", consequence: () => "otherwise undelivered data is lost" } as const;

const PURPOSES: Record<NeedPurpose, PurposeTexts> = {
  putRecords: {
    name: "may put records",
    pronoun: "them",
    consequence: (sender) => `${sender} uses the role to write to the stream`,
  },
  findBucket: { name: "may find the bucket", ...BACKUP },
  backUp: { name: "may back up", ...BACKUP },
  logErrors: {
    name: "may log errors",
    pronoun: "it",
    consequence: () => "otherwise nobody sees why deliveries fail",
  },
  useStreamKey: {
    name: "may use the stream's key",
    pronoun: "them",
    owner: "key",
    consequence: (sender) =>
      `${sender} puts records on the stream with this role, and AWS refuses them without the key (streams older than April 2026: from February 2027)`,
  },
  useBackupKey: {
    name: "may use the backup's key",
    pronoun: "them",
    owner: "key",
    consequence: () => "otherwise the backup cannot be written",
  },
  useSecretKey: {
    name: "may use the secret's key",
    pronoun: "it",
    owner: "key",
    consequence: () => "otherwise every delivery fails",
  },
  readSecret: {
    name: "may read the secret",
    pronoun: "it",
    owner: "secret",
    consequence: () => "otherwise every delivery fails",
  },
};

const SENDERS = { logs: "CloudWatch Logs", metricStreams: "the metric stream" } as const satisfies Record<
  Sender["service"],
  string
>;

export interface RolePermissions {
  readonly arn: string;
  readonly rules: readonly NamedStatement[];
  /** Undefined if the role has no permissions boundary. */
  readonly boundary: readonly NamedStatement[] | undefined;
}

/**
 * Compares the permissions of a role with what the streams need from it: one outcome for each purpose.
 *
 * @param policies of buckets, keys and secrets that could be read, by ARN
 */
export function permissionOutcomes(
  role: RolePermissions,
  needs: readonly Need[],
  location: RoleLocation,
  policies: ReadonlyMap<string, ResourcePolicy> = new Map(),
): Outcome[] {
  const evaluated = needs.flatMap((need) =>
    ACTIONS[need.purpose].map((action) => evaluateNeed(role, need, action, location, policies)),
  );
  return [...new Set(needs.map(({ purpose }) => purpose))].map((purpose) =>
    purposeOutcome(
      purpose,
      evaluated.filter(({ need }) => need.purpose === purpose),
      location,
    ),
  );
}

interface EvaluatedNeed {
  readonly need: Need;
  readonly action: string;
  readonly decision: Decision<NamedStatement>;
  /** The policy of the resource; undefined where it was not read. */
  readonly policy: ResourcePolicy | undefined;
  /** Whether the resource's policy lets the role through, if the role's own policies did. */
  readonly isAllowedByResource: boolean;
}

/**
 * A resource policy that was not read is assumed to add nothing; for a resource of another account, it may allow or
 * deny anything. The ARN of a bucket does not contain its account, but S3 shows a bucket policy to the bucket's account
 * only.
 */
function evaluateNeed(
  { arn, rules, boundary }: RolePermissions,
  need: Need,
  action: string,
  location: RoleLocation,
  policies: ReadonlyMap<string, ResourcePolicy>,
): EvaluatedNeed {
  const { example, owner, via } = need;
  const policy = owner === undefined ? undefined : policies.get(owner);
  const { service = "", region: arnRegion = "", account: arnAccount = "" } = parseArn(example) ?? {};
  const account = arnAccount === "" && policy !== undefined ? location.accountId : arnAccount;
  const isSameAccount = account === "" || account === location.accountId;
  const region = arnRegion === "" ? policy?.region : arnRegion;
  const request = requestByRole({
    action,
    resource: example,
    roleArn: arn,
    location,
    resourceAccount: account === "" ? UNKNOWN : account,
    ...(region === undefined ? {} : { region }),
    context: [
      ...(via === undefined ? [] : [["kms:ViaService", viaService(via)] as const]),
      ...(service === "s3" ? [["s3:TlsVersion", ["1.3"]] as const] : []),
    ],
  });
  return {
    need,
    action,
    policy,
    decision: evaluate(request, {
      identity: rules,
      boundary,
      resource: policy?.rules ?? (isSameAccount ? undefined : [UNKNOWN]),
      isSameAccount,
    }),
    isAllowedByResource:
      policy === undefined || evaluateResourcePolicy(request, policy.rules, isSameAccount).result !== "denied",
  };
}

function viaService([service, ...others]: readonly string[]): ContextValue {
  return service === undefined || others.length > 0 ? [UNKNOWN] : [service];
}

function purposeOutcome(purpose: NeedPurpose, evaluated: readonly EvaluatedNeed[], location: RoleLocation): Outcome {
  const { name } = PURPOSES[purpose];
  const refused = groupedTexts(evaluated, refusalText);
  if (refused !== "") {
    return problem(name, refused, refusalRemedy(purpose, evaluated, location));
  }
  const conditional = groupedTexts(evaluated, undeterminedText);
  if (conditional !== "") {
    return unknown(name, conditional, "Make sure that Firehose meets the conditions, or allow it without them.");
  }
  const grants = evaluated.flatMap(({ decision }) => decision.statements);
  const ofRole = grants.filter(({ statement }) => statement === undefined);
  const resources = [...new Set(evaluated.map(({ need }) => need.resource))];
  return ofRole.length > 0 && ofRole.every(isForEverything)
    ? note(
        name,
        `allowed on every resource (*) by ${namesOf(ofRole)}`,
        `Name the resource instead: ${resources.join(", ")}.`,
      )
    : ok(name, `allowed on ${resources.join(", ")}`);
}

/** The remedies for all denied actions. */
function refusalRemedy(purpose: NeedPurpose, evaluated: readonly EvaluatedNeed[], location: RoleLocation): string {
  const refused = evaluated.filter(({ decision }) => decision.result === "denied");
  return [...new Set(refused.flatMap((each) => remediesOf(purpose, each, location)))].join(" ");
}

function remediesOf(
  purpose: NeedPurpose,
  { need, decision: { reason, statements }, policy, isAllowedByResource }: EvaluatedNeed,
  { partition, accountId }: RoleLocation,
): string[] {
  if (reason === "explicitDeny") {
    return [`Exempt the role from the Deny, or remove it: ${namesOf(statements)}.`];
  }
  const { pronoun, owner, consequence: consequenceOf } = PURPOSES[purpose];
  const consequence = consequenceOf(SENDERS[need.sender ?? "logs"]);
  const others = [
    ...(owner === undefined || policy !== undefined ? [] : [`the ${owner}'s policy`]),
    // Grants are not read: AWS creates its own ones, and the documented setup needs none.
    ...(owner === "key" ? ["a grant of the key (aws kms list-grants)"] : []),
  ];
  const unless = others.length === 0 ? "" : `, unless ${others.join(" or ")} does`;
  return [
    ...(reason === "resourcePolicy" ? [] : [`Allow ${pronoun} in a policy of the role${unless}: ${consequence}.`]),
    ...(isAllowedByResource
      ? []
      : [
          `Allow the role, or the account's IAM policies (principal arn:${partition}:iam::${accountId}:root), in ${policy?.name ?? "the resource's policy"}: ${consequence}.`,
        ]),
  ];
}

const isForEverything = ({ resources }: NamedStatement): boolean =>
  resources === undefined || resources.negated || resources.values.includes("*");

function refusalText({ need, decision, policy, isAllowedByResource }: EvaluatedNeed): string | undefined {
  const [via] = need.via ?? [];
  if (decision.result !== "denied") {
    return undefined;
  }
  const through = via === undefined ? "" : ` through ${via}`;
  const byResource = isAllowedByResource ? "" : `not allowed by ${policy?.name ?? "the resource's policy"}`;
  switch (decision.reason) {
    case "explicitDeny":
      return `denied by ${namesOf(decision.statements)}`;
    case "resourcePolicy":
      return `${byResource}${through}`;
    case "boundary":
      return ["blocked by the permissions boundary", byResource].filter((text) => text !== "").join(", and ");
    default:
      return [`missing${through}`, byResource].filter((text) => text !== "").join(", and ");
  }
}

function undeterminedText({ decision, policy }: EvaluatedNeed): string | undefined {
  const { result, reason, statements, conditions } = decision;
  if (result !== "undetermined") {
    return undefined;
  }
  if (statements.length === 0) {
    return policy === undefined
      ? "decided by the policy of another account's resource, which is not read"
      : `allowed by ${policy.name} for the account, but by no policy of the role`;
  }
  const names = [...new Set(conditions.map(conditionName))].join(", ");
  const on = names === "" ? "for some resources" : `under ${names}`;
  return `${reason === "possibleDeny" ? "may be denied" : "allowed only"} by ${namesOf(statements)} ${on}`;
}

/** Texts of the form `<what>: <actions> on <resource>`, with the actions grouped by resource. */
function groupedTexts(evaluated: readonly EvaluatedNeed[], what: (each: EvaluatedNeed) => string | undefined): string {
  const actions = new Map<string, { what: string; resource: string; actions: string[] }>();
  for (const each of evaluated) {
    const text = what(each);
    if (text !== undefined) {
      const { resource } = each.need;
      const group = actions.get(`${text} ${resource}`) ?? { what: text, resource, actions: [] };
      group.actions.push(each.action);
      actions.set(`${text} ${resource}`, group);
    }
  }
  return [...actions.values()]
    .map((group) => `${group.what}: ${group.actions.join(", ")} on ${group.resource}`)
    .join("; ");
}
