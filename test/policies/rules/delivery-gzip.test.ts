import { deliveryGzip } from "../../../policies/rules/delivery-gzip";
import { AFTER } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const REQUEST = `${HTTP}.request_configuration.0.content_encoding`;
const FORMAT = `${BACKUP}.compression_format`;

describe("KFF-DEL-001", () => {
  test("finds requests without GZIP", () => {
    const stream = goodStream({ http: { request_configuration: [{ content_encoding: "NONE" }] } });
    expect(checkGood(deliveryGzip, { stream })).toEqual([`finding ${STREAM}: ${REQUEST} is "NONE" | Set it to GZIP.`]);
  });

  test("finds that request_configuration is missing", () => {
    const stream = goodStream({ http: { request_configuration: [] } });
    expect(checkGood(deliveryGzip, { stream })).toEqual([`finding ${STREAM}: ${REQUEST} is not set | Set it to GZIP.`]);
  });

  test("finds that request_configuration is missing in a first plan, where the provider fills it in", () => {
    const stream = goodStream(
      { http: { request_configuration: undefined } },
      { unknown: [`${HTTP}.request_configuration`] },
    );
    expect(checkGood(deliveryGzip, { stream })).toEqual([`finding ${STREAM}: ${REQUEST} is not set | Set it to GZIP.`]);
  });

  test("says that the encoding is not known", () => {
    const stream = goodStream({}, unknownAt(REQUEST, "var.encoding"));
    expect(checkGood(deliveryGzip, { stream })).toEqual([
      `unknown ${STREAM}: ${REQUEST} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("finds a backup without GZIP", () => {
    const stream = goodStream({ backup: { compression_format: "UNCOMPRESSED" } });
    expect(checkGood(deliveryGzip, { stream })).toEqual([
      `finding ${STREAM}: ${FORMAT} is "UNCOMPRESSED" | Set it to GZIP.`,
    ]);
  });

  test("says that the format is not known", () => {
    const stream = goodStream({}, unknownAt(FORMAT, "var.format"));
    expect(checkGood(deliveryGzip, { stream })).toEqual([
      `unknown ${STREAM}: ${FORMAT} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("quotes no sensitive value", () => {
    const stream = goodStream({ backup: { compression_format: "ZIP" } }, { sensitive: [FORMAT] });
    expect(checkGood(deliveryGzip, { stream })).toEqual([
      `finding ${STREAM}: ${FORMAT} is (sensitive value) | Set it to GZIP.`,
    ]);
  });
});
