import { readFileSync } from "node:fs";
import { join } from "node:path";
import { variableName } from "../../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REFUSED_COMBINATIONS } from "../helpers/edges";
import { Inputs } from "./helpers/inputs";
import { Json } from "./helpers/json";
import { PROJECT } from "./helpers/terraform";
import { requireTerraform } from "./helpers/tools";

jest.setTimeout(120_000);

const HOST = { kloudfuse_ingester_host: "kfuse.example.com" };
const FLAGS = ["create_role", "create_backup_bucket", "backup_force_destroy"];

/** What an input cannot be given without. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  roleArn: { create_role: false },
  backupBucketArn: { create_backup_bucket: false },
};

const variablesOf = (inputs: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputs).map(([input, value]: [string, unknown]) => [variableName(input), value]));

/** The edges of test/helpers/edges.ts, held against Terraform; the unit tests hold them against TypeScript. */
describe("Terraform, when it plans", () => {
  let inputs: Inputs;

  beforeAll(() => {
    requireTerraform(process.env);
    inputs = new Inputs();
  });

  afterAll(() => {
    inputs.remove();
  });

  describe.each(EDGES)("$input", ({ input, accepted, refused }) => {
    const name = variableName(input);
    const refusals = async (value: unknown): Promise<string[]> =>
      await inputs.refusals({ ...HOST, ...NEEDED[input], [name]: value });

    it("is accepted up to both edges of its limits", async () => {
      for (const value of accepted) {
        expect({ value, refusals: await refusals(value) }).toEqual({ value, refusals: [] });
      }
    });

    it("is refused beyond them, with the input, the rule, what was received and what to do", async () => {
      for (const [value, rest] of refused) {
        expect({ value, refusals: await refusals(value) }).toEqual({ value, refusals: [`${name} ${rest}`] });
      }
    });
  });

  it.each(ACCEPTED_COMBINATIONS)("accepts $name", async ({ inputs: given }) => {
    expect(await inputs.refusals({ ...HOST, ...variablesOf(given) })).toEqual([]);
  });

  it.each(REFUSED_COMBINATIONS)("refuses $name", async ({ inputs: given, message }) => {
    expect(await inputs.refusals({ ...HOST, ...variablesOf(given) })).toEqual([message(variableName)]);
  });

  it("refuses to go without the one input that is required", async () => {
    expect(await inputs.refusals({})).toEqual([
      expect.stringContaining('The root module input variable "kloudfuse_ingester_host" is not set'),
    ]);
  });

  it("has edges for every variable but the flags", () => {
    const file = readFileSync(join(PROJECT, "terraform/kloudfuse-firehose/variables.tf.json"), "utf8");
    const tested = [...EDGES.map(({ input }) => variableName(input)), ...FLAGS];
    expect(tested.sort()).toEqual(Json.parse(file).at("variable").keys.sort());
  });
});
