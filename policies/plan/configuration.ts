import { asObject, asString, type JsonObject } from "../../iam/json";
import { callsOf, type Step } from "./address";
import { keysOf } from "./json-path";

/** A resource or data source in the configuration. */
export interface ResourceConfiguration {
  readonly providerKey: string | undefined;
  readonly expressions: JsonObject;
  readonly forEach: unknown;
  readonly count: unknown;
}

/** A call of a module. Its expressions refer to names of the calling module. */
export interface ModuleCall {
  readonly expressions: JsonObject;
  readonly forEach: unknown;
  readonly module: ModuleConfiguration;
}

/** A module in the configuration. The plan does not contain its locals and dynamic blocks. */
export class ModuleConfiguration {
  readonly #json: JsonObject;
  #resources: ReadonlyMap<string, ResourceConfiguration> | undefined;
  readonly #calls = new Map<string, ModuleCall | undefined>();

  public constructor(json: unknown) {
    this.#json = asObject(json);
  }

  /** A resource by `type.name`, or a data source by `data.type.name`. */
  public resource(key: string): ResourceConfiguration | undefined {
    this.#resources ??= new Map(resourcesOf(this.#json));
    return this.#resources.get(key);
  }

  public output(name: string): unknown {
    return asObject(asObject(this.#json["outputs"])[name])["expression"];
  }

  public get outputNames(): readonly string[] {
    return Object.keys(asObject(this.#json["outputs"]));
  }

  public get callNames(): readonly string[] {
    return Object.keys(asObject(this.#json["module_calls"]));
  }

  public call(name: string): ModuleCall | undefined {
    if (!this.#calls.has(name)) {
      const json = asObject(this.#json["module_calls"])[name];
      const { expressions, for_each_expression: forEach, module } = asObject(json);
      this.#calls.set(
        name,
        json === undefined
          ? undefined
          : { expressions: asObject(expressions), forEach, module: new ModuleConfiguration(module) },
      );
    }
    return this.#calls.get(name);
  }
}

function* resourcesOf(json: JsonObject): Generator<[string, ResourceConfiguration]> {
  const list = json["resources"];
  for (const resource of Array.isArray(list) ? list : []) {
    const { address, provider_config_key, expressions, for_each_expression, count_expression } = asObject(resource);
    yield [
      String(address),
      {
        providerKey: asString(provider_config_key),
        expressions: asObject(expressions),
        forEach: for_each_expression,
        count: count_expression,
      },
    ];
  }
}

/** The `configuration` of a plan. */
export class Configuration {
  readonly #providers: JsonObject;
  readonly #variables: JsonObject;
  readonly #modules = new Map<string, ModuleConfiguration | undefined>();

  public constructor(configuration: unknown, variables: unknown) {
    const { root_module, provider_config } = asObject(configuration);
    this.#providers = asObject(provider_config);
    this.#variables = asObject(variables);
    this.#modules.set("", new ModuleConfiguration(root_module));
  }

  /** The module at an address; the keys in the address are ignored. */
  public module(address: string): ModuleConfiguration | undefined {
    if (!this.#modules.has(address)) {
      this.#modules.set(address, this.#descend(callsOf(address)));
    }
    return this.#modules.get(address);
  }

  #descend(calls: readonly Step[]): ModuleConfiguration | undefined {
    return calls.reduce<ModuleConfiguration | undefined>(
      (module, { name }) => module?.call(name)?.module,
      this.module(""),
    );
  }

  /** The arguments of a provider, by its key such as `aws.west`. */
  public provider(key: string): JsonObject {
    return asObject(asObject(this.#providers[key])["expressions"]);
  }

  /** Keys of the providers that are configured, such as `aws.west` or `module.kloudfuse:aws`. */
  public get providerKeys(): readonly string[] {
    return Object.keys(this.#providers);
  }

  /** The value of a variable of the root. */
  public variable(name: string): unknown {
    return asObject(this.#variables[name])["value"];
  }

  /** The string value of an expression of the root, if it is a constant or a variable. */
  public text(expression: unknown): string | undefined {
    return asString(this.#value(expression));
  }

  /** The only element of a list of strings in the root; undefined if there are several, or none is shown. */
  public onlyText(expression: unknown): string | undefined {
    const value = this.#value(expression);
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.length === 1 && typeof list[0] === "string" ? list[0] : undefined;
  }

  #value(expression: unknown): unknown {
    const { constant_value: constant } = asObject(expression);
    const [reference, ...others] = referencesIn(expression);
    if (reference === undefined) {
      return constant;
    }
    return others.length === 0 && /^var\.[^.[]+$/.test(reference)
      ? this.variable(reference.slice("var.".length))
      : undefined;
  }
}

/** The expression of an attribute; undefined if the configuration shows none, for instance in a dynamic block. */
export function expressionAt(expressions: JsonObject, path: string): unknown {
  let value: unknown = expressions;
  for (const key of keysOf(path)) {
    // An attribute with a single expression has no further parts.
    if ("references" in asObject(value)) {
      return value;
    }
    value = asObject(value)[key];
  }
  return value;
}

/** The references of an expression and its nested expressions, without those that are prefixes of another one. */
export function referencesIn(expression: unknown): string[] {
  const { references, constant_value: constant, ...parts } = asObject(expression);
  if (!Array.isArray(references)) {
    return constant === undefined ? Object.values(parts).flatMap(referencesIn) : [];
  }
  // Terraform lists each reference with all of its prefixes: a.b.c, a.b.
  const texts = references.filter((reference): reference is string => typeof reference === "string");
  return [...new Set(texts.filter((reference, index) => !isPrefix(reference, texts[index - 1])))];
}

const isPrefix = (reference: string, whole: string | undefined): boolean =>
  whole !== undefined && whole.startsWith(reference) && /^[.[]/.test(whole.slice(reference.length));
