import { findKloudfuse } from "../../../policies/kloudfuse";
import { deletedSources } from "../../../policies/sources/deleted-sources";
import { ACCOUNT_POLICY, FILTER, METRIC_STREAM, type SourceType } from "../../../policies/sources/sources";
import { STREAM_ARN } from "../../helpers/iam-plan";
import { type PlannedChange, planOf } from "../../helpers/plan";
import { goodPlan, goodStream } from "../../helpers/rule-plan";
import { accountPolicyChange, filterChange, metricStreamChange, METRICS, METRICS_ARN } from "../../helpers/source-plan";

const DESTROY = { actions: ["delete"] };
const EXISTING = goodStream({ values: { arn: STREAM_ARN } }, { actions: ["no-op"] });
const METRICS_STREAM = goodStream(
  { signal: "metrics", address: METRICS, values: { arn: METRICS_ARN } },
  { actions: ["no-op"] },
);
const GONE = goodStream({ values: { arn: STREAM_ARN } }, DESTROY);

const deleted = (type: SourceType, changes: readonly PlannedChange[]): string[] =>
  deletedSources(findKloudfuse(planOf(changes)), type).map(({ address }) => address);

describe("the sources that a plan deletes", () => {
  test("are those of their type to a stream to Kloudfuse", () => {
    const changes = goodPlan({ stream: EXISTING }, [filterChange({}, DESTROY), accountPolicyChange({}, DESTROY)]);
    expect(deleted(FILTER, changes)).toEqual(["aws_cloudwatch_log_subscription_filter.api"]);
    expect(deleted(ACCOUNT_POLICY, changes)).toEqual(["aws_cloudwatch_log_account_policy.account"]);
    expect(deleted(METRIC_STREAM, changes)).toEqual([]);
    expect(deleted(METRIC_STREAM, goodPlan({ stream: METRICS_STREAM }, [metricStreamChange({}, DESTROY)]))).toEqual([
      "aws_cloudwatch_metric_stream.metrics",
    ]);
  });

  test("include those whose stream is deleted too", () => {
    expect(deleted(FILTER, goodPlan({ stream: GONE }, [filterChange({}, DESTROY)]))).toHaveLength(1);
  });

  test.each([["create"], ["update"], ["no-op"]])("do not include one with the action %s", (action) => {
    expect(deleted(FILTER, goodPlan({ stream: EXISTING }, [filterChange({}, { actions: [action] })]))).toEqual([]);
  });

  test("do not include one without a destination, or to another stream", () => {
    for (const destination_arn of [undefined, `${STREAM_ARN}-other`]) {
      expect(deleted(FILTER, goodPlan({ stream: EXISTING }, [filterChange({ destination_arn }, DESTROY)]))).toEqual([]);
    }
  });
});
