import { ACTIONS } from "../../iam/documented-actions";
import { meetsViaService } from "../../policies/iam";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import type { Need } from "./needs";
import { decide, type Decision, type Meets, type Rule } from "./rules";

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

/** What the role is allowed against what the streams need of it, a check for each purpose. */
export function permissionOutcomes(
  rules: readonly Rule[],
  /** Undefined when nothing bounds the role. */
  boundary: readonly Rule[] | undefined,
  needs: readonly Need[],
): Outcome[] {
  const evaluated = needs.flatMap((need) =>
    ACTIONS[need.purpose].map((action): Evaluated => {
      const meets = metByFirehose(need);
      const granted = decide(rules, action, need.example, meets);
      const bounded = boundary && decide(boundary, action, need.example, meets);
      return { need, action, granted, bounded };
    }),
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
  readonly granted: Decision;
  readonly bounded: Decision | undefined;
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
  const grants = evaluated.flatMap(({ granted }) => granted.rules);
  const resources = [...new Set(evaluated.map(({ need }) => need.resource))];
  return grants.every(({ resources }) => resources.includes("*"))
    ? note(
        name,
        `allowed on every resource (*) by ${policiesOf(grants)}`,
        `Name the resource instead: ${resources.join(", ")}.`,
      )
    : ok(name, `allowed on ${resources.join(", ")}`);
}

function refusal({ need, granted, bounded }: Evaluated): string | undefined {
  const [via] = need.via ?? [];
  if (granted.allowed === "no") {
    return granted.isDenied
      ? `denied by ${policiesOf(granted.rules)}`
      : `missing${via === undefined ? "" : ` through ${via}`}`;
  }
  return bounded?.allowed === "no" ? "blocked by the permissions boundary" : undefined;
}

function reservation({ granted, bounded }: Evaluated): string | undefined {
  const uncertain = [granted, bounded].find((decision) => decision?.allowed === "perhaps");
  if (uncertain === undefined) {
    return undefined;
  }
  const conditions = uncertain.rules.flatMap((rule) => [...rule.conditions.keys()]);
  const effect = uncertain.rules.some(({ effect }) => effect === "Deny") ? "may be denied" : "allowed only";
  return `${effect} by ${policiesOf(uncertain.rules)} under ${[...new Set(conditions)].join(", ")}`;
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

/** Evaluates the conditions that are known of Firehose: it uses TLS, and a key through the services of the need. */
const metByFirehose =
  ({ via }: Need): Meets =>
  (condition, values) => {
    const [operator = "", key = ""] = condition.split(" ");
    if (key.toLowerCase() === "aws:securetransport") {
      return operator === "Bool" ? values.includes("true") : undefined;
    }
    return via === undefined ? undefined : meetsViaService(condition, values, via);
  };
