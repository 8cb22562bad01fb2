import { ACTIONS } from "../../iam/documented-actions";
import type { ContextValue } from "../../iam/context";
import { type Decision, evaluate } from "../../iam/evaluate";
import { requestByRole } from "../../iam/request";
import { UNKNOWN } from "../../iam/unknown";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import type { Need } from "./needs";
import { conditionName, type Rule } from "./rules";
import type { AwsLocation } from "./trust";

type Purpose = Need["purpose"];

const BACKUP_REMEDY =
  "Allow them in a policy of the role, unless the bucket's policy does: otherwise undelivered data is lost.";

const PURPOSES: Record<Purpose, { readonly name: string; readonly remedy: string }> = {
  putRecords: {
    name: "may put records",
    remedy: "Allow them in a policy of the role: CloudWatch Logs writes to the stream with it.",
  },
  findBucket: {
    name: "may find the bucket",
    remedy: BACKUP_REMEDY,
  },
  backUp: {
    name: "may back up",
    remedy: BACKUP_REMEDY,
  },
  logErrors: {
    name: "may log errors",
    remedy: "Allow it in a policy of the role: otherwise nobody sees why deliveries fail.",
  },
  useStreamKey: {
    name: "may use the stream's key",
    remedy:
      "Allow them in a policy of the role, unless the key's policy does: CloudWatch Logs puts records on the stream with this role, and AWS refuses them without the key (streams older than April 2026: from February 2027).",
  },
  useBackupKey: {
    name: "may use the backup's key",
    remedy: "Allow them in a policy of the role, unless the key's policy does: otherwise the backup cannot be written.",
  },
  useSecretKey: {
    name: "may use the secret's key",
    remedy: "Allow it in a policy of the role, unless the key's policy does: otherwise every delivery fails.",
  },
  readSecret: {
    name: "may read the secret",
    remedy: "Allow it in a policy of the role, unless the secret's policy does: otherwise every delivery fails.",
  },
};

/** What a role may do. */
export interface RolePermissions {
  readonly arn: string;
  readonly rules: readonly Rule[];
  /** Undefined when nothing bounds the role. */
  readonly boundary: readonly Rule[] | undefined;
}

/** What the role is allowed against what the streams need of it, a check for each purpose. */
export function permissionOutcomes(role: RolePermissions, needs: readonly Need[], location: AwsLocation): Outcome[] {
  const evaluated = needs.flatMap((need) =>
    ACTIONS[need.purpose].map((action): Evaluated => ({
      need,
      action,
      decision: decide(role, need, action, location),
    })),
  );
  return [...new Set(needs.map(({ purpose }) => purpose))].map((purpose) =>
    purposeOutcome(
      purpose,
      evaluated.filter(({ need }) => need.purpose === purpose),
    ),
  );
}

interface Evaluated {
  readonly need: Need;
  readonly action: string;
  readonly decision: Decision<Rule>;
}

/**
 * The resource's own policy is not read: one of this account is assumed to add nothing, one of another account may allow
 * and deny everything. The ARN of a bucket does not say whose it is.
 */
function decide(
  { arn, rules, boundary }: RolePermissions,
  { example, via }: Need,
  action: string,
  location: AwsLocation,
): Decision<Rule> {
  const account = example.split(":")[4] ?? "";
  const isSameAccount = account === "" || account === location.accountId;
  const [service, ...others] = via ?? [];
  const viaService: ContextValue = service === undefined || others.length > 0 ? [UNKNOWN] : [service];
  const request = requestByRole({
    action,
    resource: example,
    roleArn: arn,
    location,
    resourceAccount: account === "" ? UNKNOWN : account,
    context: via === undefined ? [] : [["kms:ViaService", viaService]],
  });
  return evaluate(request, {
    identity: rules,
    boundary,
    resource: isSameAccount ? undefined : [UNKNOWN],
    isSameAccount,
  });
}

function purposeOutcome(purpose: Purpose, evaluated: readonly Evaluated[]): Outcome {
  const { name, remedy } = PURPOSES[purpose];
  const refused = groups(evaluated, refusal);
  if (refused !== "") {
    return problem(name, refused, remedy);
  }
  const conditional = groups(evaluated, reservation);
  if (conditional !== "") {
    return unknown(name, conditional, "Make sure that Firehose meets the conditions, or allow it without them.");
  }
  const grants = evaluated.flatMap(({ decision }) => decision.statements);
  const resources = [...new Set(evaluated.map(({ need }) => need.resource))];
  return grants.every(isForEverything)
    ? note(
        name,
        `allowed on every resource (*) by ${policiesOf(grants)}`,
        `Name the resource instead: ${resources.join(", ")}.`,
      )
    : ok(name, `allowed on ${resources.join(", ")}`);
}

const isForEverything = ({ resources }: Rule): boolean =>
  resources === undefined || resources.negated || resources.values.includes("*");

function refusal({ need, decision }: Evaluated): string | undefined {
  const [via] = need.via ?? [];
  if (decision.result !== "denied") {
    return undefined;
  }
  switch (decision.reason) {
    case "explicitDeny":
      return `denied by ${policiesOf(decision.statements)}`;
    case "boundary":
      return "blocked by the permissions boundary";
    default:
      return `missing${via === undefined ? "" : ` through ${via}`}`;
  }
}

function reservation({ decision: { result, reason, statements, conditions } }: Evaluated): string | undefined {
  if (result !== "undetermined") {
    return undefined;
  }
  if (statements.length === 0) {
    return "decided by the policy of another account's resource, which is not read";
  }
  const names = [...new Set(conditions.map(conditionName))].join(", ");
  const on = names === "" ? "for some resources" : `under ${names}`;
  return `${reason === "possibleDeny" ? "may be denied" : "allowed only"} by ${policiesOf(statements)} ${on}`;
}

/** `<what>: <actions> on <resource>`, the actions of a resource together. */
function groups(evaluated: readonly Evaluated[], what: (each: Evaluated) => string | undefined): string {
  const actions = new Map<string, { what: string; resource: string; actions: string[] }>();
  for (const each of evaluated) {
    const said = what(each);
    if (said !== undefined) {
      const { resource } = each.need;
      const group = actions.get(`${said} ${resource}`) ?? { what: said, resource, actions: [] };
      group.actions.push(each.action);
      actions.set(`${said} ${resource}`, group);
    }
  }
  return [...actions.values()]
    .map((group) => `${group.what}: ${group.actions.join(", ")} on ${group.resource}`)
    .join("; ");
}

const policiesOf = (rules: readonly Rule[]): string => [...new Set(rules.map(({ policy }) => policy))].join(", ");
