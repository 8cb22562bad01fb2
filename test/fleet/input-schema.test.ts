import { inputSchemas } from "../../fleet/input-schema";

const PLACEHOLDER = { pattern: "\\{(account|region)\\}" };

let schemas: ReturnType<typeof inputSchemas> = {};

beforeAll(() => {
  schemas = inputSchemas();
});

describe("the schema of an input", () => {
  test("is there for each that is no secret", () => {
    expect(schemas).toHaveProperty("tags");
    expect(schemas).not.toHaveProperty("access_key");
  });

  test("has type, default, description and limits", () => {
    expect(schemas["buffering_size_mb"]).toEqual({
      description: "Buffering hint of both streams, in MiB: 1 to 64.",
      default: 4,
      type: ["number", "null"],
      allOf: [{ multipleOf: 1, minimum: 1, maximum: 64 }],
    });
  });

  test("that is required is never null", () => {
    expect(schemas["kloudfuse_ingester_host"]).toMatchObject({ type: "string" });
    expect(schemas["kloudfuse_ingester_host"]).not.toHaveProperty("default");
  });

  test("accepts a placeholder in the place of a pattern", () => {
    expect(schemas["role_path"]).toMatchObject({
      allOf: [{ anyOf: [PLACEHOLDER, { pattern: "^/([!-~]+/)?$" }] }, { anyOf: [PLACEHOLDER, { maxLength: 512 }] }],
    });
    expect(schemas["common_attributes"]).toMatchObject({
      allOf: [
        { maxProperties: 50 },
        { propertyNames: { pattern: "[^\\s\\p{Z}\\x0b]" } },
        { propertyNames: { maxLength: 256 } },
        { additionalProperties: { anyOf: [PLACEHOLDER, { maxLength: 1024 }] } },
      ],
    });
  });

  test("accepts null beside the values of a list", () => {
    expect(JSON.stringify(schemas["error_log_retention_days"])).toContain('"enum":[1,3,5,');
    expect(JSON.stringify(schemas["error_log_retention_days"])).toContain("3653,null]");
  });

  test("reaches into the objects of a list", () => {
    const text = JSON.stringify(schemas["metric_stream_statistics"]);
    expect(text).toContain('"statistics":{"minItems":1,"maxItems":20}');
    expect(text).toContain(
      '"namespace":{"anyOf":[{"pattern":"\\\\{(account|region)\\\\}"},{"pattern":"^[ -~]{0,255}$"}]}',
    );
  });
});
