import { TerraformVariable, Token } from "cdktf";
import { KloudfuseFirehose, type KloudfuseFirehoseProps } from "../modules";
import { checkInputs } from "../modules/check";
import { INPUTS } from "../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REFUSED_COMBINATIONS } from "./helpers/edges";
import { firehose, inStack } from "./helpers/synth";

const LITERAL_KEY =
  "accessKey must be a token, got a literal that is not shown: it would stand in the synthesized JSON. " +
  "Use a sensitive TerraformVariable, or a Secrets Manager secret.";

const inTypeScript = EDGES.filter(({ terraformOnly }) => terraformOnly !== true);
const combinationsInTypeScript = ACCEPTED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true);

/** Values of any type, as from JavaScript. */
function propsOf(inputs: Partial<Record<keyof KloudfuseFirehoseProps, unknown>>): KloudfuseFirehoseProps {
  const props: KloudfuseFirehoseProps = { kloudfuseIngesterHost: "kfuse.example.com" };
  return Object.assign(props, inputs);
}

/** What the construct does first, without the cost of what it does next. */
function check(inputs: Partial<Record<keyof KloudfuseFirehoseProps, unknown>>): void {
  checkInputs(propsOf(inputs));
}

const show = (value: unknown): string => JSON.stringify(value).slice(0, 60);

describe("a literal at the edge of its limits", () => {
  test("stands in the table of edges for every input that has rules", () => {
    const withRules = Object.entries(INPUTS).flatMap(([name, { rules }]) => (rules.length > 0 ? [name] : []));
    expect(EDGES.map(({ input }) => input).sort()).toEqual(withRules.sort());
  });

  test.each(EDGES)("is looked at from both sides for $input", ({ accepted, refused }) => {
    expect(accepted.length).toBeGreaterThanOrEqual(2);
    expect(refused.length).toBeGreaterThanOrEqual(2);
  });

  test.each(
    inTypeScript.flatMap(({ input, accepted, with: others }) =>
      accepted.map((value) => [input, show(value), { ...others, [input]: value }] as const),
    ),
  )("%s takes %s", (_input, _value, inputs) => {
    expect(() => {
      check(inputs);
    }).not.toThrow();
  });

  test.each(
    inTypeScript.flatMap(({ input, refused, with: others }) =>
      refused.map(([value, rest]) => [input, show(value), { ...others, [input]: value }, rest] as const),
    ),
  )("%s refuses %s", (input, _value, inputs, rest) => {
    expect(() => {
      check(inputs);
    }).toThrow(new Error(`${input} ${rest}`));
  });

  // Few constructs, because each costs more than all the checks.
  test.each([0, -1])("is taken by what the inputs are handed on to, number %d of each", (at) => {
    const apart: readonly string[] = ["logsStreamName", "roleArn", "backupBucketArn"];
    for (const together of [true, false]) {
      const edges = inTypeScript.filter(({ input }) => apart.includes(input) !== together);
      const given = edges.reduce(
        (props, { input, accepted, with: others }) => ({ ...props, ...others, [input]: accepted.at(at) }),
        {},
      );
      inStack((stack) => {
        const firehose = new KloudfuseFirehose(stack, "k", propsOf(given));
        expect(firehose.node.children).toHaveLength(6);
      });
    }
  });
});

describe("literals together", () => {
  test.each(combinationsInTypeScript)("may be $name", ({ inputs }) => {
    expect(() => {
      check(inputs);
    }).not.toThrow();
  });

  test.each(REFUSED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true))(
    "may not be $name",
    ({ inputs, message }) => {
      expect(() => {
        check(inputs);
      }).toThrow(new Error(message((input) => input)));
    },
  );

  test("are refused together, a line each", () => {
    expect(() => firehose({ bufferingSizeMb: 65, retryDurationSeconds: -1, createRole: false })).toThrow(
      new Error(
        "bufferingSizeMb must be a whole number from 1 to 64, got 65. Firehose takes no other buffering size for an HTTP endpoint.\n" +
          "retryDurationSeconds must be a whole number from 0 to 7200, got -1. 0 writes to the backup bucket after the first failure.\n" +
          "roleArn must be given when createRole is false, got none. Give the ARN of the role to use.",
      ),
    );
  });
});

