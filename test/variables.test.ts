import { COMBINATIONS } from "../modules/combinations";
import { INPUT_NAMES, inputOf, variableName } from "../modules/inputs";
import { KloudfuseFirehoseModule, KloudfuseFirehoseStack } from "../modules";
import { synthesize, type Template } from "./helpers/synth";

describe("a variable", () => {
  let template: Template;

  beforeAll(() => {
    template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
  });
  const validations = (name: string): unknown => template.variable(name, "validation") ?? [];
  const message = (name: string, index: number): unknown =>
    template.variable(name, "validation", index, "error_message");

  test.each(INPUT_NAMES.filter((name) => !["kloudfuseIngesterHost", "accessKey"].includes(name)))(
    "%s is validated by each of its rules and of the combinations reported on it",
    (input) => {
      const combinations = COMBINATIONS.filter(({ reportedOn }) => reportedOn.some((report) => report.input === input));
      expect(validations(variableName(input))).toHaveLength(inputOf(input).rules.length + combinations.length);
    },
  );

  test("that is required carries what has no other variable that is sure to be set", () => {
    const messages = (template.variable("kloudfuse_ingester_host", "validation") as { error_message: string }[]).map(
      ({ error_message }) => error_message.split(" ").slice(0, 3).join(" "),
    );
    expect(messages).toEqual([
      "kloudfuse_ingester_host must be",
      "kloudfuse_ingester_host must have",
      "access_key must have",
      "access_key must have",
      "logs_stream_name must not",
      "role_arn conflicts with",
      "backup_bucket_arn conflicts with",
      "metric_stream_role_arn conflicts with",
    ]);
  });

  test("that is a secret is validated on another one, because Terraform prints what its own validation rejects", () => {
    expect(template.variable("access_key", "validation")).toBeUndefined();
    expect(template.variable("kloudfuse_ingester_host", "validation", 3)).toEqual({
      condition:
        '${var.kloudfuse_ingester_host == null ? true : var.access_key == null ? true : can(regex("^[^\\\\s\\\\p{Z}\\\\x0b]*$", var.access_key))}',
      error_message:
        "access_key must have no white space, got a value that is not shown. Check that the whole key was copied and nothing else, or use a Secrets Manager secret.",
    });
  });

  test("that has a default is validated as it is", () => {
    expect(validations("buffering_size_mb")).toEqual([
      {
        condition:
          "${var.buffering_size_mb >= 1 && var.buffering_size_mb <= 64 && floor(var.buffering_size_mb) == var.buffering_size_mb}",
        error_message:
          "buffering_size_mb must be a whole number from 1 to 64, got ${var.buffering_size_mb}. Firehose accepts no other buffering size for an HTTP endpoint.",
      },
    ]);
  });

  test("that may be null is valid when it is, and its message can be evaluated all the same", () => {
    expect(validations("logs_buffering_interval_seconds")).toEqual([
      {
        condition:
          "${var.logs_buffering_interval_seconds == null ? true : var.logs_buffering_interval_seconds >= 15 && var.logs_buffering_interval_seconds <= 900 && floor(var.logs_buffering_interval_seconds) == var.logs_buffering_interval_seconds}",
        error_message:
          "logs_buffering_interval_seconds must be a whole number from 15 to 900, got ${(var.logs_buffering_interval_seconds == null ? 0 : var.logs_buffering_interval_seconds)}. Shorter intervals cause more requests to the ingester, longer ones delay the data.",
      },
    ]);
    expect(template.variable("kms_key_arn", "validation", 0)).toEqual({
      condition:
        '${var.kms_key_arn == null ? true : can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.kms_key_arn))}',
      error_message:
        'kms_key_arn must be the ARN of a KMS key, not of an alias, got "${(var.kms_key_arn == null ? "" : var.kms_key_arn)}". Use the ARN of the key itself: arn:aws:kms:<region>:<account>:key/<id>.',
    });
  });

  test("is checked against those that it cannot be combined with, where the user wrote it", () => {
    expect(template.variable("create_role", "validation")).toEqual([
      {
        condition: "${var.create_role || var.role_arn != null}",
        error_message:
          "role_arn is required when create_role is false, got null. Set role_arn to the ARN of the role to use.",
      },
    ]);
    const names =
      'logs_stream_name must not equal metrics_stream_name, got "${var.logs_stream_name}" for both. Choose a different name for each stream.';
    expect(template.variable("logs_stream_name", "validation", 1)).toEqual({
      condition: '${var.logs_stream_name == "kloudfuse-logs" ? true : var.logs_stream_name != var.metrics_stream_name}',
      error_message: names,
    });
    expect(template.variable("kloudfuse_ingester_host", "validation", 4)).toEqual({
      condition:
        '${var.kloudfuse_ingester_host == null ? true : !(var.logs_stream_name == "kloudfuse-logs") ? true : var.logs_stream_name != var.metrics_stream_name}',
      error_message: names,
    });
  });

  test("that is a secret is not in any message", () => {
    const messages = INPUT_NAMES.flatMap((input) =>
      JSON.stringify(validations(variableName(input))).match(/"error_message":"(?:[^"\\]|\\.)*"/g),
    );
    expect(messages.filter((text) => text?.includes("access_key must"))).toHaveLength(2);
    expect(messages.filter((text) => /var\.access_key\b/.test(text ?? ""))).toEqual([]);
  });

  test("that is a map is quoted by the names at fault, never by its values", () => {
    expect(message("common_attributes", 3)).toBe(
      'every value in common_attributes must have at most 1024 characters, got an invalid value of "${join("\\", \\"", [for name, value in var.common_attributes : name if !(value == null ? true : length(value) <= 1024)])}". Shorten, rename or remove these attributes.',
    );
  });

  test("that is a map may have null values, which leave the entry out", () => {
    expect(template.variable("tags", "validation", 0, "condition")).toBe(
      "${length(var.tags) <= 50 ? true : length([for value in values(var.tags) : value if value != null]) <= 50}",
    );
    expect(template.variable("tags", "validation", 1, "condition")).toBe(
      '${alltrue([for name, value in var.tags : can(regex("^.", name)) ? true : value == null])}',
    );
  });
});

describe("a variable of the root stack that is required", () => {
  let template: Template;

  beforeAll(() => {
    template = synthesize((app) => new KloudfuseFirehoseStack(app, "kloudfuse-firehose"));
  });

  test("is null when it is not set, so that Terraform asks nobody, and fails with the three ways to set it", () => {
    expect(template.variable("kloudfuse_ingester_host", "default")).toBeNull();
    expect(template.variable("kloudfuse_ingester_host", "validation", 0)).toEqual({
      condition: "${var.kloudfuse_ingester_host != null}",
      error_message:
        "kloudfuse_ingester_host is required, got null. Set it with --var kloudfuse_ingester_host=<value>, " +
        "with TF_VAR_kloudfuse_ingester_host in the environment, or in a file with --var-file.",
    });
  });

  test("has no other fault when it is null", () => {
    expect(template.variable("kloudfuse_ingester_host", "validation", 1, "condition")).toMatch(
      /^\$\{var\.kloudfuse_ingester_host == null \? true : /,
    );
  });
});
