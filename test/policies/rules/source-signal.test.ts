import { sourceSignal } from "../../../policies/rules/source-signal";
import type { JsonObject } from "../../../iam/json";
import { AFTER, check, STREAM_ARN } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import { goodStream, STREAM } from "../../helpers/rule-plan";
import {
  ACCOUNT_POLICY,
  accountDocument,
  accountPolicyChange,
  checkLogs,
  FILTER,
  filterChange,
  METRIC_STREAM,
  metricStreamChange,
  METRICS,
  METRICS_ARN,
  planOfMetrics,
} from "../../helpers/source-plan";

const metricsStream = goodStream({ signal: "metrics", address: METRICS, values: { arn: METRICS_ARN } });
const of = (...sources: readonly PlannedChange[]): string[] => checkLogs(sourceSignal, [metricsStream, ...sources]);
const feedsMetrics = (address: string): string =>
  `finding ${address}: it sends logs to ${METRICS}, which carries metrics | Send them to the logs stream.`;

describe("KFF-SRC-007, of a subscription filter", () => {
  test("accepts one of the logs stream, and one of a stream that is not Kloudfuse's", () => {
    expect(of(filterChange())).toEqual([]);
    expect(of(filterChange({ destination_arn: STREAM_ARN.replace("kloudfuse", "other") }))).toEqual([]);
  });

  test("finds one of the metrics stream, by ARN and by reference", () => {
    expect(of(filterChange({ destination_arn: METRICS_ARN }))).toEqual([feedsMetrics(FILTER)]);
    expect(of(filterChange({}, unknownAt("destination_arn", `${METRICS}.arn`)))).toEqual([feedsMetrics(FILTER)]);
  });

  test("says nothing of a destination that is not known: it may well be the logs stream", () => {
    expect(of(filterChange({}, unknownAt("destination_arn")))).toEqual([]);
  });

  test("is undetermined where it may feed either stream", () => {
    const references = { destination_arn: [`${METRICS}.arn`, `${STREAM}.arn`] };
    expect(of(filterChange({}, { unknown: ["destination_arn"], references }))).toEqual([
      `unknown ${FILTER}: whether it feeds the logs stream is not known before the apply | ${AFTER}`,
    ]);
  });
});

describe("KFF-SRC-007, of an account policy", () => {
  const document = (values: JsonObject): string[] =>
    of(accountPolicyChange({ policy_document: accountDocument(values) }));

  test("accepts one of the logs stream", () => {
    expect(document({})).toEqual([]);
  });

  test("finds one of the metrics stream", () => {
    expect(document({ DestinationArn: METRICS_ARN })).toEqual([feedsMetrics(ACCOUNT_POLICY)]);
  });
});

describe("KFF-SRC-007, of a metric stream", () => {
  test("accepts one of the metrics stream", () => {
    expect(check(sourceSignal, planOfMetrics())).toEqual([]);
  });

  test("finds one of the logs stream", () => {
    expect(of(metricStreamChange({ firehose_arn: STREAM_ARN }))).toEqual([
      `finding ${METRIC_STREAM}: it sends metrics to ${STREAM}, which carries logs | Send them to the metrics stream.`,
    ]);
  });
});
