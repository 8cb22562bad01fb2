import { memoized, memoizedByObject } from "../../iam/memoized";
import type { Statement } from "../../iam/statement";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { groupBy } from "../group-by";
import { limitationsOf, type PlanLimitation } from "./completeness";
import { Configuration, expressionAt } from "./configuration";
import type { IdentityIndex } from "./identity";
import { Inventory } from "./inventory";
import { keysOf } from "./json-path";
import { type Link, type LinkedList, Links, type Referring } from "./links";
import { PlannedResource, type ResourceChange } from "./planned-resource";
import type { PlanJson } from "./plan-json";
import { readPolicyDocument, type PlannedPolicyDocument, referredDocuments } from "./policy-document";
import { Providers } from "./providers";
import { References } from "./references";

/** Accounts and regions that a plan shows; empty where it shows none. */
export interface PlanLocations {
  readonly accountIds: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
}

/** A plan: its resources and the links between them. */
export class Plan {
  /** The managed resources that will exist after the apply. */
  public readonly resources: readonly PlannedResource[];
  /** The managed resources that the plan destroys or replaces, and deposed objects. */
  public readonly deleted: readonly PlannedResource[];
  /** Those of `resources` that Terraform stops managing without destroying them. */
  public readonly forgotten: readonly PlannedResource[];
  /** The limitations of the plan, which every report shows. */
  public readonly limitations: readonly PlanLimitation[];
  /** Whether the plan covers the whole configuration. If not, resources that it does not contain may exist. */
  public readonly isComplete: boolean;
  /** When Terraform planned, in milliseconds since 1970; undefined if the plan does not show it. */
  public readonly createdAt: number | undefined;
  readonly #configuration: Configuration;
  readonly #inventory: Inventory;
  readonly #references: References;
  readonly #links: Links;
  readonly #providers: Providers;
  readonly #documents = memoizedByObject((resource: PlannedResource) =>
    memoized((path) => readPolicyDocument(resource, path, this.#references)),
  );
  readonly #before = new Map<string, IdentityIndex>();
  readonly #values = new Map<string, ReadonlyMap<unknown, readonly PlannedResource[]>>();
  readonly #deletedByType: ReadonlyMap<string, readonly PlannedResource[]>;

  public constructor(json: PlanJson) {
    const isRefreshOnly = !json.hasChanges && json.priorState.some(({ mode }) => mode === "managed");
    this.#configuration = new Configuration(json.configuration, json.variables);
    const providers = new Providers(this.#configuration, () => all);
    this.#providers = providers;
    const locate = (resource: PlannedResource): ReturnType<Providers["locationOf"]> => providers.locationOf(resource);
    const toResource = (change: ResourceChange): PlannedResource => new PlannedResource(change, locate);

    const changes = [...json.changes, ...json.deferred.map(({ change }) => change)];
    const planned = new Set(changes.flatMap(({ address, previous_address }) => [address, previous_address]));
    const drifted = new Map(isRefreshOnly ? json.drift.map((change) => [change.address, change]) : []);
    // In the state, but not among the changes: data sources, and the resources that a plan with -target omits.
    const left = json.priorState.filter(({ address }) => !planned.has(address));
    const isTargeted = !isRefreshOnly && left.some(({ mode }) => mode === "managed");
    const all = [...changes, ...left.map((change) => drifted.get(change.address) ?? change)].map(toResource);

    const managed = all.filter(({ isDataSource }) => !isDataSource);
    this.resources = managed.filter(({ isGone }) => !isGone);
    this.deleted = managed.filter(({ isDeleted, isDeposed }) => isDeleted || isDeposed);
    this.forgotten = managed.filter(({ isForgotten, isDeposed }) => isForgotten && !isDeposed);
    this.isComplete = json.isComplete !== false && !json.isErrored && json.deferred.length === 0 && !isTargeted;
    this.createdAt = json.createdAt;
    this.limitations = limitationsOf(json, {
      isRefreshOnly,
      isComplete: this.isComplete,
      forgotten: this.forgotten,
    });
    this.#inventory = new Inventory(all.filter(({ isGone }) => !isGone));
    this.#references = new References(this.#configuration, this.#inventory);
    this.#links = new Links(this.#inventory, this.#references, providers);
    this.#deletedByType = groupBy(this.deleted, ({ type }) => type);
  }

  /** The resources of a type that will exist after the apply. */
  public ofType(type: string): readonly PlannedResource[] {
    return this.#inventory.ofType(type);
  }

  /** The resources of a type that the plan destroys or replaces. */
  public deletedOfType(type: string): readonly PlannedResource[] {
    return this.#deletedByType.get(type) ?? [];
  }

  /** The resource at an address that will exist after the apply. */
  public at(address: string): PlannedResource | undefined {
    return this.#inventory.at(address);
  }

  /** The resource of a type that an attribute names. */
  public linked(resource: PlannedResource, path: string, type: string): Link {
    return this.#links.linked(resource, path, type);
  }

  /** The resources of a type that the expression of an attribute whose value is not known refers to. */
  public referred(resource: PlannedResource, path: string, type: string): readonly PlannedResource[] {
    return this.#links.referred(resource, path, type);
  }

  /**
   * The resource of a type that a part of an unknown text names: the only one that the expression refers to, even if other
   * parts of the expression are hidden.
   */
  public linkedPart(resource: PlannedResource, path: string, type: string): Link {
    return this.#links.linkedPart(resource, path, type);
  }

  /** The resource of a type that a text within an attribute names, such as an ARN in a document. */
  public linkedText(resource: PlannedResource, path: string, type: string, text: string): Link {
    return this.#links.linkedText(resource, path, type, text);
  }

  /** The resources of a type that the elements of a list name. */
  public linkedList(resource: PlannedResource, path: string, type: string): LinkedList {
    return this.#links.linkedList(resource, path, type);
  }

  /** The resources of a type whose attribute names a target. */
  public referring(type: string, path: string, target: PlannedResource): Referring {
    return this.#links.referring(type, path, target);
  }

  /** The resources of a type, including deleted ones, that a value, such as the ARN of a role, identified before the plan. */
  public namedBefore(type: string, text: string): readonly PlannedResource[] {
    let index = this.#before.get(type);
    if (index === undefined) {
      index = this.#links.indexBefore(type, [
        ...this.ofType(type),
        ...this.deletedOfType(type).filter(({ isGone }) => isGone),
      ]);
      this.#before.set(type, index);
    }
    return [...index.named(text)];
  }

