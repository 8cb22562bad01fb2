import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type IResolvable, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import {
  attributeOf,
  choose,
  concatWhen,
  type ConditionalList,
  countWhen,
  expressionOf,
  firstNumber,
  firstText,
  isInStackOf,
  whenSet,
  withoutNulls,
  withProvider,
} from "../modules/expressions";
import { inStack, stackWith, type Template } from "./helpers/synth";

type Stack = Parameters<Parameters<typeof stackWith>[0]>[0];

const variable = (stack: Stack, name: string, type = "string"): TerraformVariable =>
  new TerraformVariable(stack, name, { type });

/** What Terraform gets of a value that a stack has, beside what the stack has for it. */
function synthesized(valueIn: (stack: Stack) => unknown): { readonly value: unknown; readonly template: Template } {
  const template = stackWith((stack) => {
    new TerraformOutput(stack, "result", { value: valueIn(stack) });
  });
  return { value: template.output("result", "value"), template };
}

const resolved = (valueIn: (stack: Stack) => unknown): unknown => synthesized(valueIn).value;

const flag = (stack: Stack, name = "flag"): IResolvable => variable(stack, name, "bool").booleanValue;

describe("one of two values, by whether an input is set", () => {
  test("is decided here for a literal", () => {
    expect(whenSet("x", 1, 2)).toBe(1);
    expect(whenSet("", 1, 2)).toBe(1);
    expect(whenSet(false, 1, 2)).toBe(1);
    expect(whenSet(undefined, 1, 2)).toBe(2);
  });

  test("is decided by Terraform for a token, which may be null", () => {
    expect(resolved((stack) => whenSet(variable(stack, "arn").stringValue, ["a"], []))).toBe(
      '${(var.arn != null) ? ["a"] : []}',
    );
  });
});

describe("one of two texts, by a flag", () => {
  test("is decided here for a literal", () => {
    expect([choose(true, "a", "b"), choose(false, "a", "b")]).toEqual(["a", "b"]);
  });

  test("is decided by Terraform for a token, and is a text", () => {
    expect(resolved((stack) => choose(flag(stack), "a", "b"))).toBe('${var.flag ? "a" : "b"}');
    expect(resolved((stack) => `x-${choose(flag(stack), "a", "b")}`)).toBe('x-${var.flag ? "a" : "b"}');
  });
});

describe("the count of resources that a flag switches on", () => {
  test("is 1 or 0 for a literal", () => {
    expect([countWhen(true), countWhen(false)]).toEqual([1, 0]);
  });

  test("is decided by Terraform for a token, and is a number", () => {
    inStack((stack) => {
      expect(typeof countWhen(flag(stack))).toBe("number");
    });
    expect(resolved((stack) => countWhen(flag(stack)))).toBe("${var.flag ? 1 : 0}");
  });
});

describe("lists that are parts of one, by flags", () => {
  const parts = (first: ConditionalList["when"], second: ConditionalList["when"]): readonly ConditionalList[] => [
    { name: "metrics_arns", when: first, list: ["a", "b"] },
    { name: "logs_arns", when: second, list: ["c"] },
  ];

  test.each<[first: boolean, second: boolean, expected: readonly string[]]>([
    [true, true, ["a", "b", "c"]],
    [true, false, ["a", "b"]],
    [false, true, ["c"]],
    [false, false, []],
  ])("are joined here for literals: %j, %j", (first, second, expected) => {
    const { value, template } = synthesized((stack) => concatWhen(stack, parts(first, second)));
    expect(value).toEqual(expected);
    expect(template.json).not.toHaveProperty("locals");
  });

  test("are locals that Terraform joins where a flag is a token", () => {
    const { value, template } = synthesized((stack) => concatWhen(stack, parts(flag(stack), true)));
    expect(value).toBe("${concat(local.metrics_arns, local.logs_arns)}");
    expect(template.json).toMatchObject({
      locals: { metrics_arns: '${var.flag ? ["a", "b"] : []}', logs_arns: '${true ? ["c"] : []}' },
    });
  });
});

