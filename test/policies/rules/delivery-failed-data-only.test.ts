import { deliveryFailedDataOnly } from "../../../policies/rules/delivery-failed-data-only";
import { AFTER } from "../../helpers/iam-plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const PATH = `${HTTP}.s3_backup_mode`;

describe("KFF-DEL-003", () => {
  test("finds that all data is backed up", () => {
    const stream = goodStream({ http: { s3_backup_mode: "AllData" } });
    expect(checkGood(deliveryFailedDataOnly, { stream })).toEqual([
      `finding ${STREAM}: ${PATH} is "AllData" | Set it to FailedDataOnly.`,
    ]);
  });

  test("accepts Firehose's default", () => {
    const stream = goodStream({ http: { s3_backup_mode: undefined } });
    expect(checkGood(deliveryFailedDataOnly, { stream })).toEqual([]);
  });

  test("says that the mode is not known", () => {
    const stream = goodStream({}, { unknown: [PATH] });
    expect(checkGood(deliveryFailedDataOnly, { stream })).toEqual([
      `unknown ${STREAM}: ${PATH} is not known before the apply | ${AFTER}`,
    ]);
  });
});
