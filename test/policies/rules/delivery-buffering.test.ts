import { deliveryBuffering } from "../../../policies/rules/delivery-buffering";
import { AFTER } from "../../helpers/iam-plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const TEXTS = {
  buffering_size: "be a whole number from 1 to 64",
  buffering_interval: "be a whole number from 15 to 900",
  retry_duration: "be a whole number from 0 to 7200",
};

describe("KFF-DEL-002", () => {
  test.each([
    ["buffering_size", 0],
    ["buffering_size", 65],
    ["buffering_interval", 14],
    ["buffering_interval", 901],
    ["retry_duration", -1],
    ["retry_duration", 7201],
  ] as const)("finds a %s of %d", (name, value) => {
    const stream = goodStream({ http: { [name]: value } });
    expect(checkGood(deliveryBuffering, { stream })).toEqual([
      `finding ${STREAM}: ${HTTP}.${name} is ${value} | ${name} must ${TEXTS[name]}.`,
    ]);
  });

  test.each([
    { buffering_size: 1, buffering_interval: 15, retry_duration: 0 },
    { buffering_size: 64, buffering_interval: 900, retry_duration: 7200 },
    { buffering_size: undefined, buffering_interval: undefined, retry_duration: undefined },
  ])("accepts %j", (http) => {
    expect(checkGood(deliveryBuffering, { stream: goodStream({ http }) })).toEqual([]);
  });

  test("says what is not known", () => {
    const stream = goodStream({}, { unknown: [`${HTTP}.retry_duration`] });
    expect(checkGood(deliveryBuffering, { stream })).toEqual([
      `unknown ${STREAM}: ${HTTP}.retry_duration is not known before the apply | ${AFTER}`,
    ]);
  });
});
