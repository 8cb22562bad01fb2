import { asObject, isObject, type JsonObject } from "../../iam/json";
import type { ResourceChange } from "./planned-resource";
import { UnusablePlan } from "./unusable-plan";

/** The parts of a plan's JSON that are read. */
export interface PlanJson {
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  /** Whether the plan has a list of changes; a refresh-only plan has none. */
  readonly hasChanges: boolean;
  readonly deferred: readonly DeferredChange[];
  readonly priorState: readonly ResourceChange[];
  readonly configuration: unknown;
  readonly variables: unknown;
  readonly isErrored: boolean;
  /** Undefined if Terraform does not report it, before 1.8. */
  readonly isComplete: boolean | undefined;
  /** When Terraform planned, in milliseconds since 1970; undefined if Terraform does not report it. */
  readonly createdAt: number | undefined;
}

/** A change that waits for a later plan. */
export interface DeferredChange {
  readonly reason: string;
  readonly change: ResourceChange;
}

export const HOW_TO = "Create it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

/**
 * Checks the JSON of a plan, and reads its parts.
 *
 * @throws UnusablePlan when a list of changes is something else
 */
export function toPlanJson(json: JsonObject): PlanJson {
  const changes = listOf(json["resource_changes"], "resource_changes");
  const plannedDataSources = new Set(changes.filter(({ mode }) => mode === "data").map(({ address }) => address));
  return {
    changes,
    drift: listOf(json["resource_drift"], "resource_drift"),
    hasChanges: json["resource_changes"] !== undefined,
    deferred: deferredOf(json["deferred_changes"]),
    priorState: [...stateOf(asObject(asObject(json["prior_state"])["values"])["root_module"])].filter(
      ({ address }) => !plannedDataSources.has(address),
    ),
    configuration: json["configuration"],
    variables: json["variables"],
    isErrored: json["errored"] === true,
    isComplete: typeof json["complete"] === "boolean" ? json["complete"] : undefined,
    createdAt: timeOf(json["timestamp"]),
  };
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function listOf(value: unknown, name: string): readonly ResourceChange[] {
  const list: unknown = value ?? [];
  if (!Array.isArray(list) || !list.every(isResourceChange)) {
    throw new UnusablePlan(`The plan's ${name} must be a list of changes, got something else. ${HOW_TO}`);
  }
  return list;
}

function isResourceChange(value: unknown): value is ResourceChange {
  const { address, mode, type, change } = asObject(value);
  return (
    typeof address === "string" &&
    typeof mode === "string" &&
    typeof type === "string" &&
    Array.isArray(asObject(change)["actions"])
  );
}

function deferredOf(value: unknown): DeferredChange[] {
  return (Array.isArray(value) ? value : []).flatMap((item) => {
    const { reason, resource_change: change } = asObject(item);
    return isResourceChange(change) ? [{ reason: typeof reason === "string" ? reason : "unknown", change }] : [];
  });
}

/** The resources and data sources of a state, as changes without an action. */
function* stateOf(module: unknown): Generator<ResourceChange> {
  const { resources, child_modules: modules } = asObject(module);
  for (const resource of Array.isArray(resources) ? resources : []) {
    const { address, mode, type, values, sensitive_values } = asObject(resource);
    if (typeof address === "string" && typeof mode === "string" && typeof type === "string" && isObject(values)) {
      yield {
        address,
        mode,
        type,
        change: {
          actions: ["no-op"],
          before: values,
          after: values,
          before_sensitive: sensitive_values,
          after_sensitive: sensitive_values,
        },
      };
    }
  }
  for (const child of Array.isArray(modules) ? modules : []) {
    yield* stateOf(child);
  }
}
