import { deliveryErrorLogging } from "../../../policies/rules/delivery-error-logging";
import { AFTER } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const off = { cloudwatch_logging_options: [{ enabled: false }] };

describe("KFF-DEL-005", () => {
  test.each([
    ["the HTTP delivery", HTTP, { http: off }],
    ["the S3 backup", BACKUP, { backup: off }],
  ])("finds that errors of %s are not logged", (_, path, settings) => {
    expect(checkGood(deliveryErrorLogging, { stream: goodStream(settings) })).toEqual([
      `finding ${STREAM}: ${path}.cloudwatch_logging_options.0.enabled is false | Set it to true.`,
    ]);
  });

  test("finds that the block is missing in a first plan, where the provider fills it in", () => {
    const stream = goodStream(
      { backup: { cloudwatch_logging_options: undefined } },
      { unknown: [`${BACKUP}.cloudwatch_logging_options`] },
    );
    expect(checkGood(deliveryErrorLogging, { stream })).toEqual([
      `finding ${STREAM}: ${BACKUP}.cloudwatch_logging_options.0.enabled is not set | Set it to true.`,
    ]);
  });

  test("says that it is not known", () => {
    const path = `${HTTP}.cloudwatch_logging_options.0.enabled`;
    const stream = goodStream({}, unknownAt(path, "var.enabled"));
    expect(checkGood(deliveryErrorLogging, { stream })).toEqual([
      `unknown ${STREAM}: ${path} is not known before the apply | ${AFTER}`,
    ]);
  });
});
