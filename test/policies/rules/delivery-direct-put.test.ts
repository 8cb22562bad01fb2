import { deliveryDirectPut } from "../../../policies/rules/delivery-direct-put";
import { AFTER } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { checkGood, goodStream, STREAM } from "../../helpers/rule-plan";

describe("KFF-DEL-008", () => {
  test.each([
    ["kinesis_source_configuration", "a Kinesis data stream"],
    ["msk_source_configuration", "an MSK topic"],
  ])("finds a %s", (block, source) => {
    const stream = goodStream({ values: { [block]: [{ role_arn: "x" }] } });
    expect(checkGood(deliveryDirectPut, { stream })).toEqual([
      `finding ${STREAM}: its source is ${source} | Remove ${block}.`,
    ]);
  });

  test("accepts that both are empty", () => {
    const stream = goodStream({ values: { kinesis_source_configuration: [], msk_source_configuration: [] } });
    expect(checkGood(deliveryDirectPut, { stream })).toEqual([]);
  });

  test("says that a source is not known", () => {
    const block = "kinesis_source_configuration";
    const stream = goodStream({}, unknownAt(block, "var.source"));
    expect(checkGood(deliveryDirectPut, { stream })).toEqual([
      `unknown ${STREAM}: ${block} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("does not take a block that is left out for a source", () => {
    const stream = goodStream({}, { unknown: ["msk_source_configuration"] });
    expect(checkGood(deliveryDirectPut, { stream })).toEqual([]);
  });
});
