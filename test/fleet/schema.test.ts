import { Ajv, type ValidateFunction } from "ajv";
import { fleetSchema } from "../../fleet/schema";
import { variableName } from "../../modules/inputs";
import { EDGES } from "../../scripts/edge-cases";
import { FLEET_HOST } from "../helpers/fleet";

let validate: ValidateFunction;

beforeAll(() => {
  validate = new Ajv({ strictTypes: false, allowUnionTypes: true }).compile(fleetSchema());
});

const isValid = (inputs: object): boolean =>
  validate({ accounts: [{ id: "111122223333", regions: ["eu-west-1"], inputs: { ...FLEET_HOST, ...inputs } }] });

/** What a JSON schema cannot say, and the reader checks. */
const BEYOND_SCHEMA = [
  "not contain a log group name more than once",
  "have names that differ",
  "have at most 1000 namespaces",
  "have at most 100 entries",
];

describe("the JSON schema of a fleet file", () => {
  test("accepts a schema's own name, and a fleet that uses all of it", () => {
    const shared = { assume_role: "arn:aws:iam::{account}:role/a", external_id: "{account}", regions: ["eu-west-1"] };
    const state = { s3: { bucket: "states", region: "eu-west-1", key: "{account}/{region}" } };
    const accounts = [{ id: "111122223333", ...shared, inputs: { tags: { account: "{account}", none: null } } }];
    expect(validate({ $schema: "fleet.schema.json", state, defaults: { ...shared, inputs: {} }, accounts })).toBe(true);
    const hcp = { organization: "acme", workspace: "{account}-{region}", hostname: "tfe.example.com" };
    expect(validate({ state: { hcp }, accounts })).toBe(true);
  });

  test.each([
    {},
    { accounts: [] },
    { accounts: [{ id: "1" }] },
    { accounts: [{ id: "111122223333", regions: ["eu-west-1", "eu-west-1"] }] },
    { accounts: [{ id: "111122223333", regions: [] }] },
    { accounts: [{ id: "111122223333", external_id: "a" }] },
    { accounts: [{ id: "111122223333" }], state: {} },
    { accounts: [{ id: "111122223333" }], other: 1 },
  ])("rejects %j", (file) => {
    expect(validate(file)).toBe(false);
  });

  test("has no secret", () => {
    expect(isValid({ access_key: "key" })).toBe(false);
  });
});

describe.each(EDGES.filter(({ input }) => input !== "accessKey"))("the schema of $input", ({ input, ...edges }) => {
  const name = (): string => variableName(input);

  test("accepts what the rules accept", () => {
    expect(edges.accepted.filter((value) => !isValid({ [name()]: value }))).toEqual([]);
  });

  test("rejects what the rules reject, as far as a schema can", () => {
    const accepted = edges.rejected
      .filter(([, message]) => !BEYOND_SCHEMA.some((rule) => message(name()).startsWith(`${name()} must ${rule}`)))
      .filter(([value]) => isValid({ [name()]: value }));
    expect(accepted).toEqual([]);
  });
});
