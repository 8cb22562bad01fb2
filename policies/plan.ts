import { asObject } from "./json";

/** Stands for a value that Terraform does not know before it applies. */
export const UNKNOWN: unique symbol = Symbol("known after apply");

export type Planned<T> = T | typeof UNKNOWN;

/** What Terraform plans to do with a resource. */
export type Action = "create" | "read" | "update" | "delete" | "no-op" | "forget";

/** One resource of a plan, as it will be; as it is, if it is to be deleted. */
export class PlannedResource {
  public readonly address: string;
  public readonly type: string;
  public readonly actions: readonly Action[];
  readonly #values: unknown;
  readonly #before: unknown;
  readonly #unknown: unknown;

  public constructor(change: ResourceChange) {
    this.address = change.address;
    this.type = change.type;
    this.actions = change.change.actions;
    this.#values = change.change.after ?? change.change.before;
    this.#before = change.change.before;
    this.#unknown = change.change.after_unknown;
  }

  /** Address of the module that the resource is in; empty for the root. */
  public get module(): string {
    return /^((module\.[^.[]+(\[[^\]]+\])?\.)*)/.exec(this.address)?.[1] ?? "";
  }

  /** Name of the resource in its module with its index, such as `metrics[0]` or `this["metrics"]`. */
  public get label(): string {
    return this.address.slice(this.module.length + this.type.length + 1);
  }

  public get isDeleted(): boolean {
    return this.actions.includes("delete");
  }

  /** The value at a path such as `http_endpoint_configuration.0.url`; `undefined` where there is none. */
  public get(path: string): Planned<unknown> {
    let value = this.#values;
    let unknown = this.#unknown;
    for (const key of path.split(".")) {
      value = child(value, key);
      unknown = child(unknown, key);
      if (unknown === true) {
        return UNKNOWN;
      }
    }
    return value ?? undefined;
  }

  /** The value at a path as it is before the plan; `undefined` where there is none. */
  public getBefore(path: string): unknown {
    return path.split(".").reduce(child, this.#before) ?? undefined;
  }

  /** The text at a path; `undefined` where there is none or it is no text. */
  public text(path: string): Planned<string | undefined> {
    const value = this.get(path);
    return value === UNKNOWN || typeof value === "string" ? value : undefined;
  }
}

function child(value: unknown, key: string): unknown {
  return asObject(value)[key];
}

interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly Action[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown: unknown;
  };
}

/** A text that is not a plan that can be judged. */
export class UnusablePlan extends Error {}

/**
 * Reads the JSON that `terraform show -json` prints of a plan.
 *
 * @throws UnusablePlan when the text is no JSON, no plan, or a plan of a newer format
 */
export function readPlan(text: string): readonly PlannedResource[] {
  const plan = asObject(parseJson(text));
  if (typeof plan["format_version"] !== "string" || plan["planned_values"] === undefined) {
    throw new UnusablePlan(
      `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`,
    );
  }
  if (!plan["format_version"].startsWith("1.")) {
    throw new UnusablePlan(
      `The plan's format_version must be 1.x, got "${plan["format_version"]}". ` +
        "Use a newer kloudfuse-firehose, or an older Terraform.",
    );
  }
  const changes: unknown = plan["resource_changes"] ?? [];
  if (!Array.isArray(changes) || !changes.every(isResourceChange)) {
    throw new UnusablePlan(`The plan's resource_changes must be a list of changes, got something else. ${HOW_TO}`);
  }
  return changes.filter(({ mode }) => mode === "managed").map((change) => new PlannedResource(change));
}

const HOW_TO = "Make it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new UnusablePlan(`The input must be JSON, got text that is not. ${HOW_TO}`);
  }
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
