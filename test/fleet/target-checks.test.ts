import { variableName } from "../../modules/inputs";
import { ACCEPTED_COMBINATIONS, EDGES, REJECTED_COMBINATIONS } from "../../scripts/edge-cases";
import { FLEET_HOST, inputProblems, problemsOf } from "../helpers/fleet";

const ROLE = "arn:aws:iam::111122223333:role/telemetry";

describe("the inputs of a fleet", () => {
  test("need the host, once for all of them", () => {
    const message = "is required. Use the host name only, such as kfuse.example.com; Firehose delivers to port 443.";
    const regions = ["eu-west-1"];
    const accounts = [
      { id: "111122223333", regions },
      { id: "444455556666", regions },
    ];
    expect(problemsOf({ accounts })).toEqual([`defaults.inputs.kloudfuse_ingester_host ${message}`]);
    expect(problemsOf({ accounts: [{ ...accounts[0], inputs: FLEET_HOST }, accounts[1]] })).toEqual([
      `accounts[1].inputs.kloudfuse_ingester_host ${message}`,
    ]);
  });

  test("of the defaults are reported once, whatever the number of accounts and regions", () => {
    const defaults = { regions: ["eu-west-1", "eu-west-2"], inputs: { ...FLEET_HOST, buffering_size_mb: 65 } };
    expect(problemsOf({ defaults, accounts: [{ id: "111122223333" }, { id: "444455556666" }] })).toEqual([
      "defaults.inputs.buffering_size_mb must be a whole number from 1 to 64, got 65. Firehose accepts no other buffering size for an HTTP endpoint.",
    ]);
  });

  test("that conflict are named where each is set", () => {
    const file = {
      defaults: { regions: ["eu-west-1"], inputs: { ...FLEET_HOST, create_role: true } },
      accounts: [{ id: "111122223333", inputs: { role_arn: ROLE } }],
    };
    expect(problemsOf(file)).toEqual([
      `accounts[0].inputs.role_arn conflicts with defaults.inputs.create_role = true, got "${ROLE}". ` +
        "Set defaults.inputs.create_role to false to use that role, or remove accounts[0].inputs.role_arn.",
    ]);
  });

  test("are checked with the placeholders replaced", () => {
    expect(inputProblems({ ...FLEET_HOST, metrics_stream_name: "{region}", logs_stream_name: "eu-west-1" })).toEqual([
      'accounts[0].inputs.logs_stream_name must not equal accounts[0].inputs.metrics_stream_name, got "eu-west-1" for both. ' +
        "Choose a different name for each stream.",
    ]);
  });

  test("may be an existing role", () => {
    expect(inputProblems({ ...FLEET_HOST, create_role: false, role_arn: ROLE })).toEqual([]);
  });

  test("have no expressions of Terraform", () => {
    expect(inputProblems({ ...FLEET_HOST, role_path: "/${var.path}/" })).toEqual([
      "accounts[0].inputs.role_path must not contain ${ or %{, which Terraform would evaluate. Use a token for an expression.",
    ]);
  });
});

const PATH = "accounts[0].inputs";
const FLEET_EDGES = EDGES.filter(({ input }) => input !== "accessKey");
const isOfFleet = ({ inputs }: { readonly inputs: object }): boolean => !("accessKey" in inputs);
const variables = (inputs: object): object =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [variableName(name), value]));

/** The edges are of every partition and region: what location-checks.ts says of them is left out. */
const ruleProblemsOf = (inputs: object): string[] =>
  inputProblems({ ...FLEET_HOST, create_alarms: true, ...variables(inputs) }, { id: "123456789012" }).filter(
    (problem) => !/ must be in the (partition|streams' region|account)\b/.test(problem),
  );

describe.each(FLEET_EDGES)("$input in a fleet", ({ input, accepted, rejected, with: others }) => {
  test.each(accepted.map((value) => [value]))("accepts %j", (value) => {
    expect(ruleProblemsOf({ ...others, [input]: value })).toEqual([]);
  });

  // structure.ts reports null for a list.
  test.each(rejected.filter(([, message]) => !message(PATH).includes("must have a list")))(
    "rejects %j",
    (value, message) => {
      expect(ruleProblemsOf({ ...others, [input]: value })).toContain(message(`${PATH}.${variableName(input)}`));
    },
  );
});

describe("together in a fleet", () => {
  test.each(ACCEPTED_COMBINATIONS.filter(isOfFleet))("$name is accepted", ({ inputs }) => {
    expect(ruleProblemsOf(inputs)).toEqual([]);
  });

  test.each(REJECTED_COMBINATIONS.filter(isOfFleet))("$name is rejected", ({ inputs, message }) => {
    expect(ruleProblemsOf(inputs)).toEqual([message((name) => `${PATH}.${variableName(name)}`)]);
  });
});
