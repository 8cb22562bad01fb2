import { readPlan, UnusablePlan } from "../../../policies/plan";

const HOW_TO = "Create it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

const plan = (more: object): string => JSON.stringify({ format_version: "1.2", planned_values: {}, ...more });

describe("the reader of plans", () => {
  test.each([
    ["text that is not JSON", "s3cr3t", `The input must be JSON, got text that is not. ${HOW_TO}`],
    [
      "JSON that is not a plan",
      "{}",
      `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`,
    ],
    [
      "a state",
      '{"format_version": "1.0", "values": {}}',
      `The input must be the JSON of a plan, got a state. ${HOW_TO}`,
    ],
    ["an empty state", '{"format_version": "1.0"}', `The input must be the JSON of a plan, got a state. ${HOW_TO}`],
    [
      "a state file",
      '{"version": 4, "serial": 1, "lineage": "x", "resources": []}',
      `The input must be the JSON of a plan, got a state. ${HOW_TO}`,
    ],
    [
      "the messages of terraform plan -json",
      '{"@level":"info","@message":"s3cr3t"}\n{"@level":"info"}\n',
      `The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`,
    ],
    [
      "one message of terraform plan -json",
      '{"@level":"info","@message":"s3cr3t"}',
      `The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`,
    ],
    ["several objects", "{}\n{}", `The input must be one JSON object, got several. ${HOW_TO}`],
    ["a list", "[]", `The input must be the JSON of a plan, got JSON that is not an object. ${HOW_TO}`],
    ["nothing", " \n", `The input must be the JSON of a plan, got nothing. ${HOW_TO}`],
    [
      "a plan that is cut off",
      plan({ resource_changes: [] }).slice(0, -1),
      `The input must be JSON, got text that is not. ${HOW_TO}`,
    ],
    [
      "a plan with a corrupt part",
      '{"format_version": "1.2", "planned_values": {}, "configuration": {s3cr3t}}',
      `The input must be JSON, got text that is not. ${HOW_TO}`,
    ],
    [
      "a binary plan file",
      "PK\u0003\u0004",
      "The input must be the JSON of a plan, got a binary plan file. Convert it with: terraform show -json plan.bin > plan.json",
    ],
    [
      "a newer format",
      '{"format_version": "2.0", "planned_values": {}}',
      'The plan\'s format_version must be 1.x, got "2.0". Use a newer kloudfuse-firehose, or an older Terraform.',
    ],
    [
      "changes that are something else",
      plan({ resource_changes: [{ address: "a" }] }),
      `The plan's resource_changes must be a list of changes, got something else. ${HOW_TO}`,
    ],
  ])("rejects %s", (_what, text, message) => {
    expect(() => readPlan(text)).toThrow(new UnusablePlan(message));
  });

  test.each([
    ["with a byte order mark", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["without one", (text: string) => Buffer.from(text, "utf16le")],
    ["big endian", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ])("names UTF-16 %s", (_, encode) => {
    expect(() => readPlan(encode(plan({})))).toThrow(
      new UnusablePlan(
        "The input must be UTF-8, got UTF-16, which > writes in Windows PowerShell. Use: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json",
      ),
    );
  });

  test("accepts UTF-8 with a byte order mark, and white space around", () => {
    const change = { address: "a.ü", mode: "managed", type: "a", change: { actions: ["create"] } };
    const text = `\uFEFF\n ${JSON.stringify(JSON.parse(plan({ resource_changes: [change] })), undefined, 2)}\n`;
    expect(readPlan(Buffer.from(text)).at("a.ü")?.type).toBe("a");
    expect(readPlan(text).at("a.ü")?.type).toBe("a");
  });

  test("accepts a plan without changes", () => {
    expect(readPlan(plan({})).resources).toEqual([]);
  });

  test("leaves data sources out", () => {
    const change = (mode: string): object => ({ address: "a.b", mode, type: "a", change: { actions: ["read"] } });
    expect(readPlan(plan({ resource_changes: [change("data"), change("managed")] })).resources).toHaveLength(1);
  });
});
