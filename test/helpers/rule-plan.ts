import { findKloudfuse } from "../../policies/kloudfuse";
import { asObject } from "../../policies/json";
import type { Policy } from "../../policies/policy";
import { type Deployment, deployment, type PlannedChange, planOf, type PlanParts } from "./plan";

/** What differs in one resource of a deployment. */
export interface Edit {
  /** Values by path; `undefined` leaves one out. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths of what is not known before the apply. */
  readonly unknown?: readonly string[];
  readonly references?: NonNullable<PlannedChange["references"]>;
  readonly actions?: readonly string[];
  readonly sensitive?: readonly string[];
}

/** What differs in a plan from the module's default with the logs stream alone. */
export interface Changes {
  /** By type of the resource, or by type and name; `"absent"` leaves it out. */
  readonly edits?: Readonly<Record<string, Edit | "absent">>;
  readonly more?: readonly PlannedChange[];
  readonly options?: Deployment;
  readonly parts?: PlanParts;
}

export const STREAM = "aws_kinesis_firehose_delivery_stream";
export const HTTP = "http_endpoint_configuration.0";
export const BACKUP = `${HTTP}.s3_configuration.0`;
const MODULE = "module.kloudfuse.";

/** What a policy finds: `kind address: found → remedy`, the address without its module. */
export function outcomesOf(policy: Policy, { edits = {}, more = [], options, parts }: Changes = {}): string[] {
  const used = new Set<string>();
  const changes = deployment({ signals: ["logs"], ...options }).flatMap((change) => {
    const name = change.address.slice(MODULE.length).replace(/\[\d+\]$/, "");
    const key = [name, name.split(".")[0] ?? ""].find((candidate) => candidate in edits) ?? "";
    used.add(key);
    const edit = edits[key];
    return edit === "absent" ? [] : [edit === undefined ? change : edited(change, edit)];
  });
  const unused = Object.keys(edits).filter((key) => !used.has(key));
  if (unused.length > 0) {
    throw new Error(`The deployment must have ${unused.join(", ")}.`);
  }
  return policy
    .check(findKloudfuse(planOf([...changes, ...more], parts)))
    .map(({ kind, address, found, remedy }) => `${kind} ${address.replace(MODULE, "")}: ${found} → ${remedy}`);
}

function edited(change: PlannedChange, { set = {}, ...rest }: Edit): PlannedChange {
  const values = Object.entries(set).reduce<unknown>(
    (all, [path, value]) => withValue(all, path.split("."), value),
    change.values,
  );
  return { ...change, ...rest, values: asObject(values) };
}

function withValue(target: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  const at = (container: unknown): unknown => (rest.length === 0 ? value : withValue(container, rest, value));
  if (/^\d+$/.test(key)) {
    const list: unknown[] = Array.isArray(target) ? Array.from<unknown>(target) : [];
    list[Number(key)] = at(list[Number(key)]);
    return list.filter((item) => item !== undefined);
  }
  const object = asObject(target);
  const next = at(object[key]);
  const { [key]: _old, ...others } = object;
  return next === undefined ? others : { ...object, [key]: next };
}
