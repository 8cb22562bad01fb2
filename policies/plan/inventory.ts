import { lastCallOf, moduleIn } from "./address";
import type { PlannedResource } from "./planned-resource";

const NONE: readonly PlannedResource[] = [];
const NO_INSTANCES: ReadonlyMap<string, PlannedResource> = new Map();

/** The resources of a plan, indexed by type, address and module. */
export class Inventory {
  readonly #byType = new Map<string, PlannedResource[]>();
  readonly #dataSources = new Map<string, PlannedResource[]>();
  readonly #byAddress = new Map<string, PlannedResource>();
  /** By module and configuration key, then by the key of the instance. */
  readonly #instances = new Map<string, Map<string, PlannedResource>>();
  readonly #byModule = new Map<string, PlannedResource[]>();
  readonly #modules = new Map<string, Set<string>>();

  /** @param resources resources and data sources that will exist after the apply */
  public constructor(resources: Iterable<PlannedResource>) {
    for (const resource of resources) {
      this.#byAddress.set(resource.address, resource);
      const instances = `${resource.moduleAddress}|${resource.configurationKey}`;
      getOrCreate(this.#instances, instances, () => new Map<string, PlannedResource>()).set(
        resource.key ?? "",
        resource,
      );
      this.#addModule(resource.moduleAddress);
      if (resource.isDataSource) {
        getOrCreate(this.#dataSources, resource.type, () => []).push(resource);
      } else {
        getOrCreate(this.#byType, resource.type, () => []).push(resource);
        getOrCreate(this.#byModule, `${resource.moduleAddress}|${resource.type}`, () => []).push(resource);
      }
    }
  }

  public get types(): readonly string[] {
    return [...this.#byType.keys()];
  }

  public ofType(type: string): readonly PlannedResource[] {
    return this.#byType.get(type) ?? NONE;
  }

  public dataSourcesOfType(type: string): readonly PlannedResource[] {
    return this.#dataSources.get(type) ?? NONE;
  }

  public at(address: string): PlannedResource | undefined {
    return this.#byAddress.get(address);
  }

  /** The instances of a resource in a module, by their keys; without `count` or `for_each`, the key is empty. */
  public instances(moduleAddress: string, configurationKey: string): ReadonlyMap<string, PlannedResource> {
    return this.#instances.get(`${moduleAddress}|${configurationKey}`) ?? NO_INSTANCES;
  }

  /** The resources of a type in a module, without those in its child modules. */
  public inModule(moduleAddress: string, type: string): readonly PlannedResource[] {
    return this.#byModule.get(`${moduleAddress}|${type}`) ?? NONE;
  }

  /** The instances of a module call; the call itself if the plan has no resource of it. */
  public moduleInstances(parent: string, name: string): readonly string[] {
    const call = moduleIn(parent, { name, key: undefined });
    return [...(this.#modules.get(call) ?? [call])];
  }

  #addModule(address: string): void {
    const call = lastCallOf(address);
    if (call === undefined) {
      return;
    }
    const instances = getOrCreate(
      this.#modules,
      moduleIn(call.parent, { name: call.step.name, key: undefined }),
      () => new Set(),
    );
    if (!instances.has(address)) {
      instances.add(address);
      this.#addModule(call.parent);
    }
  }
}

function getOrCreate<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const existing = map.get(key);
  if (existing !== undefined) {
    return existing;
  }
  const created = create();
  map.set(key, created);
  return created;
}
