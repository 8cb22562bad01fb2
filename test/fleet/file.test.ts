import { fleetFileOf } from "../../fleet/file";

const NOTHING = { assumeRole: undefined, externalId: undefined, regions: undefined, inputs: {} };

test("a fleet file is read part by part", () => {
  const s3 = { bucket: "b" };
  const entry = { assume_role: "r", external_id: "e", regions: ["a"], inputs: { one: 1 } };
  const settings = { assumeRole: "r", externalId: "e", regions: ["a"], inputs: { one: 1 } };
  expect(fleetFileOf({ state: { s3 }, defaults: entry, accounts: [{ id: "1", ...entry }, { id: "2" }] })).toEqual({
    s3,
    hcp: undefined,
    defaults: settings,
    accounts: [
      { id: "1", ...settings },
      { id: "2", ...NOTHING },
    ],
  });
});

test("what a fleet file leaves out is undefined", () => {
  expect(fleetFileOf({ state: { hcp: {} }, accounts: [] })).toEqual({
    s3: undefined,
    hcp: {},
    defaults: NOTHING,
    accounts: [],
  });
});
