import type { JsonObject } from "../../iam/json";
import { lastCallOf, moduleIn, type Step, stepsOf } from "./address";
import { type Configuration, expressionAt, referencesIn } from "./configuration";
import { hasUnknownIdentity } from "./identity";
import type { Inventory } from "./inventory";
import type { PlannedResource } from "./planned-resource";

/** A resource that an expression refers to. */
export interface ReferenceTarget {
  readonly resource: PlannedResource;
  /** The attribute that is referred to; empty for the whole resource. */
  readonly attribute: string;
}

/** The resources that an expression refers to. */
export interface Resolution {
  readonly targets: readonly ReferenceTarget[];
  /** Whether the plan does not show a part of the expression: a local, a dynamic block, a data source. */
  readonly isOpaque: boolean;
}

/** The module and the instance that an expression belongs to. */
interface Scope {
  readonly module: string;
  /** Key of the instance that the expression belongs to. */
  readonly key: string | undefined;
  readonly forEach: unknown;
}

/** An expression that refers to more instances of a resource is not resolved. */
const MAX_INSTANCES = 100;
const MAX_DEPTH = 20;

/** The data source that generates policy documents. */
export const POLICY_DOCUMENT = "data.aws_iam_policy_document";

/** Follows the references of the configuration to the resources of a plan. */
export class References {
  readonly #configuration: Configuration;
  readonly #inventory: Inventory;
  readonly #nearby = new Map<string, readonly PlannedResource[]>();

  public constructor(configuration: Configuration, inventory: Inventory) {
    this.#configuration = configuration;
    this.#inventory = inventory;
  }

  /**
   * The resources of a type that the expression of an attribute refers to: through variables, outputs, instances,
   * and through attributes of other resources and of data sources.
   *
   * @param wanted a type such as `aws_iam_role`, or `data.` and the type of a data source
   */
  public resolve(resource: PlannedResource, path: string, wanted: string): Resolution {
    const configuration = this.#configuration.module(resource.moduleAddress)?.resource(resource.configurationKey);
    const expression = configuration === undefined ? undefined : expressionAt(configuration.expressions, path);
    if (expression === undefined) {
      return { targets: [], isOpaque: true };
    }
    const search = new Search(this.#configuration, this.#inventory, wanted);
    search.follow(expression, {
      module: resource.moduleAddress,
      key: resource.key,
      forEach: configuration?.forEach,
    });
    return search.resolution;
  }

  /**
   * The resources of a type, with an unknown identity, that a local of a module can refer to: in the module, by its inputs,
   * or by the outputs of its calls. None if there are too many to conclude anything.
   */
  public nearby(moduleAddress: string, wanted: string): readonly PlannedResource[] {
    const key = `${moduleAddress}|${wanted}`;
    let nearby = this.#nearby.get(key);
    if (nearby === undefined) {
      nearby = [...new Set(this.#findNearby(moduleAddress, wanted))].filter(hasUnknownIdentity);
      nearby = nearby.length > MAX_INSTANCES ? [] : nearby;
      this.#nearby.set(key, nearby);
    }
    return nearby;
  }

  *#findNearby(moduleAddress: string, wanted: string): Generator<PlannedResource> {
    yield* this.#inventory.inModule(moduleAddress, wanted);
    for (const name of this.#configuration.module(moduleAddress)?.callNames ?? []) {
      for (const instance of this.#inventory.moduleInstances(moduleAddress, name)) {
        yield* this.#outputsOf(instance, wanted);
      }
    }
    const call = lastCallOf(moduleAddress);
    if (call !== undefined) {
      const search = new Search(this.#configuration, this.#inventory, wanted);
      const { expressions, forEach } = this.#configuration.module(call.parent)?.call(call.step.name) ?? {};
      search.follow(expressions, { module: call.parent, key: call.step.key, forEach });
      yield* search.resolution.targets.map(({ resource }) => resource);
      if (search.resolution.isOpaque) {
        yield* this.nearby(call.parent, wanted);
      }
    }
  }

  *#outputsOf(instance: string, wanted: string): Generator<PlannedResource> {
    const module = this.#configuration.module(instance);
    const search = new Search(this.#configuration, this.#inventory, wanted);
    for (const output of module?.outputNames ?? []) {
      search.follow(module?.output(output), { module: instance, key: undefined, forEach: undefined });
    }
    yield* search.resolution.targets.map(({ resource }) => resource);
    if (search.resolution.isOpaque) {
      yield* this.#inventory.inModule(instance, wanted);
    }
  }
}

/** Stands for a missing step of a reference. */
const NO_STEP: Step = { name: "", key: undefined };

/** One search for resources of a type. */
class Search {
  readonly #configuration: Configuration;
  readonly #inventory: Inventory;
  readonly #wanted: string;
  readonly #targets = new Map<string, ReferenceTarget>();
  readonly #followed = new Set<string>();
  /**
   * Whether the search follows a computed attribute to all references of its resource. It does for resources, such as from
   * the ARN of a version to its function, but not for policy documents: a document that names a role is not the role's
   * trust policy.
   */
  readonly #followsComputed: boolean;
  #isOpaque = false;
  #depth = 0;

  public constructor(configuration: Configuration, inventory: Inventory, wanted: string) {
    this.#configuration = configuration;
    this.#inventory = inventory;
    this.#wanted = wanted;
    this.#followsComputed = wanted !== POLICY_DOCUMENT;
  }

  public get resolution(): Resolution {
    return { targets: [...this.#targets.values()], isOpaque: this.#isOpaque };
  }

  public follow(expression: unknown, scope: Scope): void {
    if (this.#depth === MAX_DEPTH) {
      this.#isOpaque = true;
      return;
    }
    this.#depth += 1;
    const references = referencesIn(expression);
    // For aws_s3_bucket.b[each.key].id, Terraform lists aws_s3_bucket.b and each.key.
    const usesKey = references.some((reference) => /^(each|count)\./.test(reference));
    for (const reference of references) {
      this.#followReference(stepsOf(reference), usesKey ? scope : { ...scope, key: undefined }, scope);
    }
    this.#depth -= 1;
  }

  #followReference(steps: readonly Step[], scope: Scope, whole: Scope): void {
    const [first = NO_STEP, second = NO_STEP, third] = steps;
    switch (first.name) {
      case "var":
        this.#followVariable(second.name, scope.module);
        break;
      case "module":
        this.#followModule(second, third?.name, scope);
        break;
      case "each":
        if (second.name === "key" && !this.#followsComputed) {
          break; // A key is the name of an instance.
        }
        // A for_each may refer to a resource with its own for_each.
        this.#followOnce(`${whole.module}|each|${whole.key ?? ""}|${referencesIn(whole.forEach).join()}`, () => {
          this.#followForEach(whole);
        });
        break;
      case "local":
        this.#isOpaque = true;
        break;
      case "data":
        this.#followResource(`data.${second.name}`, third ?? NO_STEP, steps.slice(3), scope);
        break;
      default:
        // This includes count, path, terraform and the like, which are not found as resources of the configuration.
        this.#followResource(first.name, second, steps.slice(2), scope);
    }
  }

  /** The element of `for_each` with the key of the instance. */
  #followForEach({ module, key, forEach }: Scope): void {
    for (const reference of referencesIn(forEach)) {
      this.#followReference(
        stepsOf(reference),
        { module, key, forEach: undefined },
        { module, key, forEach: undefined },
      );
    }
  }

