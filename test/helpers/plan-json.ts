import { callsOf, moduleOf, stepsOf, writeStep } from "../../policies/plan/address";
import { asObject, isObject } from "../../iam/json";
import { type Plan, readPlan } from "../../policies/plan";

/**
 * A typed builder of plans, as `terraform show -json` prints them.
 *
 * ```ts
 * planOf([
 *   { address: "aws_iam_role.x", values: { name_prefix: "kf-" }, unknown: ["arn", "name"] },
 *   {
 *     address: "module.a.aws_kinesis_firehose_delivery_stream.s[0]",
 *     values: { name: "kloudfuse-logs", http_endpoint_configuration: [{ url: "https://…" }] },
 *     unknown: ["http_endpoint_configuration.0.role_arn"],
 *     references: { "http_endpoint_configuration.0.role_arn": ["var.role_arn"] },
 *   },
 * ], { modules: { "module.a": { inputs: { role_arn: ["aws_iam_role.x.arn"] } } } });
 * ```
 *
 * The configuration gets a constant for each value, and the references that a change names. What is neither in `values`
 * nor in `references` is left out of it, as a dynamic block or an attribute that the provider computes.
 */
export interface PlannedChange {
  /** With modules and keys; begins with `data.` for a data source. */
  readonly address: string;
  /** The type, where the address does not say it. */
  readonly type?: string;
  /** After the apply; before it for what is only deleted or forgotten. */
  readonly values: PlannedValues;
  /** Before the apply; by default the same as after it, nothing for what is created. */
  readonly before?: PlannedValues;
  /** By default `["create"]`, for a data source `["read"]`. */
  readonly actions?: readonly string[];
  /** Paths of what is not known before the apply, or Terraform's own tree `after_unknown`. */
  readonly unknown?: unknown;
  /** Paths of what is sensitive, before and after. */
  readonly sensitive?: readonly string[];
  /** References of the expressions, by path, as they are written: `aws_iam_role.x[0].arn`. */
  readonly references?: InputReferences;
  /** References of `for_each`. */
  readonly forEach?: readonly string[];
  /** Key of the provider, by default `aws`. */
  readonly provider?: string;
  readonly previousAddress?: string;
  /** Key of an object that a replacement left behind. */
  readonly deposed?: string;
  /** Set: the resource is not in the configuration. */
  readonly isUnconfigured?: boolean;
}

export type PlannedValues = Readonly<Record<string, unknown>>;
export type InputReferences = Readonly<Record<string, readonly string[]>>;

/** The call of a module and its outputs, by address without keys. */
export interface ModuleParts {
  readonly inputs?: InputReferences;
  readonly forEach?: readonly string[];
  readonly outputs?: InputReferences;
}

/** What a plan has besides changes. */
export interface PlanParts {
  readonly modules?: Readonly<Record<string, ModuleParts>>;
  /** Constant arguments of the providers, by key; text in `var.…` becomes a reference. */
  readonly providers?: Readonly<Record<string, PlannedValues>>;
  /** Values of the root's variables. */
  readonly variables?: PlannedValues;
  /** Resources and data sources in the state that are not among the changes. */
  readonly state?: readonly PlannedChange[];
  readonly drift?: readonly PlannedChange[];
  readonly deferred?: readonly PlannedChange[];
  /** Set: a plan with -refresh-only, without a list of changes. */
  readonly isRefreshOnly?: boolean;
  readonly complete?: boolean;
  readonly errored?: boolean;
  readonly timestamp?: string;
}

/** A value of a change that is not known before the apply, and what its expression refers to. */
export const unknownAt = (path: string, reference = "var.x", ...more: readonly string[]): Partial<PlannedChange> => ({
  unknown: [path],
  references: { [path]: [reference, ...more] },
});

/** A provider that works in an account. */
export const inAccount = (account: string, provider = "aws"): PlanParts => ({
  providers: { [provider]: { assume_role: [{ role_arn: `arn:aws:iam::${account}:role/x` }] } },
});

