import { TerraformVariable, Token } from "cdktf";
import { KloudfuseFirehose } from "../modules";
import { checkLiterals, propertiesOf } from "../modules/check";
import { INPUT_NAMES, type InputName, inputOf, type InputValues } from "../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REJECTED_COMBINATIONS } from "../scripts/edge-cases";
import { firehose, inStack } from "./helpers/synth";

const LITERAL_KEY =
  "accessKey must be a token, got a literal that is not shown: it would be in the synthesized JSON. " +
  "Use a sensitive TerraformVariable, or a Secrets Manager secret.";

const inTypeScript = EDGES.filter(({ terraformOnly }) => terraformOnly !== true);
const combinationsInTypeScript = ACCEPTED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true);

/** Checks all inputs, as if one construct had them as properties; those that are not set are undefined. */
function check(values: InputValues): void {
  const unset = Object.fromEntries(INPUT_NAMES.map((name) => [name, undefined]));
  checkLiterals(propertiesOf({ ...unset, kloudfuseIngesterHost: "kfuse.example.com", ...values }));
}

const show = (value: unknown): string => JSON.stringify(value).slice(0, 60);

describe("a literal at the edge of its limits", () => {
  test("is in the table of edges for every input that has rules", () => {
    const withRules = INPUT_NAMES.filter((name) => inputOf(name).rules.length > 0);
    expect(EDGES.map(({ input }) => input).sort()).toEqual([...withRules].sort());
  });

  test.each(EDGES)("is tested from both sides for $input", ({ accepted, rejected }) => {
    expect(accepted.length).toBeGreaterThanOrEqual(2);
    expect(rejected.length).toBeGreaterThanOrEqual(2);
  });

  test.each(
    inTypeScript.flatMap(({ input, accepted, with: others }) =>
      accepted.map((value) => [input, show(value), { ...others, [input]: value }] as const),
    ),
  )("is accepted: %s %s", (_input, _value, values) => {
    expect(() => {
      check(values);
    }).not.toThrow();
  });

  test.each(
    inTypeScript.flatMap(({ input, rejected, with: others }) =>
      rejected.map(([value, message]) => [input, show(value), { ...others, [input]: value }, message] as const),
    ),
  )("is rejected beyond: %s %s", (input, _value, values, message) => {
    expect(() => {
      check(values);
    }).toThrow(new Error(message(input)));
  });
});

describe("literals together", () => {
  test.each(combinationsInTypeScript)("may be $name", ({ inputs }) => {
    expect(() => {
      check(inputs);
    }).not.toThrow();
  });

  test.each(REJECTED_COMBINATIONS.filter(({ terraformOnly }) => terraformOnly !== true))(
    "may not be $name",
    ({ inputs, message }) => {
      expect(() => {
        check(inputs);
      }).toThrow(new Error(message((input) => input)));
    },
  );

  test("are rejected together, a line each", () => {
    expect(() =>
      firehose({ bufferingSizeMb: 65, retryDurationSeconds: -1, metricsStreamName: "kloudfuse-logs" }),
    ).toThrow(
      new Error(
        "bufferingSizeMb must be a whole number from 1 to 64, got 65. Firehose accepts no other buffering size for an HTTP endpoint.\n" +
          "retryDurationSeconds must be a whole number from 0 to 7200, got -1. 0 writes to the backup bucket after the first failure.\n" +
          'logsStreamName must not equal metricsStreamName, got "kloudfuse-logs" for both. Choose a different name for each stream.',
      ),
    );
  });
});

describe("what Terraform would evaluate", () => {
  test.each<[InputName, unknown]>([
    ["kloudfuseIngesterHost", "%{ if true }a%{ endif }"],
    ["roleName", "${var.x}"],
    ["accessKeySecretArn", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:${x}"],
    ["commonAttributes", { name: "${var.x}" }],
    ["commonAttributes", { "%{x}": "value" }],
    ["tags", { name: "$${escaped}" }],
  ])("is rejected in %s: %j", (input, value) => {
    expect(() => {
      check({ [input]: value });
    }).toThrow(
      new Error(`${input} must not contain \${ or %{, which Terraform would evaluate. Use a token for an expression.`),
    );
  });

  test("does not include a dollar, a percent sign or a brace of its own", () => {
    expect(() => firehose({ commonAttributes: { name: "$ { % { $x %y }" } })).not.toThrow();
  });
});

describe("an access key", () => {
  test.each([
    ["right", "s3cr3t"],
    ["too long", "s3cr3t".repeat(1000)],
    ["an expression", "${s3cr3t}"],
    ["empty", ""],
  ])("is rejected as a literal and not shown, where it is %s", (_what, accessKey) => {
    expect(() => firehose({ accessKey })).toThrow(new Error(LITERAL_KEY));
  });

  test("conflicts with a secret, whatever the key's variable holds", () => {
    inStack((stack) => {
      const accessKey = new TerraformVariable(stack, "key", { type: "string", sensitive: true }).stringValue;
      const accessKeySecretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:k-AbCdEf";
      const props = { kloudfuseIngesterHost: "kfuse.example.com", accessKey, accessKeySecretArn };
      expect(() => new KloudfuseFirehose(stack, "k", props)).toThrow(
        new Error(
          "accessKeySecretArn conflicts with accessKey, got both. " +
            "Remove accessKey to read the key from the secret.",
        ),
      );
    });
  });
});

test("the host is required", () => {
  expect(() => {
    check({ kloudfuseIngesterHost: undefined });
  }).toThrow(
    new Error(
      "kloudfuseIngesterHost is required. Use the host name only, such as kfuse.example.com; Firehose delivers to port 443.",
    ),
  );
});

test("a rejected literal leaves nothing behind, and its id can be used again", () => {
  inStack((stack) => {
    expect(() => new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: "" })).toThrow(/^kloudfuseIngesterHost /);
    expect(stack.node.tryFindChild("k")).toBeUndefined();
    expect(() => new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: "kfuse.example.com" })).not.toThrow();
  });
});

describe("a map with a token", () => {
  const make = (tags: (token: string) => Record<string, string>) => (): void => {
    inStack((stack) => {
      const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
      new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: "kfuse.example.com", tags: tags(text) });
    });
  };

  test("is left to Terraform", () => {
    expect(make((token) => ({ team: token, [token]: "platform" }))).not.toThrow();
    expect(make((token) => Token.asStringMap(token))).not.toThrow();
  });

  test("does not hide a literal beside the token", () => {
    expect(make((token) => ({ team: token, "aws:x": "y" }))).toThrow(
      new Error(
        'every name in tags must not begin with aws:, which AWS reserves, got "aws:x". Shorten, rename or remove tags.',
      ),
    );
  });
});
