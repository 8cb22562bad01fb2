import type { Rule } from "./rules";

/** One input: a Terraform variable in snake_case, and a property of one of the constructs. */
export interface Input {
  /** The variable's type constraint. */
  readonly type: InputType;
  /** The value of the input when it is left out; `null`: none. Absent: the input is required. */
  readonly default?: string | number | boolean | null | Readonly<Record<string, string>> | readonly string[];
  /** Whether the value is kept out of messages, outputs and the synthesized JSON. */
  readonly sensitive?: true;
  readonly description: string;
  readonly rules: readonly Rule[];
  /** What to do when a value breaks a rule. */
  readonly advice: string;
}

/** The type constraints that an input may have, each with a value that replaces null in expressions. */
export const NULL_SUBSTITUTES = {
  string: '""',
  number: "-1",
  bool: "false",
  "map(string)": "tomap({})",
  "map(list(string))": "tomap({})",
  "set(string)": "toset([])",
  "list(object({ namespace = string, metric_name = string, statistics = set(string) }))": "[]",
} as const;

/** A type constraint of a Terraform variable. */
export type InputType = keyof typeof NULL_SUBSTITUTES;

/** The attributes of every input that is a flag: any value is valid. */
export const flag = { type: "bool", rules: [], advice: "" } as const;
