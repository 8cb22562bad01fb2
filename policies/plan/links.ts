import { type Planned, UNKNOWN } from "../../iam/unknown";
import { hasUnknownIdentity, IdentityIndex, identityBefore, identityOf } from "./identity";
import type { Inventory } from "./inventory";
import type { PlannedResource } from "./planned-resource";
import type { Providers } from "./providers";
import type { References } from "./references";

/** The resource that an attribute names. */
export interface Link {
  /**
   * - `linked`: the attribute names `resource`
   * - `elsewhere`: the value is known, and no resource of the plan has it
   * - `unresolved`: the value is not known before the apply, or several resources have it; it may be one of
   *   `candidates`, or any other
   * - `absent`: the attribute is not set
   */
  readonly kind: "linked" | "elsewhere" | "unresolved" | "absent";
  /** The value of the attribute, such as an ARN or a name. */
  readonly value: Planned<string | undefined>;
  readonly resource: PlannedResource | undefined;
  /** The resources that it may be: one if `linked`, any number if `unresolved`. */
  readonly candidates: readonly PlannedResource[];
  /** How it was found; `inferred`: the only resource that a local or a dynamic block can refer to. */
  readonly via: "reference" | "value" | "inferred" | undefined;
}

/** The resources of a type that name another one. */
export interface Referring {
  readonly certain: readonly PlannedResource[];
  /** Those that may name it, such as one whose value is not known before the apply. */
  readonly possible: readonly PlannedResource[];
}

/** The resources that the elements of a list name. */
export interface LinkedList {
  /** One for each element that is at least partly known. */
  readonly links: readonly Link[];
  /** Whether these are all elements: for an unknown list, Terraform shows the references, but no literals. */
  readonly isComplete: boolean;
}

const NONE: readonly PlannedResource[] = [];

/** Links between the resources of a plan: by reference first, then by value in the same account and region. */
export class Links {
  readonly #inventory: Inventory;
  readonly #references: References;
  readonly #providers: Providers;
  readonly #identities = new Map<string, IdentityIndex>();
  readonly #referring = new Map<string, ReferringIndex>();

  public constructor(inventory: Inventory, references: References, providers: Providers) {
    this.#inventory = inventory;
    this.#references = references;
    this.#providers = providers;
  }

  /** The resource of a type that an attribute names. */
  public linked(resource: PlannedResource, path: string, type: string): Link {
    const value = resource.get(path);
    if (value === UNKNOWN) {
      return this.#byReference(resource, path, type);
    }
    return typeof value !== "string" || value === ""
      ? { kind: "absent", value: undefined, resource: undefined, candidates: NONE, via: undefined }
      : this.#byValue(resource, path, type, value);
  }

