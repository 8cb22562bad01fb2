import { sourceJson } from "../../../policies/rules/source-json";
import { AFTER, check } from "../../helpers/iam-plan";
import { METRIC_STREAM, METRICS, METRICS_ARN, metricStreamChange, planOfMetrics } from "../../helpers/source-plan";

const REMEDY = "Set output_format to json.";
const found = (...change: Parameters<typeof metricStreamChange>): string[] =>
  check(sourceJson, planOfMetrics(metricStreamChange(...change)));

describe("KFF-SRC-002", () => {
  test("accepts JSON", () => {
    expect(found()).toEqual([]);
  });

  test.each(["opentelemetry0.7", "opentelemetry1.0"])("finds %s", (format) => {
    expect(found({ output_format: format })).toEqual([
      `finding ${METRIC_STREAM}: output_format is "${format}" | ${REMEDY}`,
    ]);
  });

  test("says that the format is not known", () => {
    expect(found({}, { unknown: ["output_format"] })).toEqual([
      `unknown ${METRIC_STREAM}: output_format is not known before the apply | ${AFTER}`,
    ]);
  });

  test("follows the reference to the delivery stream", () => {
    const references = { firehose_arn: [`${METRICS}.arn`] };
    expect(found({ output_format: "opentelemetry1.0" }, { unknown: ["firehose_arn"], references })).toHaveLength(1);
  });

  test("ignores a metric stream to somewhere else", () => {
    const firehose = METRICS_ARN.replace("kloudfuse", "other");
    expect(found({ firehose_arn: firehose, output_format: "opentelemetry1.0" })).toEqual([]);
  });

  test("is undetermined where it is not known whether it feeds Kloudfuse", () => {
    const references = { firehose_arn: ["data.terraform_remote_state.x.outputs"] };
    expect(found({ output_format: "opentelemetry1.0" }, { unknown: ["firehose_arn"], references })).toEqual([
      `unknown ${METRIC_STREAM}: output_format is "opentelemetry1.0", which matters only if ${METRIC_STREAM} feeds a stream to Kloudfuse | ${REMEDY}`,
    ]);
    expect(found({}, { unknown: ["firehose_arn"], references })).toEqual([]);
  });
});