  /**
   * The resource that replaces a deleted one at another address: created with the same name in the same account and
   * region, for instance because a `moved` block is missing.
   */
  public successorOf(deleted: PlannedResource): PlannedResource | undefined {
    const name = deleted.textBefore("bucket") ?? deleted.textBefore("name");
    return name === undefined || !deleted.isGone
      ? undefined
      : this.#links.namedInSameLocation(deleted.type, name, deleted).find(({ actions }) => actions.includes("create"));
  }

  /** The resources of a type whose attribute has a value, such as the name of a resource that is managed elsewhere. */
  public withValue(type: string, path: string, value: string): readonly PlannedResource[] {
    const key = `${type}|${path}`;
    let index = this.#values.get(key);
    if (index === undefined) {
      index = groupBy(this.ofType(type), (resource) => resource.get(path));
      this.#values.set(key, index);
    }
    return index.get(value) ?? [];
  }

  /** The policy document at a path, reconstructed from an `aws_iam_policy_document` if its text is not known. */
  public policyDocument(resource: PlannedResource, path: string): PlannedPolicyDocument {
    return this.#documents(resource)(path);
  }

  /**
   * The documents of the `aws_iam_policy_document`s that the blocks of a list refer to, in any order: Terraform sorts
   * the blocks of a set. UNKNOWN where they cannot be determined.
   */
  public referredDocuments(resource: PlannedResource, path: string): Planned<readonly PlannedPolicyDocument[]> {
    return referredDocuments(resource, path, this.#references);
  }

  public dataSourcesOfType(type: string): readonly PlannedResource[] {
    return this.#inventory.dataSourcesOfType(type);
  }

  /** All statements of the policy document at a path; UNKNOWN where not all of them are known. */
  public statements(resource: PlannedResource, path: string): Planned<readonly Statement[]> {
    const { statements, isComplete } = this.policyDocument(resource, path);
    return isComplete ? statements : UNKNOWN;
  }

  /** Every account and region that the plan shows, of its AWS providers and of their resources. */
  public get locations(): PlanLocations {
    const resources = [...this.resources, ...this.deleted].filter(({ type }) => type.startsWith("aws_"));
    const all = [...this.#providers.configuredLocations(), ...resources];
    return {
      accountIds: new Set(all.flatMap(({ accountId }) => accountId ?? [])),
      regions: new Set(all.flatMap(({ region }) => region ?? [])),
    };
  }

  /** Whether two resources are in one account, as far as the plan shows; two sets of credentials are two accounts. */
  public isSameAccount(one: PlannedResource, other: PlannedResource): boolean {
    return this.#providers.isSameAccount(one, other);
  }

  /** Whether the configuration has an expression for a block or attribute; it shows no dynamic blocks. */
  public isConfigured(resource: PlannedResource, path: string): boolean {
    const configuration = this.#configuration.module(resource.moduleAddress)?.resource(resource.configurationKey);
    return configuration !== undefined && expressionAt(configuration.expressions, path) !== undefined;
  }

  /**
   * Whether the configuration omits a block or attribute, so that the provider or AWS chooses its value: it is unknown,
   * and the configuration has no expression for it. False if the configuration is not known. A dynamic block with an
   * unknown number of blocks looks the same, because a plan does not show dynamic blocks.
   */
  public isOmitted(resource: PlannedResource, path: string): boolean {
    const configuration = this.#configuration.module(resource.moduleAddress)?.resource(resource.configurationKey);
    if (configuration === undefined) {
      return false;
    }
    const paths = keysOf(path).map((_, index, keys) => keys.slice(0, index + 1).join("."));
    const outermost = paths.findIndex((part) => resource.get(part) === UNKNOWN);
    const [parent, unknown] = [paths[outermost - 1], paths[outermost]];
    return (
      unknown !== undefined &&
      expressionAt(configuration.expressions, unknown) === undefined &&
      // A plan does not show the content of a dynamic block.
      (parent === undefined || expressionAt(configuration.expressions, parent) !== undefined)
    );
  }
}
