import { rejectMisspelledSettings } from "../modules/misspelled-settings";

describe("settings of the app", () => {
  test.each([
    {},
    { backend: "s3", backendBucket: "b", fleet: "fleet.json" },
    { excludeStackIdFromLogicalIds: "true", allowSepCharsInLogicalIds: "true", team: "x" },
    // Three edits from backendBucket, and two from fleet, which is short.
    { backndBukt: "x", flt: "x" },
  ])("may be %j in the context", (context) => {
    expect(() => {
      rejectMisspelledSettings(context, {});
    }).not.toThrow();
  });

  test.each([
    ["Backend", "backend"],
    ["bakend", "backend"],
    ["backendbucket", "backendBucket"],
    ["backendOrganisation", "backendOrganization"],
    ["backndBuket", "backendBucket"],
    ["flet", "fleet"],
    ["Fleet", "fleet"],
  ])("may not be %s in the context", (name, meant) => {
    expect(() => {
      rejectMisspelledSettings({ [name]: "x" }, {});
    }).toThrow(
      new Error(`The context of cdktf.json must have settings by their own names, got ${name}. Rename it to ${meant}.`),
    );
  });

  test("may be in the environment by their own names only", () => {
    const known = { KLOUDFUSE_FIREHOSE_BACKEND: "s3", KLOUDFUSE_FIREHOSE_FLEET: "f", KLOUDFUSE_ACCESS_KEY: "k" };
    expect(() => {
      rejectMisspelledSettings({}, known);
    }).not.toThrow();
    expect(() => {
      rejectMisspelledSettings({}, { KLOUDFUSE_FIREHOSE_BUCKET: "x" });
    }).toThrow(
      "KLOUDFUSE_FIREHOSE_BUCKET in the environment must be one of KLOUDFUSE_FIREHOSE_BACKEND, KLOUDFUSE_FIREHOSE_BACKEND_BUCKET, " +
        "KLOUDFUSE_FIREHOSE_BACKEND_KEY, KLOUDFUSE_FIREHOSE_BACKEND_REGION, KLOUDFUSE_FIREHOSE_BACKEND_ORGANIZATION, " +
        "KLOUDFUSE_FIREHOSE_BACKEND_WORKSPACE, KLOUDFUSE_FIREHOSE_BACKEND_HOSTNAME, KLOUDFUSE_FIREHOSE_FLEET. Rename or remove it.",
    );
  });
});