/** A plan as policies read it. */
export const planOf = (changes: readonly PlannedChange[], parts: PlanParts = {}): Plan =>
  readPlan(planJson(changes, parts));

/** A plan as Terraform prints it. */
export function planJson(changes: readonly PlannedChange[], parts: PlanParts = {}): string {
  const { state = [], drift = [], deferred = [], providers = {}, variables = {} } = parts;
  const root = new ModuleCallJson();
  for (const change of [...changes, ...state, ...deferred]) {
    if (change.isUnconfigured !== true && !isOnly(change, "delete") && !isOnly(change, "forget")) {
      root.at(moduleOf(change.address)).add(change);
    }
  }
  for (const [address, module] of Object.entries(parts.modules ?? {})) {
    root.at(address).describe(module);
  }
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    ...(parts.isRefreshOnly === true ? {} : { resource_changes: changes.map(changeJson) }),
    ...(drift.length === 0 ? {} : { resource_drift: drift.map(changeJson) }),
    ...(deferred.length === 0
      ? {}
      : {
          deferred_changes: deferred.map((change) => ({
            reason: "resource_config_unknown",
            resource_change: changeJson(change),
          })),
        }),
    prior_state: { values: { root_module: { resources: state.map(stateJson) } } },
    configuration: {
      provider_config: Object.fromEntries(
        Object.entries(providers).map(([key, values]) => [key, { expressions: expressionsOf(values) }]),
      ),
      root_module: root.json,
    },
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    ...(parts.complete === undefined ? {} : { complete: parts.complete }),
    ...(parts.errored === undefined ? {} : { errored: parts.errored }),
    ...(parts.timestamp === undefined ? {} : { timestamp: parts.timestamp }),
  });
}

const ownAddress = (address: string): string => address.slice(moduleOf(address).length).replace(/^\./, "");

const isData = ({ address }: PlannedChange): boolean => ownAddress(address).startsWith("data.");

function identityJson(change: PlannedChange): {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
} {
  const steps = stepsOf(ownAddress(change.address));
  const isDataSource = isData(change);
  return {
    address: change.address,
    mode: isDataSource ? "data" : "managed",
    type: change.type ?? steps[isDataSource ? 1 : 0]?.name ?? "",
  };
}

const actionsOf = (change: PlannedChange): readonly string[] => change.actions ?? [isData(change) ? "read" : "create"];

const isOnly = (change: PlannedChange, action: string): boolean =>
  actionsOf(change).length === 1 && actionsOf(change)[0] === action;

function changeJson(change: PlannedChange): unknown {
  const { values, unknown = [], sensitive = [], previousAddress, deposed } = change;
  const isNew = isOnly(change, "create") || isOnly(change, "read");
  const isRemoved = isOnly(change, "delete") || isOnly(change, "forget");
  const sensitivity = treeOf(sensitive);
  return {
    ...identityJson(change),
    ...(previousAddress === undefined ? {} : { previous_address: previousAddress }),
    ...(deposed === undefined ? {} : { deposed }),
    change: {
      actions: actionsOf(change),
      before: change.before ?? (isNew ? null : values),
      after: isRemoved ? null : without(values, isPaths(unknown) ? unknown : []),
      after_unknown: isPaths(unknown) ? treeOf(unknown) : unknown,
      before_sensitive: isNew ? false : sensitivity,
      after_sensitive: isRemoved ? false : sensitivity,
    },
  };
}

function stateJson(change: PlannedChange): unknown {
  return { ...identityJson(change), values: change.values, sensitive_values: treeOf(change.sensitive ?? []) };
}

const isPaths = (unknown: unknown): unknown is readonly string[] =>
  Array.isArray(unknown) && unknown.every((path) => typeof path === "string");

