import { parseInput } from "../../../policies/plan/input";
import { UnusablePlan } from "../../../policies/plan/unusable-plan";

const HOW_TO = "Create it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";
const NOT_JSON = `The input must be JSON, got text that is not. ${HOW_TO}`;
const NO_OBJECT = `The input must be the JSON of a plan, got JSON that is not an object. ${HOW_TO}`;
const NOTHING = `The input must be the JSON of a plan, got nothing. ${HOW_TO}`;
const SEVERAL = `The input must be one JSON object, got several. ${HOW_TO}`;
const MESSAGES = `The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`;
const STATE = `The input must be the JSON of a plan, got a state. ${HOW_TO}`;
const NO_PLAN = `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`;
const BINARY =
  "The input must be the JSON of a plan, got a binary plan file. Convert it with: terraform show -json plan.bin > plan.json";
const UTF_16 =
  "The input must be UTF-8, got UTF-16, which > writes in Windows PowerShell. Use: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json";

const plan = (more: object = {}): string => JSON.stringify({ format_version: "1.2", planned_values: {}, ...more });

describe("the JSON of a plan", () => {
  test("has its members, of a text and of a file", () => {
    const more = { configuration: { root_module: {} }, resource_changes: [{ address: "a.ü" }, {}], errored: false };
    const json = { format_version: "1.2", ...more };
    expect(parseInput(plan(more))).toEqual(json);
    expect(parseInput(Buffer.from(plan(more)))).toEqual(json);
  });

  test.each(["planned_values", "relevant_attributes", "output_changes", "checks"])(
    "leaves out %s, without parsing it",
    (name) => {
      expect(parseInput(plan({ [name]: { a: 1 } }))).toEqual({ format_version: "1.2" });
      expect(parseInput(plan({ [name]: "s3cr3t" }).replace('"s3cr3t"', "s3cr3t"))).toEqual({ format_version: "1.2" });
    },
  );

  test.each([
    ["lists", []],
    ["lists of lists", [[1, [2]], []]],
    ["texts", "x"],
    ["null", null],
    ["numbers", 1.5],
  ])("has %s as they are", (_, value) => {
    expect(parseInput(plan({ variables: value }))).toEqual({ format_version: "1.2", variables: value });
  });

  test("may have white space around, and a byte order mark", () => {
    const text = `\uFEFF\n ${JSON.stringify(JSON.parse(plan({ variables: { a: "ü" } })), undefined, 2)}\n`;
    expect(parseInput(text)).toEqual({ format_version: "1.2", variables: { a: "ü" } });
    expect(parseInput(Buffer.from(text))).toEqual({ format_version: "1.2", variables: { a: "ü" } });
  });

  test("has a message in a value, which is not one of Terraform's", () => {
    expect(parseInput(plan({ variables: { "@level": "info" } }))).toHaveProperty("variables");
  });
});

describe("what is no JSON of a plan", () => {
  test.each([
    ["text", "s3cr3t", NOT_JSON],
    ["text after an object", "{} s3cr3t", NOT_JSON],
    ["a plan that is cut off", plan().slice(0, -1), NOT_JSON],
    ["a member that is no JSON", plan().replace("{}", '{},"configuration":{s3cr3t}'), NOT_JSON],
    ["an element that is no JSON", plan().replace("{}", '{},"resource_changes":[{},s3cr3t]'), NOT_JSON],
    ["a list", "[]", NO_OBJECT],
    ["a number", "1", NO_OBJECT],
    ["a quoted text", '"s3cr3t"', NO_OBJECT],
    ["null", "null", NO_OBJECT],
    ["nothing", "", NOTHING],
    ["white space", " \r\n\t", NOTHING],
    ["a byte order mark", "\uFEFF", NOTHING],
    ["several objects", "{}\n{}", SEVERAL],
    ["several plans", `${plan()}\n${plan()}\n`, SEVERAL],
    ["several objects after an empty line", "\n\n{}\n{}", SEVERAL],
    ["several lists", "[]\n[]", NO_OBJECT],
  ])("is rejected: %s", (_, text, message) => {
    expect(() => parseInput(text)).toThrow(new UnusablePlan(message));
  });

  test.each([
    ["one message", '{"@level":"info","@message":"s3cr3t"}', MESSAGES],
    ["several messages", '{"@level":"info","@message":"s3cr3t"}\n{"@level":"info"}\n', MESSAGES],
    ["a message with the members of a plan", plan({ "@level": "info" }), MESSAGES],
    ["a state", '{"format_version": "1.0", "values": {}}', STATE],
    ["a state with the members of a plan", plan({ values: {} }), STATE],
    ["an empty state", '{"format_version": "1.0"}', STATE],
    ["a state file", '{"version": 4, "serial": 1, "lineage": "x", "resources": []}', STATE],
    ["an object without members", "{}", NO_PLAN],
    ["values alone", '{"values": {}}', NO_PLAN],
    ["one other member", '{"planned_values": {}}', NO_PLAN],
    ["a plan without planned values", '{"format_version": "1.2", "resource_changes": []}', NO_PLAN],
    ["a plan without a version", '{"planned_values": {}, "resource_changes": []}', NO_PLAN],
  ])("is rejected by what it is: %s", (_, text, message) => {
    expect(() => parseInput(text)).toThrow(new UnusablePlan(message));
  });
});

describe("the encoding of a plan", () => {
  test.each(["PK\u0003\u0004", "PK"])("is not that of a binary plan: %j", (text) => {
    expect(() => parseInput(text)).toThrow(new UnusablePlan(BINARY));
    expect(() => parseInput(Buffer.from(text))).toThrow(new UnusablePlan(BINARY));
  });

  test.each<[string, (text: string) => Buffer]>([
    ["with a byte order mark", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["without one", (text) => Buffer.from(text, "utf16le")],
    ["big endian", (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["big endian without a mark", (text) => Buffer.from(text, "utf16le").swap16()],
  ])("is not UTF-16 %s", (_, encode) => {
    expect(() => parseInput(encode(plan()))).toThrow(new UnusablePlan(UTF_16));
    expect(() => parseInput(encode(`\n${plan()}`))).toThrow(new UnusablePlan(UTF_16));
  });
});

describe("the version of a plan", () => {
  const withVersion = (format_version: unknown): string => JSON.stringify({ format_version, planned_values: {} });

  test.each(["1.0", "1.2", "1.99"])("may be %s", (version) => {
    expect(parseInput(withVersion(version))).toEqual({ format_version: version });
  });

  test.each(["0.2", "2.0", "10.0", "1", "", 1.2, null])("must not be %j", (version) => {
    expect(() => parseInput(withVersion(version))).toThrow(
      new UnusablePlan(
        `The plan's format_version must be 1.x, got ${JSON.stringify(version)}. Use a newer kloudfuse-firehose, or an older Terraform.`,
      ),
    );
  });
});
