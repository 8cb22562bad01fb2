import { TerraformVariable, Token } from "cdktf";
import { KloudfuseFirehose, type KloudfuseFirehoseProps } from "../modules";
import { checkInputs } from "../modules/check";
import { INPUTS } from "../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REFUSED_COMBINATIONS } from "./helpers/edges";
import { firehose, stackWith } from "./helpers/synth";

const inTypeScript = EDGES.filter(({ terraformOnly }) => terraformOnly !== true);

/** Inputs without which another one would be refused for another reason. */
const COMPANIONS: Readonly<Partial<Record<keyof KloudfuseFirehoseProps, Partial<KloudfuseFirehoseProps>>>> = {
  roleArn: { createRole: false },
  backupBucketArn: { createBackupBucket: false },
};

/** What the construct does first, given values of any type, as from JavaScript. */
function check(inputs: Partial<Record<keyof KloudfuseFirehoseProps, unknown>>): void {
  const props: KloudfuseFirehoseProps = { kloudfuseIngesterHost: "kfuse.example.com" };
  checkInputs(Object.assign(props, inputs));
}

const show = (value: unknown): string => JSON.stringify(value).slice(0, 60);

describe("a literal at the edge of its limits", () => {
  test("stands in the table of edges for every input that has rules", () => {
    const withRules = Object.entries(INPUTS).flatMap(([name, { rules }]) => (rules.length > 0 ? [name] : []));
    expect(EDGES.map(({ input }) => input).sort()).toEqual(withRules.sort());
  });

  test.each(
    inTypeScript.flatMap(({ input, accepted }) =>
      accepted.map((value) => [input, show(value), { ...COMPANIONS[input], [input]: value }] as const),
    ),
  )("%s takes %s", (_input, _value, inputs) => {
    expect(() => {
      check(inputs);
    }).not.toThrow();
  });

  test.each(
    inTypeScript.flatMap(({ input, refused }) =>
      refused.map(([value, rest]) => [input, show(value), { ...COMPANIONS[input], [input]: value }, rest] as const),
    ),
  )("%s refuses %s", (input, _value, inputs, rest) => {
    expect(() => {
      check(inputs);
    }).toThrow(new Error(`${input} ${rest}`));
  });
});

describe("literals together", () => {
  test.each(ACCEPTED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true))(
    "may be $name",
    ({ inputs }) => {
      expect(() => {
        check(inputs);
      }).not.toThrow();
    },
  );

  test.each(REFUSED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true))(
    "may not be $name",
    ({ inputs, message }) => {
      expect(() => {
        check(inputs);
      }).toThrow(new Error(message((input) => input)));
    },
  );

  test("are refused together, a line each", () => {
    expect(() => firehose({ bufferingSizeMb: 65, retryDurationSeconds: -1 })).toThrow(
      new Error(
        "bufferingSizeMb must be a whole number from 1 to 64, got 65. Firehose takes no other buffering size for an HTTP endpoint.\n" +
          "retryDurationSeconds must be a whole number from 0 to 7200, got -1. 0 writes to the backup bucket after the first failure.",
      ),
    );
  });
});

describe("what Terraform would evaluate", () => {
  test.each([
    ["roleName", { roleName: "${var.x}" }],
    ["kloudfuseIngesterHost", { kloudfuseIngesterHost: "%{ if true }a%{ endif }" }],
    ["commonAttributes", { commonAttributes: { name: "${var.x}" } }],
  ] as [string, Partial<KloudfuseFirehoseProps>][])("is refused in %s", (input, props) => {
    expect(() => firehose(props)).toThrow(
      new Error(`${input} must not contain \${ or %{, which Terraform would evaluate. Pass a token for an expression.`),
    );
  });
});

test("a literal access key is refused and not shown, not even one that is too long", () => {
  for (const accessKey of ["s3cr3t", "s3cr3t".repeat(1000)]) {
    expect(() => firehose({ accessKey })).toThrow(
      new Error(
        "accessKey must be a token, got a literal that is not shown: it would stand in the synthesized JSON. " +
          "Use a sensitive TerraformVariable, or a Secrets Manager secret.",
      ),
    );
  }
});

test("a refused literal leaves nothing behind", () => {
  stackWith((stack) => {
    expect(() => new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: "" })).toThrow();
    expect(stack.node.findChild("k").node.children).toEqual([]);
  });
});

test("tokens pass, and literals beside them are still checked", () => {
  const make = (tags: (token: string) => Record<string, string>) => (): void => {
    stackWith((stack) => {
      const text = new TerraformVariable(stack, "text", { type: "string" });
      const number = new TerraformVariable(stack, "number", { type: "number" });
      const map = new TerraformVariable(stack, "map", { type: "map(string)" });
      new KloudfuseFirehose(stack, "k", {
        kloudfuseIngesterHost: text.stringValue,
        bufferingSizeMb: number.numberValue,
        commonAttributes: Token.asStringMap(map.value),
        tags: tags(text.stringValue),
      });
    });
  };
  expect(make((token) => ({ team: token }))).not.toThrow();
  expect(make((token) => ({ team: token, "aws:x": "y" }))).toThrow(
    new Error(
      'tags must in every name not begin with aws:, which AWS reserves, got "aws:x". Shorten, rename or remove tags.',
    ),
  );
});
