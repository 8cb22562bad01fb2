import {
  conditional,
  Fn,
  type IResolvable,
  Lazy,
  Op,
  type Precondition,
  ref,
  TerraformLocal,
  type TerraformProvider,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { asObject } from "../iam/json";

/** A boolean that is known at synthesis, or when Terraform plans. */
export type Flag = boolean | IResolvable;

/** Options of a construct whose properties are already checked: by the construct that contains it, or by Terraform variables. */
export interface PrecheckedOptions {
  /**
   * `count` of the construct's resources.
   * @default the resources have no `count`
   */
  readonly count?: number;
  /**
   * Preconditions of the containing construct, which the construct's resource has.
   * @default none
   */
  readonly precondition?: readonly Precondition[];
}

/**
 * One of two values, by whether an optional input is set: a literal is decided at synthesis, a token, which may be
 * null, by Terraform.
 */
export function whenSet<T>(input: unknown, then: T, otherwise: T): T | IResolvable {
  if (input === undefined) {
    return otherwise;
  }
  return Token.isUnresolved(input) ? conditional(Op.neq(input, Token.nullValue()), then, otherwise) : then;
}

/** One of two strings, by a flag. */
export function choose(flag: Flag, then: string, otherwise: string): string {
  return typeof flag === "boolean" ? (flag ? then : otherwise) : Token.asString(conditional(flag, then, otherwise));
}

/** `count` of resources that exist if a flag is true. */
export function countWhen(flag: Flag): number {
  return typeof flag === "boolean" ? Number(flag) : Token.asNumber(conditional(flag, 1, 0));
}

/** A list that is included when a flag is true. */
export interface ConditionalList {
  /** Name of the list in the Terraform locals. */
  readonly name: string;
  readonly when: Flag;
  readonly list: readonly string[];
}

/** The lists whose flags are true, as one list. */
export function concatWhen(scope: Construct, parts: readonly ConditionalList[]): string[] {
  if (parts.every(({ when }) => typeof when === "boolean")) {
    return parts.flatMap(({ when, list }) => (when === true ? list : []));
  }
  const locals = parts.map(
    ({ name, when, list }) => new TerraformLocal(scope, name, conditional(when, list, [])).asList,
  );
  return Token.asList(Fn.concat(locals));
}

/** The first number that is set. */
export function firstNumber(specific: number | undefined, common: number): number {
  return Token.isUnresolved(specific) ? Token.asNumber(Fn.coalesce([specific, common])) : (specific ?? common);
}

/** The first string that is set. */
export function firstText(specific: string | undefined, common: string): string {
  return Token.isUnresolved(specific) ? Token.asString(Fn.coalesce([specific, common])) : (specific ?? common);
}

/** A map without the entries whose value is null when Terraform plans. */
export function withoutNulls(map: Record<string, string>): Record<string, string> {
  return Token.asStringMap(
    Lazy.anyValue({
      produce: (context) => {
        const resolved: unknown = context.resolve(map);
        const text =
          typeof resolved === "string" ? resolved.replace(/^\$\{([^]*)\}$/, "$1") : objectExpression(resolved);
        return `\${{for name, value in ${text} : name => value if value != null}}`;
      },
    }),
  );
}

/** An object of strings as a Terraform expression. */
const objectExpression = (object: unknown): string =>
  `{${Object.entries(asObject(object))
    .map(([name, value]) => `${JSON.stringify(name)} = ${JSON.stringify(value)}`)
    .join(", ")}}`;

/** A resource or data source, with or without `count`. */
interface Addressable extends IConstruct {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
  readonly count?: unknown;
}

/** Terraform expression of a resource or data source: with an index where `count` decides whether it exists. */
export function expressionOf(element: Addressable, kind: "resource" | "data" = "resource"): string {
  const prefix = kind === "data" ? "data." : "";
  const index = element.count === undefined ? "" : "[0]";
  return `${prefix}${element.terraformResourceType}.${element.friendlyUniqueId}${index}`;
}

/** An attribute of a resource. */
export function attributeOf(resource: Addressable, attribute: string): string {
  return Token.asString(ref(`${expressionOf(resource)}.${attribute}`, TerraformStack.of(resource)));
}

/** The meta-argument of a resource whose provider is not the stack's default one. */
export function withProvider(provider: TerraformProvider | undefined): { readonly provider?: TerraformProvider } {
  return provider === undefined ? {} : { provider };
}

/** Whether something is in the stack of a construct: a reference by name does not resolve in another stack. */
export const isInStackOf = (scope: Construct, other: unknown): boolean =>
  Construct.isConstruct(other) && TerraformStack.of(other) === TerraformStack.of(scope);
