import { fleetFileOf } from "../../fleet/file";
import { type MergedAccount, mergedAccounts } from "../../fleet/merge";

const merged = (defaults: object, account: object): MergedAccount | undefined =>
  mergedAccounts(fleetFileOf({ defaults, accounts: [{ id: "1" }, { id: "2", ...account }] })).at(1);

describe("an account", () => {
  test("takes each default that it does not set", () => {
    const defaults = {
      assume_role: "{account}",
      external_id: "x",
      regions: ["a"],
      inputs: { one: 1, two: "{account}" },
    };
    expect(merged(defaults, {})?.account).toEqual({
      id: "2",
      assumeRole: "2",
      externalId: "x",
      regions: ["a"],
      inputs: { one: 1, two: "2" },
    });
    expect(
      merged(defaults, { assume_role: "r", external_id: "y", regions: ["b"], inputs: { two: "t", three: 3 } })?.account,
    ).toEqual({ id: "2", assumeRole: "r", externalId: "y", regions: ["b"], inputs: { one: 1, two: "t", three: 3 } });
  });

  test("has nothing that neither sets", () => {
    expect(merged({}, {})?.account).toEqual({ id: "2", regions: [], inputs: {} });
  });

  test("takes back a default with null, and replaces a map as a whole", () => {
    const { inputs } = merged(
      { inputs: { one: 1, tags: { a: "1" } } },
      { inputs: { one: null, tags: { b: "2", c: null } } },
    )?.account ?? { inputs: undefined };
    expect(inputs).toEqual({ tags: { b: "2" } });
  });

  test("keeps the region's placeholder, and lists as they are", () => {
    expect(merged({}, { inputs: { list: ["{account}-{region}"] } })?.account.inputs).toEqual({ list: ["2-{region}"] });
  });

  test("knows where each value is in the file", () => {
    const account = merged(
      { assume_role: "d", regions: ["a"], inputs: { one: 1, two: 1 } },
      { assume_role: "r", inputs: { two: 2 } },
    );
    expect([
      account?.path,
      account?.settingPath("regions"),
      account?.settingPath("assume_role"),
      account?.settingPath("external_id"),
      account?.inputPath("one"),
      account?.inputPath("two"),
      account?.inputPath("three"),
    ]).toEqual([
      "accounts[1]",
      "defaults.regions",
      "accounts[1].assume_role",
      "accounts[1].external_id",
      "defaults.inputs.one",
      "accounts[1].inputs.two",
      "accounts[1].inputs.three",
    ]);
  });
});