  #followVariable(name: string, moduleAddress: string): void {
    const call = lastCallOf(moduleAddress);
    if (call === undefined) {
      return;
    }
    const { expressions, forEach } = this.#configuration.module(call.parent)?.call(call.step.name) ?? {};
    this.#followOnce(`${moduleAddress}|var.${name}`, () => {
      this.follow(expressions?.[name], { module: call.parent, key: call.step.key, forEach });
    });
  }

  #followModule({ name, key }: Step, output: string | undefined, scope: Scope): void {
    const instances = this.#inventory.moduleInstances(scope.module, name);
    const ofKey = moduleIn(scope.module, { name, key: key ?? scope.key });
    const chosen = key !== undefined || instances.includes(ofKey) ? [ofKey] : instances;
    if (chosen.length > MAX_INSTANCES) {
      this.#isOpaque = true;
      return;
    }
    for (const instance of chosen) {
      const module = this.#configuration.module(instance);
      for (const each of output === undefined ? (module?.outputNames ?? []) : [output]) {
        this.#followOnce(`${instance}|output.${each}`, () => {
          this.follow(module?.output(each), { module: instance, key: undefined, forEach: undefined });
        });
      }
    }
  }

  #followResource(type: string, step: Step, attribute: readonly Step[], scope: Scope): void {
    const key = step.key ?? scope.key;
    const configurationKey = `${type}.${step.name}`;
    if (type === this.#wanted) {
      const instances = this.#inventory.instances(scope.module, configurationKey);
      const instance = instances.get(key ?? "");
      const chosen = instance === undefined && step.key === undefined ? [...instances.values()] : [instance];
      if (chosen.length > MAX_INSTANCES) {
        this.#isOpaque = true;
        return;
      }
      for (const resource of chosen) {
        if (resource !== undefined) {
          this.#targets.set(resource.address, { resource, attribute: pathOf(attribute) });
        }
      }
      return;
    }
    const configuration = this.#configuration.module(scope.module)?.resource(configurationKey);
    if (configuration === undefined) {
      this.#isOpaque ||= type.startsWith("data.");
      return;
    }
    const found = this.#targets.size;
    const name = attribute[0]?.name ?? "";
    if (!this.#followsComputed && configuration.expressions[name] === undefined) {
      this.#isOpaque = true;
      return;
    }
    this.#followOnce(`${scope.module}|${configurationKey}|${key ?? ""}|${name}`, () => {
      this.follow(attributeOf(configuration.expressions, name), {
        module: scope.module,
        key,
        forEach: configuration.forEach,
      });
    });
    // A data source may read anything, unless its arguments show what it reads.
    this.#isOpaque ||= type.startsWith("data.") && this.#targets.size === found;
  }

  #followOnce(what: string, follow: () => void): void {
    if (!this.#followed.has(what)) {
      this.#followed.add(what);
      follow();
    }
  }
}

/** The expression of an attribute; for a computed attribute, such as `id`, all expressions of the resource. */
const attributeOf = (expressions: JsonObject, name: string): unknown => expressions[name] ?? expressions;

const pathOf = (steps: readonly Step[]): string =>
  steps.flatMap(({ name, key }) => (key === undefined ? [name] : [name, key.replace(/^"|"$/g, "")])).join(".");
