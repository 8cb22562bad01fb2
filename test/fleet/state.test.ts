import { FLEET_HOST, fleetOf, problemsOf } from "../helpers/fleet";

const TWO = {
  defaults: { regions: ["eu-west-1", "eu-west-2"], inputs: FLEET_HOST },
  accounts: [{ id: "111122223333" }],
};
const ONE = { ...TWO, defaults: { ...TWO.defaults, regions: ["eu-west-1"] } };
const S3 = { bucket: "states", region: "eu-west-1", key: "{account}/{region}.tfstate" };
const HCP = { organization: "acme", workspace: "kloudfuse-{account}-{region}" };

describe("the state of a fleet", () => {
  test("is in local files where nothing is said", () => {
    expect(fleetOf(TWO)).not.toHaveProperty("state");
  });

  test("is in S3 or in HCP Terraform", () => {
    expect(fleetOf({ ...TWO, state: { s3: S3 } }).state).toEqual({ type: "s3", ...S3 });
    expect(fleetOf({ ...TWO, state: { hcp: HCP } }).state).toEqual({ type: "cloud", ...HCP, hostname: undefined });
    expect(fleetOf({ ...TWO, state: { hcp: { ...HCP, hostname: "tfe.example.com" } } }).state).toEqual({
      type: "cloud",
      ...HCP,
      hostname: "tfe.example.com",
    });
  });

  test("is not shared by two stacks", () => {
    expect(problemsOf({ ...TWO, state: { s3: { ...S3, key: "{region}.tfstate" } } })).toEqual([
      'state.s3.key must contain {account} and {region}, got "{region}.tfstate". Add {account}: two stacks would share a state.',
    ]);
    expect(problemsOf({ ...TWO, state: { hcp: { ...HCP, workspace: "kloudfuse" } } })).toEqual([
      'state.hcp.workspace must contain {account} and {region}, got "kloudfuse". Add {account} and {region}: two stacks would share a state.',
    ]);
  });

  test("of one stack needs no placeholders", () => {
    expect(problemsOf({ ...ONE, state: { s3: { ...S3, key: "kloudfuse.tfstate" } } })).toEqual([]);
  });

  test("has names that its backend accepts", () => {
    expect(problemsOf({ ...ONE, state: { s3: { bucket: "My", region: "eu", key: "/{team}" } } })).toEqual([
      'state.s3.bucket must be 3 to 63 of the characters a-z 0-9 . - and begin and end with a letter or digit, got "My". Correct it.',
      'state.s3.region must be the code of an AWS region, such as eu-west-1, got "eu". Correct it.',
      "state.s3.key must contain only the placeholders {account} and {region}, got {team}. Correct it.",
      'state.s3.key must not begin or end with / and contain only printable ASCII characters without spaces, got "/{team}". Correct it.',
    ]);
    const hcp = { organization: "a b", workspace: `${"w".repeat(69)}-{account}-{region}`, hostname: "https://a" };
    expect(problemsOf({ ...ONE, state: { hcp } })).toEqual([
      'state.hcp.organization must contain only letters, digits and _ -, got "a b". Correct it.',
      "state.hcp.workspace must have at most 90 characters, got 92 characters. Correct it.",
      'state.hcp.hostname must be a DNS name or an IPv4 address, without scheme, port, path or placeholder, got "https://a". Correct it.',
    ]);
  });
});