/** A tree in which `true` marks each path. */
function treeOf(paths: readonly string[]): unknown {
  const tree: unknown = {};
  for (const path of paths) {
    assign(tree, path.split("."), true);
  }
  return tree;
}

function assign(target: unknown, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (!isObject(target)) {
    return;
  }
  const next = rest[0];
  if (next !== undefined && !isObject(target[key])) {
    Object.assign(target, { [key]: /^\d+$/.test(next) ? [] : {} });
  }
  if (next === undefined) {
    Object.assign(target, { [key]: value });
  } else {
    assign(target[key], rest, value);
  }
}

function without(values: PlannedValues, paths: readonly string[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(values));
  for (const path of paths) {
    const keys = path.split(".");
    const parent = keys.slice(0, -1).reduce((value: unknown, key) => asObject(value)[key], copy);
    if (isObject(parent)) {
      Object.assign(parent, { [keys[keys.length - 1] ?? ""]: null });
    }
  }
  return copy;
}

/** Constants for values, in the form of Terraform's expressions. */
function expressionsOf(values: PlannedValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]): [string, unknown] => {
        if (Array.isArray(value) && value.some((item) => isObject(item))) {
          return [name, value.map((item: unknown) => expressionsOf(asObject(item)))];
        }
        return [
          name,
          typeof value === "string" && value.startsWith("var.") ? expression([value]) : { constant_value: value },
        ];
      }),
  );
}

/** An expression with each reference and its beginnings, as Terraform lists them. */
const expression = (references: readonly string[]): unknown => ({ references: references.flatMap(beginnings) });

function beginnings(reference: string): string[] {
  const steps = stepsOf(reference);
  const least = steps[0]?.name === "data" ? 3 : 2;
  return Array.from({ length: Math.max(1, steps.length - least + 1) }, (_, index) =>
    steps.slice(0, steps.length - index),
  ).flatMap((part) => {
    const last = part[part.length - 1];
    const text = part.map(writeStep).join(".");
    return last?.key === undefined ? [text] : [text, text.slice(0, -`[${last.key}]`.length)];
  });
}

/** A module of the configuration. */
class ModuleCallJson {
  readonly #resources = new Map<string, unknown>();
  readonly #calls = new Map<string, ModuleCallJson>();
  #parts: ModuleParts = {};

  public at(address: string): ModuleCallJson {
    return callsOf(address).reduce<ModuleCallJson>((module, { name }) => module.#call(name), this);
  }

  #call(name: string): ModuleCallJson {
    const call = this.#calls.get(name) ?? new ModuleCallJson();
    this.#calls.set(name, call);
    return call;
  }

  public describe(parts: ModuleParts): void {
    this.#parts = parts;
  }

  public add(change: PlannedChange): void {
    const address = stepsOf(ownAddress(change.address))
      .map(({ name }) => name)
      .join(".");
    const expressions = expressionsOf(change.values);
    for (const [path, references] of Object.entries(change.references ?? {})) {
      assign(expressions, path.split("."), expression(references));
    }
    this.#resources.set(address, {
      ...identityJson(change),
      address,
      provider_config_key: change.provider ?? "aws",
      expressions,
      ...(change.forEach === undefined ? {} : { for_each_expression: expression(change.forEach) }),
    });
  }

  public get json(): unknown {
    return {
      resources: [...this.#resources.values()],
      outputs: Object.fromEntries(
        Object.entries(this.#parts.outputs ?? {}).map(([name, references]) => [
          name,
          { expression: expression(references) },
        ]),
      ),
      module_calls: Object.fromEntries(
        [...this.#calls].map(([name, call]) => [
          name,
          {
            expressions: Object.fromEntries(
              Object.entries(call.#parts.inputs ?? {}).map(([input, references]) => [input, expression(references)]),
            ),
            ...(call.#parts.forEach === undefined ? {} : { for_each_expression: expression(call.#parts.forEach) }),
            module: call.json,
          },
        ]),
      ),
    };
  }
}
