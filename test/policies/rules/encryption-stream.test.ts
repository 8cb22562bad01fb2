import { encryptionStream } from "../../../policies/rules/encryption-stream";
import { AFTER } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { checkGood, goodStream, STREAM } from "../../helpers/rule-plan";

const PATH = "server_side_encryption.0.enabled";

describe("KFF-ENC-001", () => {
  test("finds a stream without encryption", () => {
    expect(checkGood(encryptionStream, { stream: goodStream({ encryption: { enabled: false } }) })).toEqual([
      `finding ${STREAM}: ${PATH} is false | Set it to true.`,
    ]);
    expect(checkGood(encryptionStream, { stream: goodStream({ values: { server_side_encryption: [] } }) })).toEqual([
      `finding ${STREAM}: ${PATH} is not set | Set it to true.`,
    ]);
  });

  test("finds a block that is left out in a first plan", () => {
    const stream = goodStream(
      { values: { server_side_encryption: undefined } },
      { unknown: ["server_side_encryption"] },
    );
    expect(checkGood(encryptionStream, { stream })).toEqual([
      `finding ${STREAM}: ${PATH} is not set | Set it to true.`,
    ]);
  });

  test("says that it is not known", () => {
    const stream = goodStream({}, unknownAt(PATH, "var.enabled"));
    expect(checkGood(encryptionStream, { stream })).toEqual([
      `unknown ${STREAM}: ${PATH} is not known before the apply | ${AFTER}`,
    ]);
  });
});