  /** The resources of a type that the expression of an attribute whose value is not known refers to. */
  public referred(resource: PlannedResource, path: string, type: string): readonly PlannedResource[] {
    return [...new Set(this.#references.resolve(resource, path, type).targets.map((target) => target.resource))];
  }

  /**
   * The resource of a type that a part of an unknown text names: the only one that the expression refers to, even if other
   * parts of the expression are hidden.
   */
  public linkedPart(resource: PlannedResource, path: string, type: string): Link {
    const referred = this.referred(resource, path, type);
    return referred.length === 1 ? link(UNKNOWN, referred, "reference") : this.linked(resource, path, type);
  }

  /** The resource of a type that a text within an attribute names, such as an ARN in a document. */
  public linkedText(resource: PlannedResource, path: string, type: string, text: string): Link {
    return this.#byValue(resource, path, type, text);
  }

  /** The resources of a type that the elements of a list name. */
  public linkedList(resource: PlannedResource, path: string, type: string): LinkedList {
    const count = resource.count(path);
    const paths = count === UNKNOWN ? [] : Array.from({ length: count }, (_, index) => `${path}.${index}`);
    const [unknown, known] = partition(paths, (each) => resource.get(each) === UNKNOWN);
    const links = known.map((each) => this.linked(resource, each, type));
    if (count !== UNKNOWN && unknown.length === 0) {
      return { links, isComplete: true };
    }
    const { targets, isOpaque } = this.#references.resolve(resource, path, type);
    const named = targets
      .filter(({ resource: target, attribute }) => attribute === "" || target.get(attribute) === UNKNOWN)
      .map((target) => link(UNKNOWN, [target.resource], "reference"));
    if (count === UNKNOWN) {
      return isOpaque
        ? { links: [this.linked(resource, path, type)], isComplete: false }
        : { links: named, isComplete: false };
    }
    // The list has a single expression for all elements.
    const isOneEach = !isOpaque && named.length === unknown.length;
    return {
      links: [...links, ...(isOneEach ? named : unknown.map((each) => this.linked(resource, each, type)))],
      isComplete: true,
    };
  }

  /** The resources of a type whose attribute names a target. */
  public referring(type: string, path: string, target: PlannedResource): Referring {
    const key = `${type}|${path}|${target.type}`;
    let index = this.#referring.get(key);
    if (index === undefined) {
      index = new ReferringIndex();
      for (const resource of this.#inventory.ofType(type)) {
        const link = this.linked(resource, path, target.type);
        const isOpaque = link.kind === "unresolved" && this.#references.resolve(resource, path, target.type).isOpaque;
        index.add(resource, link, isOpaque);
      }
      this.#referring.set(key, index);
    }
    return index.of(target);
  }

  #byReference(resource: PlannedResource, path: string, type: string): Link {
    const { targets, isOpaque } = this.#references.resolve(resource, path, type);
    // A known value cannot be the source of an unknown one.
    const unknown = targets.filter(
      (target) => target.attribute === "" || target.resource.get(target.attribute) === UNKNOWN,
    );
    const referred = (unknown.length > 0 ? unknown : targets).map((target) => target.resource);
    const nearby = isOpaque ? this.#references.nearby(resource.moduleAddress, type) : NONE;
    const candidates = nearby.length === 0 ? referred : [...new Set([...referred, ...nearby])];
    return link(UNKNOWN, candidates, isOpaque ? "inferred" : "reference");
  }

  #byValue(resource: PlannedResource, path: string, type: string, value: string): Link {
    const identities = this.#identitiesOf(type);
    const named = identities.named(value);
    if (named.size > 0) {
      const { targets } = this.#references.resolve(resource, path, type);
      const referred = new Set(targets.map((target) => target.resource).filter((target) => named.has(target)));
      if (referred.size > 0) {
        return link(value, [...referred], "reference");
      }
    }
    const inSameLocation = identities.namedInSameLocation(value, resource);
    return inSameLocation.length === 0
      ? { kind: "elsewhere", value, resource: undefined, candidates: NONE, via: undefined }
      : link(value, inSameLocation, "value");
  }

  #identitiesOf(type: string): IdentityIndex {
    let index = this.#identities.get(type);
    if (index === undefined) {
      index = new IdentityIndex(type, this.#inventory.ofType(type), this.#providers, identityOf);
      this.#identities.set(type, index);
    }
    return index;
  }

  /** The resources of a type that a text names in the account and region of another resource. */
  public namedInSameLocation(type: string, text: string, other: PlannedResource): readonly PlannedResource[] {
    return this.#identitiesOf(type).namedInSameLocation(text, other);
  }

  /** An index of resources by the values that identify them before the apply. */
  public indexBefore(type: string, resources: Iterable<PlannedResource>): IdentityIndex {
    return new IdentityIndex(type, resources, this.#providers, identityBefore);
  }
}

function link(
  value: Planned<string | undefined>,
  candidates: readonly PlannedResource[],
  via: "reference" | "value" | "inferred",
): Link {
  const [resource] = candidates;
  return resource !== undefined && candidates.length === 1
    ? { kind: "linked", value, resource, candidates, via }
    : { kind: "unresolved", value, resource: undefined, candidates, via: undefined };
}

/** The resources of a type by what one of their attributes names. */
class ReferringIndex {
  readonly #certain = new Map<PlannedResource, PlannedResource[]>();
  readonly #possible = new Map<PlannedResource, PlannedResource[]>();
  /** Resources that may name any resource, and resources that may name any resource with an unknown identity. */
  readonly #anything: PlannedResource[] = [];
  readonly #anythingUnknown: PlannedResource[] = [];

  public add(resource: PlannedResource, { kind, resource: target, candidates }: Link, isOpaque: boolean): void {
    if (target !== undefined) {
      append(this.#certain, target, resource);
    } else if (kind === "unresolved" && candidates.length > 0) {
      candidates.forEach((candidate) => {
        append(this.#possible, candidate, resource);
      });
    } else if (kind === "unresolved") {
      this.#anythingUnknown.push(resource);
      if (isOpaque) {
        this.#anything.push(resource);
      }
    }
  }

  public of(target: PlannedResource): Referring {
    const possible = this.#possible.get(target) ?? NONE;
    const more = hasUnknownIdentity(target) ? this.#anythingUnknown : this.#anything;
    return {
      certain: this.#certain.get(target) ?? NONE,
      possible: more.length === 0 ? possible : [...possible, ...more],
    };
  }
}

function append(map: Map<PlannedResource, PlannedResource[]>, key: PlannedResource, value: PlannedResource): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
