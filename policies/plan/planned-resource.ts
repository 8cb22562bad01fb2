import { asString } from "../../iam/json";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { moduleOf, stepsOf } from "./address";
import { child, keysOf, valueAt } from "./json-path";

/** An action that Terraform plans for a resource. */
export type Action = "create" | "read" | "update" | "delete" | "no-op" | "forget";

/** One entry of a plan's `resource_changes`. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly previous_address?: string;
  /** Set for an object that a replacement left behind and that is to be deleted. */
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly Action[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
  };
}

/** Account and region of a resource, as far as the plan shows. */
export interface ResourceLocation {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/** One resource or data source of a plan: its values after the apply, or before it if the resource is deleted. */
export class PlannedResource {
  readonly #change: ResourceChange;
  readonly #locate: (resource: PlannedResource) => ResourceLocation;
  #module: string | undefined;
  #configurationKey: string | undefined;

  public constructor(
    change: ResourceChange,
    locate: (resource: PlannedResource) => ResourceLocation = () => ({ accountId: undefined, region: undefined }),
  ) {
    this.#change = change;
    this.#locate = locate;
  }

  public get address(): string {
    return this.#change.address;
  }

  public get type(): string {
    return this.#change.type;
  }

  public get actions(): readonly Action[] {
    return this.#change.change.actions;
  }

  /** The address before a `moved` block; undefined where the resource did not move. */
  public get previousAddress(): string | undefined {
    return this.#change.previous_address;
  }

  public get isDataSource(): boolean {
    return this.#change.mode === "data";
  }

  /** Address of the module that the resource is in; empty for the root. */
  public get moduleAddress(): string {
    this.#module ??= moduleOf(this.address);
    return this.#module;
  }

  /** Name of the resource in its module with its key, such as `metrics[0]` or `this["metrics"]`. */
  public get label(): string {
    const type = this.isDataSource ? `data.${this.type}` : this.type;
    return this.address.slice((this.moduleAddress === "" ? 0 : this.moduleAddress.length + 1) + type.length + 1);
  }

  /** The key of `count` or `for_each` as Terraform writes it, such as `0` or `"metrics"`. */
  public get key(): string | undefined {
    return stepsOf(this.label)[0]?.key;
  }

  /** The resource in the configuration, without module and key: `aws_s3_bucket.backup` or `data.aws_region.here`. */
  public get configurationKey(): string {
    this.#configurationKey ??= `${this.isDataSource ? "data." : ""}${this.type}.${stepsOf(this.label)[0]?.name ?? ""}`;
    return this.#configurationKey;
  }

  /** Whether the plan destroys or replaces it. */
  public get isDeleted(): boolean {
    return this.actions.includes("delete");
  }

  public get isReplaced(): boolean {
    return this.isDeleted && this.actions.includes("create");
  }

  /** Whether Terraform stops managing it without destroying it. */
  public get isForgotten(): boolean {
    return this.actions.includes("forget");
  }

  /** Whether it is a deposed object, which a replacement left behind. */
  public get isDeposed(): boolean {
    return this.#change.deposed !== undefined;
  }

  /** Whether it does not exist after the apply: it is destroyed and not created again. */
  public get isGone(): boolean {
    return this.isDeposed || (this.isDeleted && !this.actions.includes("create"));
  }

  /** Account of the resource; undefined where the plan does not show. */
  public get accountId(): string | undefined {
    return this.#locate(this).accountId;
  }

  /** Region of the resource, for a global one of its provider; undefined where the plan does not show. */
  public get region(): string | undefined {
    return this.#locate(this).region;
  }

  /**
   * The value at a path such as `http_endpoint_configuration.0.url`; `undefined` where there is none.
   *
   * A list or an object that is partly known is returned without its unknown parts: get its parts instead.
   */
  public get(path: string): Planned<unknown> {
    const { after, before, after_unknown } = this.#change.change;
    let value = after ?? before;
    let unknown = after_unknown;
    for (const key of keysOf(path)) {
      if (unknown === true) {
        return UNKNOWN;
      }
      value = child(value, key);
      unknown = child(unknown, key);
    }
    return unknown === true ? UNKNOWN : (value ?? undefined);
  }

  /** The string at a path; `undefined` if there is none, or another value. */
  public text(path: string): Planned<string | undefined> {
    const value = this.get(path);
    return value === UNKNOWN ? UNKNOWN : asString(value);
  }

  /** The number of elements of the list at a path; 0 where there is none. */
  public count(path: string): Planned<number> {
    const value = this.get(path);
    if (value === UNKNOWN) {
      return UNKNOWN;
    }
    return Array.isArray(value) ? value.length : 0;
  }

  /** The value at a path before the apply; `undefined` where there is none. */
  public getBefore(path: string): unknown {
    return valueAt(this.#change.change.before, path);
  }

  /** The string at a path before the apply. */
  public textBefore(path: string): string | undefined {
    return asString(this.getBefore(path));
  }

  /** The sensitive parts of the value at a path: `true` for the whole value, else a tree in which `true` marks a part. */
  public sensitivity(path: string): unknown {
    const { after, after_sensitive, before_sensitive } = this.#change.change;
    let sensitive = (after ?? undefined) === undefined ? before_sensitive : after_sensitive;
    for (const key of keysOf(path)) {
      if (sensitive === true) {
        return true;
      }
      sensitive = child(sensitive, key);
    }
    return sensitive;
  }

  /** Whether the value at a path, or a value that contains it, is sensitive. */
  public isSensitive(path: string): boolean {
    return this.sensitivity(path) === true;
  }
}