describe("the first that is set", () => {
  test("is decided here for literals", () => {
    expect([firstNumber(0, 2), firstNumber(1, 2), firstNumber(undefined, 2)]).toEqual([0, 1, 2]);
    expect([firstText("", "b"), firstText("a", "b"), firstText(undefined, "b")]).toEqual(["", "a", "b"]);
  });

  test("is the common one as it is, a token too", () => {
    expect(resolved((stack) => firstNumber(undefined, variable(stack, "common", "number").numberValue))).toBe(
      "${var.common}",
    );
    expect(resolved((stack) => firstText("a", variable(stack, "common").stringValue))).toBe("a");
  });

  test("is decided by Terraform for a token, which may be null, and has its type", () => {
    inStack((stack) => {
      expect(typeof firstNumber(variable(stack, "n", "number").numberValue, 2)).toBe("number");
      expect(typeof firstText(variable(stack, "t").stringValue, "b")).toBe("string");
    });
    expect(resolved((stack) => firstNumber(variable(stack, "n", "number").numberValue, 2))).toBe(
      "${coalesce(var.n, 2)}",
    );
    expect(resolved((stack) => firstText(variable(stack, "t").stringValue, "b"))).toBe('${coalesce(var.t, "b")}');
  });
});

describe("a map without its null values", () => {
  const filtered = (map: string): string => `\${{for name, value in ${map} : name => value if value != null}}`;

  test("is filtered by Terraform, of a token", () => {
    expect(resolved((stack) => withoutNulls(Token.asStringMap(variable(stack, "tags", "map(string)").value)))).toBe(
      filtered("var.tags"),
    );
  });

  test("is filtered by Terraform, of a map with tokens and quotation marks", () => {
    expect(resolved((stack) => withoutNulls({ 'a "b"': variable(stack, "team").stringValue, c: "d" }))).toBe(
      filtered('{"a \\"b\\"" = "${var.team}", "c" = "d"}'),
    );
  });

  test("is empty of an empty one", () => {
    expect(resolved(() => withoutNulls({}))).toBe(filtered("{}"));
  });
});

describe("a Terraform expression", () => {
  const role = (stack: Stack, count?: number): IamRole =>
    new IamRole(stack, "delivery", { assumeRolePolicy: "{}", ...(count === undefined ? {} : { count }) });

  test("names a resource, with an index where count decides whether it exists", () => {
    inStack((stack) => {
      expect(expressionOf(role(stack))).toBe("aws_iam_role.delivery");
    });
    inStack((stack) => {
      expect(expressionOf(role(stack, 0), "resource")).toBe("aws_iam_role.delivery[0]");
    });
  });

  test("names a data source", () => {
    inStack((stack) => {
      expect(expressionOf(new DataAwsRegion(stack, "here"), "data")).toBe("data.aws_region.here");
    });
  });

  test("has an attribute of a resource", () => {
    expect(resolved((stack) => attributeOf(role(stack), "arn"))).toBe("${aws_iam_role.delivery.arn}");
    expect(resolved((stack) => attributeOf(role(stack, 1), "name"))).toBe("${aws_iam_role.delivery[0].name}");
  });
});

test("the provider of a resource is left out where it is the stack's default one", () => {
  inStack((stack) => {
    const provider = new AwsProvider(stack, "eu", { alias: "eu" });
    expect(withProvider(provider)).toEqual({ provider });
    expect(withProvider(undefined)).toEqual({});
  });
});

describe("whether something is in the stack of a construct", () => {
  test("holds of every construct in it, and of none of another stack", () => {
    inStack((stack) => {
      inStack((other) => {
        const part = new Construct(new Construct(stack, "outer"), "part");
        expect(isInStackOf(stack, part)).toBe(true);
        expect(isInStackOf(part, new Construct(stack, "sibling"))).toBe(true);
        expect(isInStackOf(stack, new Construct(other, "part"))).toBe(false);
      });
    });
  });

  test("does not hold of what is no construct", () => {
    inStack((stack) => {
      const others: readonly unknown[] = [undefined, "aws_iam_role.x", { node: {} }];
      expect(others.filter((other) => isInStackOf(stack, other))).toEqual([]);
    });
  });
});
