import { UndeterminedError } from "../../../cli/exit-codes";
import { keyOutcomes } from "../../../cli/verify/key";
import { LOCATION } from "../../helpers/account";
import { outcomeLine } from "../../helpers/outcomes";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";

describe("a key", () => {
  test("has no check where AWS manages it", () => {
    expect(
      keyOutcomes({ name: "alias/aws/s3", arn: undefined, state: undefined, policy: "notRead" }, LOCATION),
    ).toEqual([]);
  });

  test("does not exist", () => {
    expect(
      keyOutcomes({ name: "alias/backup", arn: undefined, state: undefined, policy: undefined }, LOCATION),
    ).toEqual([
      {
        name: "key",
        verdict: "problem",
        found: "alias/backup does not exist",
        remedy: "Configure another key: nothing can be encrypted with this one.",
      },
    ]);
  });

  test("is undetermined where its policy cannot be read, and names the permission", () => {
    const denied = new UndeterminedError(
      "AWS denied kms:GetKeyPolicy. Grant it to the user or role that runs this command.",
    );
    expect(keyOutcomes({ name: KEY, arn: KEY, state: "Enabled", policy: denied }, LOCATION)).toEqual([
      { name: "key state", verdict: "ok", found: "Enabled", remedy: "" },
      {
        name: "key policy",
        verdict: "unknown",
        found: "AWS denied kms:GetKeyPolicy.",
        remedy: "Grant it to the user or role that runs this command.",
      },
    ]);
  });

  test("is undetermined once where neither its state nor its policy can be read for one reason", () => {
    const denied = new UndeterminedError("AWS denied kms:DescribeKey.");
    const checks = keyOutcomes({ name: "alias/backup", arn: undefined, state: denied, policy: denied }, LOCATION);
    expect(checks.map(({ name, verdict }) => [name, verdict])).toEqual([["key policy", "unknown"]]);
  });

  test("is undetermined where its state cannot be read, and its policy can", () => {
    const denied = new UndeterminedError("AWS denied kms:DescribeKey.");
    expect(keyOutcomes({ name: KEY, arn: KEY, state: denied, policy: [] }, LOCATION).map(outcomeLine)).toEqual([
      "unknown key state: AWS denied kms:DescribeKey.",
      "ok key policy: none",
    ]);
  });

  test.each(["Enabled", "Updating"])("can be used in the state %s", (state) => {
    expect(keyOutcomes({ name: KEY, arn: KEY, state, policy: [] }, LOCATION)[0]).toEqual({
      name: "key state",
      verdict: "ok",
      found: state,
      remedy: "",
    });
  });

  test.each([
    ["Disabled", `Enable it: aws kms enable-key --key-id ${KEY}.`],
    [
      "PendingDeletion",
      `Cancel the deletion, then enable it: aws kms cancel-key-deletion --key-id ${KEY} && aws kms enable-key --key-id ${KEY}.`,
    ],
    ["PendingReplicaDeletion", "Configure another key: its deletion follows that of its replicas."],
    ["PendingImport", "Import its key material again."],
    ["Unavailable", "Connect its custom key store again."],
  ])("cannot be used in the state %s", (state, remedy) => {
    expect(keyOutcomes({ name: KEY, arn: KEY, state, policy: [] }, LOCATION)[0]).toEqual({
      name: "key state",
      verdict: "problem",
      found: `${state}: nothing can be encrypted or decrypted with it`,
      remedy,
    });
  });

  test("is undetermined in a state that AWS does not document", () => {
    expect(keyOutcomes({ name: KEY, arn: KEY, state: "Sleeping", policy: [] }, LOCATION)[0]).toEqual({
      name: "key state",
      verdict: "unknown",
      found: "Sleeping: whether it can be used is not documented",
      remedy: "Look at the key in the KMS console.",
    });
  });
});
