import { type Input, INPUTS, variableName } from "../modules/inputs";
import { KloudfuseFirehoseModule } from "../modules";
import { COMBINATIONS } from "../modules/combinations";
import { synthesize } from "./helpers/synth";

const inputs: readonly (readonly [string, Input])[] = Object.entries(INPUTS);

describe("a variable", () => {
  const template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
  const validations = (name: string): unknown => template.variable(name, "validation") ?? [];

  test.each(inputs)("%s is validated by each of its rules and combinations", (input, { rules }) => {
    const combinations = COMBINATIONS.filter(({ inputs: [first] }) => first === input);
    const own = input === "accessKey" ? 0 : rules.length;
    const carried = input === "accessKeySecretArn" ? INPUTS.accessKey.rules.length : 0;
    expect(validations(variableName(input))).toHaveLength(own + carried + combinations.length);
  });

  test("that is a secret is validated on another one, because Terraform prints what its own validation refuses", () => {
    expect(template.variable("access_key", "validation")).toBeUndefined();
    expect(template.variable("access_key_secret_arn", "validation", 1)).toEqual({
      condition:
        '${var.access_key_secret_arn != null ? true : var.access_key == null ? true : can(regex("^[^\\\\s\\\\p{Z}\\\\x0b]*$", var.access_key))}',
      error_message:
        "access_key must have no white space, got a value that is not shown. Check that the key was copied whole and alone, or use a Secrets Manager secret.",
    });
  });

  test("that is required or has a default is validated as it is", () => {
    expect(validations("buffering_size_mb")).toEqual([
      {
        condition:
          "${var.buffering_size_mb >= 1 && var.buffering_size_mb <= 64 && floor(var.buffering_size_mb) == var.buffering_size_mb}",
        error_message:
          "buffering_size_mb must be a whole number from 1 to 64, got ${var.buffering_size_mb}. Firehose takes no other buffering size for an HTTP endpoint.",
      },
    ]);
  });

  test("that may be null is valid when it is, and its message can be evaluated all the same", () => {
    expect(validations("logs_buffering_interval_seconds")).toEqual([
      {
        condition:
          "${var.logs_buffering_interval_seconds == null ? true : var.logs_buffering_interval_seconds >= 15 && var.logs_buffering_interval_seconds <= 900 && floor(var.logs_buffering_interval_seconds) == var.logs_buffering_interval_seconds}",
        error_message:
          "logs_buffering_interval_seconds must be a whole number from 15 to 900, got ${(var.logs_buffering_interval_seconds == null ? 0 : var.logs_buffering_interval_seconds)}. Shorter intervals mean more requests to the ingester, longer ones older data.",
      },
    ]);
    expect(template.variable("kms_key_arn", "validation", 0)).toEqual({
      condition:
        '${var.kms_key_arn == null ? true : can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.kms_key_arn))}',
      error_message:
        'kms_key_arn must be the ARN of a KMS key, not of an alias, got "${(var.kms_key_arn == null ? "" : var.kms_key_arn)}". Give the key\'s own ARN: arn:aws:kms:<region>:<account>:key/<id>.',
    });
  });

  test("is held against the others that it cannot be combined with", () => {
    expect(template.variable("logs_stream_name", "validation", 1)).toEqual({
      condition: "${var.logs_stream_name != var.metrics_stream_name}",
      error_message:
        'logs_stream_name must not equal metrics_stream_name, got "${var.logs_stream_name}" for both. Give each stream a name of its own.',
    });
    expect(template.variable("role_arn", "validation", 2)).toEqual({
      condition: "${var.create_role || var.role_arn != null}",
      error_message: "role_arn must be given when create_role is false, got none. Give the ARN of the role to use.",
    });
  });

  test("that is a secret is not in any message", () => {
    const messages = inputs.flatMap(([input]) =>
      JSON.stringify(validations(variableName(input))).match(/"error_message":"(?:[^"\\]|\\.)*"/g),
    );
    expect(messages.filter((message) => message?.includes("access_key must"))).toHaveLength(2);
    expect(messages.filter((message) => /var\.access_key\b/.test(message ?? ""))).toEqual([]);
  });

  test("that is a map is quoted by the names at fault, never by its values", () => {
    expect(template.variable("common_attributes", "validation", 3, "error_message")).toBe(
      'common_attributes must in every value have at most 1024 characters, got "${join("\\", \\"", [for name, value in var.common_attributes : name if !(length(value) <= 1024)])}". Shorten, rename or remove these attributes.',
    );
  });
});
