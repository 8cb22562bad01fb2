import { type Planned, UNKNOWN } from "../../../iam/unknown";
import { failedDataPrefix } from "../../../policies/buckets/failed-data";
import { findKloudfuse } from "../../../policies/kloudfuse";
import type { JsonObject } from "../../../iam/json";
import { planWith, streamChange } from "../../helpers/iam-plan";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";

describe("the prefix of failed data", () => {
  const BACKUP = "http_endpoint_configuration.0.s3_configuration.0";
  const prefixOf = (backup: JsonObject, more: Partial<PlannedChange> = {}): readonly [string, Planned<string>] => {
    const kloudfuse = findKloudfuse(planOf(planWith({ stream: streamChange({ backup }, more) })));
    const [stream] = kloudfuse.streams;
    if (stream === undefined) {
      throw new Error("the plan must have a stream to Kloudfuse");
    }
    const { path, prefix } = failedDataPrefix(kloudfuse, stream);
    return [path, prefix];
  };
  const error = `${BACKUP}.error_output_prefix`;

  test("is the error output prefix where there is one", () => {
    expect(prefixOf({ error_output_prefix: "errors/" })).toEqual([error, "errors/"]);
  });

  test("is the prefix where the error output prefix is none, empty or left out", () => {
    const expected = [`${BACKUP}.prefix`, "kloudfuse-logs-failures/"];
    expect(prefixOf({})).toEqual(expected);
    expect(prefixOf({ error_output_prefix: "" })).toEqual(expected);
    expect(prefixOf({}, { unknown: [error] })).toEqual(expected);
  });

  test("is not known where the error output prefix is not", () => {
    expect(prefixOf({}, unknownAt(error, "var.prefix"))).toEqual([error, UNKNOWN]);
  });

  test("is empty without a prefix", () => {
    expect(prefixOf({ prefix: undefined })).toEqual([`${BACKUP}.prefix`, ""]);
  });
});
