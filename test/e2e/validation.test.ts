import { readFileSync } from "node:fs";
import { join } from "node:path";
import { variableName } from "../../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REJECTED_COMBINATIONS } from "../../scripts/edge-cases";
import { Inputs } from "./helpers/inputs";
import { Json } from "./helpers/json";
import { PROJECT } from "./helpers/terraform";
import { requireTerraform } from "./helpers/tools";

jest.setTimeout(120_000);

const HOST = { kloudfuse_ingester_host: "kfuse.example.com" };
const FLAGS = [
  "create_metrics_stream",
  "create_logs_stream",
  "create_role",
  "create_role_policies",
  "create_backup_bucket",
  "backup_force_destroy",
  "create_metric_stream",
  "metric_stream_include_linked_accounts",
  "create_metric_stream_role",
  "subscribe_account",
  "create_alarms",
  "create_alarm_topic",
  "alarm_ok_actions",
  "create_dashboard",
];

const variablesOf = (inputs: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputs).map(([input, value]: [string, unknown]) => [variableName(input), value]));

/** The edges of scripts/edge-cases, tested with Terraform; the unit tests test them with TypeScript. */
describe("Terraform, when it plans", () => {
  let inputs: Inputs;

  beforeAll(() => {
    requireTerraform(process.env);
    inputs = new Inputs();
  });

  afterAll(() => {
    inputs.remove();
  });

  describe.each(EDGES)("$input", ({ input, accepted, rejected, with: others = {} }) => {
    const rejections = async (value: unknown): Promise<string[]> =>
      await inputs.rejections({ ...HOST, ...variablesOf(others), [variableName(input)]: value });

    it("is accepted up to both edges of its limits", async () => {
      for (const value of accepted) {
        expect({ value, rejections: await rejections(value) }).toEqual({ value, rejections: [] });
      }
    });

    it("is rejected beyond them, with the input, the rule, what was received and what to do", async () => {
      const name = variableName(input);
      for (const [value, message] of rejected) {
        expect({ value, rejections: await rejections(value) }).toEqual({ value, rejections: [message(name)] });
      }
    });
  });

  it.each(ACCEPTED_COMBINATIONS)("accepts $name", async ({ inputs: given }) => {
    expect(await inputs.rejections({ ...HOST, ...variablesOf(given) })).toEqual([]);
  });

  it.each(REJECTED_COMBINATIONS)("rejects $name", async ({ inputs: given, message }) => {
    expect(await inputs.rejections({ ...HOST, ...variablesOf(given) })).toEqual([message(variableName)]);
  });

  it("insists on the one input that is required", async () => {
    expect(await inputs.rejections({})).toEqual([
      expect.stringContaining('The root module input variable "kloudfuse_ingester_host" is not set'),
    ]);
  });

  it.each([
    ["tags", { team: "platform", stage: null }],
    ["common_attributes", { team: "platform", stage: null }],
    [
      "tags",
      { ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`name${index}`, "value"])), none: null },
    ],
  ])("accepts null values in %s", async (name, value) => {
    expect(await inputs.rejections({ ...HOST, [name]: value })).toEqual([]);
  });

  it.each([
    [
      "tags",
      { "aws:x": "y", stage: null },
      'every name in tags must not begin with aws:, which AWS reserves, got "aws:x".',
    ],
    ["common_attributes", { " ": "y", stage: null }, 'every name in common_attributes must not be blank, got " ".'],
  ])("still rejects the other entries of %s", async (name, value, message) => {
    expect(await inputs.rejections({ ...HOST, [name]: value })).toEqual([expect.stringContaining(message)]);
  });

  it("has edges for every variable but the flags", () => {
    const file = readFileSync(join(PROJECT, "terraform/kloudfuse-firehose/variables.tf.json"), "utf8");
    const tested = [...EDGES.map(({ input }) => variableName(input)), ...FLAGS];
    expect(tested.sort()).toEqual(Json.parse(file).at("variable").keys.sort());
  });
});