describe("what Terraform would evaluate", () => {
  const inputs: readonly Partial<KloudfuseFirehoseProps>[] = [
    { kloudfuseIngesterHost: "%{ if true }a%{ endif }" },
    { roleName: "${var.x}" },
    { accessKeySecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:${x}" },
    { commonAttributes: { name: "${var.x}" } },
    { commonAttributes: { "%{x}": "value" } },
    { tags: { name: "$${escaped}" } },
  ];

  test.each(inputs)("is refused in %j", (props) => {
    const [input] = Object.keys(props);
    expect(() => firehose(props)).toThrow(
      new Error(
        `${String(input)} must not contain \${ or %{, which Terraform would evaluate. Pass a token for an expression.`,
      ),
    );
  });

  test("is taken apart: a dollar, a percent sign and a brace of their own are literals", () => {
    expect(() => firehose({ commonAttributes: { name: "$ { % { $x %y }" } })).not.toThrow();
  });
});

describe("an access key", () => {
  test.each([
    ["right", "s3cr3t"],
    ["too long", "s3cr3t".repeat(1000)],
    ["an expression", "${s3cr3t}"],
    ["empty", ""],
  ])("is refused as a literal and not shown, where it is %s", (_what, accessKey) => {
    expect(() => firehose({ accessKey })).toThrow(new Error(LITERAL_KEY));
  });
});

describe("the host", () => {
  test("must be given", () => {
    expect(() => {
      check({ kloudfuseIngesterHost: undefined });
    }).toThrow(
      new Error(
        "kloudfuseIngesterHost must be given. Give the host alone, such as kfuse.example.com; Firehose delivers to port 443 only.",
      ),
    );
  });
});

test("a refused literal leaves nothing behind", () => {
  inStack((stack) => {
    expect(() => new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: "" })).toThrow(/^kloudfuseIngesterHost /);
    expect(stack.node.findChild("k").node.children).toEqual([]);
  });
});

describe("tokens", () => {
  const make = (tags: (token: string) => Record<string, string>) => (): void => {
    inStack((stack) => {
      const text = new TerraformVariable(stack, "text", { type: "string" });
      const number = new TerraformVariable(stack, "number", { type: "number" });
      const flag = new TerraformVariable(stack, "flag", { type: "bool" });
      const map = new TerraformVariable(stack, "map", { type: "map(string)" });
      new KloudfuseFirehose(stack, "k", {
        kloudfuseIngesterHost: text.stringValue,
        metricsStreamName: text.stringValue,
        bufferingSizeMb: number.numberValue,
        logsBufferingIntervalSeconds: number.numberValue,
        errorLogRetentionDays: number.numberValue,
        accessKey: text.stringValue,
        createRole: flag.booleanValue,
        roleArn: text.stringValue,
        commonAttributes: Token.asStringMap(map.value),
        tags: tags(text.stringValue),
      });
    });
  };

  test("pass, for Terraform checks them when it plans", () => {
    expect(make((token) => ({ team: token, [token]: "platform" }))).not.toThrow();
  });

  test("do not hide a literal beside them in a map", () => {
    expect(make((token) => ({ team: token, "aws:x": "y" }))).toThrow(
      new Error(
        'tags must in every name not begin with aws:, which AWS reserves, got "aws:x". Shorten, rename or remove tags.',
      ),
    );
  });
});

test("a secret is refused beside an access key, whatever the key's variable holds", () => {
  inStack((stack) => {
    const accessKey = new TerraformVariable(stack, "key", { type: "string", sensitive: true }).stringValue;
    const accessKeySecretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:k";
    const props = { kloudfuseIngesterHost: "kfuse.example.com", accessKey, accessKeySecretArn };
    expect(() => new KloudfuseFirehose(stack, "k", props)).toThrow(
      new Error(
        'accessKeySecretArn must not be given beside accessKey, got "arn:aws:secretsmanager:eu-west-1:123456789012:secret:k". ' +
          "Leave accessKey out to read the key from the secret.",
      ),
    );
  });
});
