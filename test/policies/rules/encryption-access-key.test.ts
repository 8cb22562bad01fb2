import { encryptionAccessKey } from "../../../policies/rules/encryption-access-key";
import { AFTER } from "../../helpers/iam-plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

describe("KFF-ENC-003", () => {
  test("finds an access key, and does not show it", () => {
    expect(checkGood(encryptionAccessKey, { stream: goodStream({ http: { access_key: "s3cr3t" } }) })).toEqual([
      `finding ${STREAM}: access_key is set | Use secrets_manager_configuration instead.`,
    ]);
  });

  test.each(["", undefined])("accepts %j", (access_key) => {
    expect(checkGood(encryptionAccessKey, { stream: goodStream({ http: { access_key } }) })).toEqual([]);
  });

  test("says that the key is not known", () => {
    const stream = goodStream({}, { unknown: [`${HTTP}.access_key`] });
    expect(checkGood(encryptionAccessKey, { stream })).toEqual([
      `unknown ${STREAM}: access_key is not known before the apply | ${AFTER}`,
    ]);
  });
});
