import { inputEntries, type InputName, inputOf, type INPUTS, variableName } from "./inputs";
import type { MetricFilters } from "./metric-filters";

/** A literal of each type constraint. */
interface LiteralByType {
  readonly string: string;
  readonly number: number;
  readonly bool: boolean;
  readonly "map(string)": Record<string, string>;
  readonly "map(list(string))": MetricFilters;
  readonly "set(string)": string[];
  readonly "list(object({ namespace = string, metric_name = string, statistics = set(string) }))": readonly StatisticsEntry[];
}

/** Statistics of one metric with the attribute names of Terraform. */
export interface StatisticsEntry {
  readonly namespace: string;
  readonly metric_name: string;
  readonly statistics: readonly string[];
}

type LiteralOf<Name extends InputName> = LiteralByType[(typeof INPUTS)[Name]["type"]];
/** An input that is a flag. */
export type FlagName = { [Name in InputName]: (typeof INPUTS)[Name]["type"] extends "bool" ? Name : never }[InputName];

/** The counterpart of `Variables` for literals that are already checked, by variable name. */
export class Literals {
  readonly #values: Readonly<Record<string, unknown>>;

  public constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** Whether a flag is true; its default if it is not set. */
  public flag(name: FlagName): boolean {
    return (this.value(name) ?? inputOf(name).default) === true;
  }

  /** The literals of the properties of a construct; undefined for an input that is not set. */
  public properties<Name extends InputName>(
    names: readonly Name[],
  ): { readonly [Each in Name]: LiteralOf<Each> | undefined };
  public properties<Names extends Readonly<Record<string, InputName>>>(
    inputNames: Names,
  ): { readonly [Property in keyof Names]: LiteralOf<Names[Property]> | undefined };
  // The type of each value follows from the table, which the compiler cannot infer for a value that is read by name.
  public properties(
    inputs: readonly InputName[] | Readonly<Record<string, InputName>>,
  ): Readonly<Record<string, unknown>> {
    return Object.fromEntries(inputEntries(inputs).map(([property, name]) => [property, this.value(name)]));
  }

  private value(name: InputName): unknown {
    return this.#values[variableName(name)];
  }
}
