import { sourceMetricStreamRole } from "../../../policies/rules/source-metric-stream-role";
import type { JsonObject } from "../../../iam/json";
import { AFTER, check, document, ELSEWHERE, TRUSTS_FIREHOSE } from "../../helpers/iam-plan";
import { ACCOUNT, unknownAt } from "../../helpers/plan";
import {
  METRIC_ROLE,
  METRIC_ROLE_ARN,
  METRIC_STREAM,
  metricRoleChange,
  metricStreamChange,
  planOfMetrics,
  trustsMetricStreams,
} from "../../helpers/source-plan";

const SERVICE = "streams.metrics.cloudwatch.amazonaws.com";
const ALONE = `Trust only ${SERVICE}, in a separate role.`;
const TRUST_IT = `Trust ${SERVICE}, with the condition StringEquals aws:SourceAccount of this account.`;
const REQUIRE = "Require StringEquals aws:SourceAccount of this account only.";

const ofRole = (...role: Parameters<typeof metricRoleChange>): string[] =>
  check(sourceMetricStreamRole, planOfMetrics(metricStreamChange(), metricRoleChange(...role)));
const trusts = (...statements: readonly JsonObject[]): string[] =>
  ofRole({ assume_role_policy: document(...statements) });

describe("KFF-SRC-001", () => {
  test("accepts CloudWatch metric streams on behalf of this account", () => {
    expect(ofRole()).toEqual([]);
  });

  test("finds a service or principal beside it", () => {
    expect(trusts(trustsMetricStreams(), TRUSTS_FIREHOSE)).toEqual([
      `finding ${METRIC_ROLE}: Service:firehose.amazonaws.com can assume the role | ${ALONE}`,
    ]);
    expect(trusts(trustsMetricStreams({ Principal: "*", Condition: {} }))).toEqual([
      `finding ${METRIC_ROLE}: everybody (*) can assume the role | ${ALONE}`,
    ]);
    expect(
      trusts(
        trustsMetricStreams(),
        trustsMetricStreams({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Condition: {} }),
      ),
    ).toEqual([`finding ${METRIC_ROLE}: AWS:arn:aws:iam::${ACCOUNT}:root can assume the role | ${ALONE}`]);
  });

  test("finds that the service cannot assume it", () => {
    const cannot = `finding ${METRIC_ROLE}: ${SERVICE} cannot assume the role on behalf of this account`;
    expect(trusts()).toEqual([`${cannot} | ${TRUST_IT}`]);
    expect(trusts(trustsMetricStreams({ Effect: "Deny", Condition: {} }), trustsMetricStreams())).toEqual([
      `${cannot} | Exclude ${SERVICE} from the Deny.`,
    ]);
    expect(trusts(trustsMetricStreams({ Principal: { Service: "cloudwatch.amazonaws.com" } }))).toContain(
      `${cannot} | ${TRUST_IT}`,
    );
  });

  test("finds the confused deputy", () => {
    expect(trusts(trustsMetricStreams({ Condition: {} }))).toEqual([
      `finding ${METRIC_ROLE}: Service:${SERVICE} can assume the role on behalf of any account | ${REQUIRE}`,
    ]);
    const two = { StringEquals: { "aws:SourceAccount": [ACCOUNT, "210987654321"] } };
    expect(trusts(trustsMetricStreams({ Condition: two }))).toEqual([
      `finding ${METRIC_ROLE}: Service:${SERVICE} can assume the role on behalf of the account 210987654321 | ${REQUIRE}`,
    ]);
    const ifExists = { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } };
    expect(trusts(trustsMetricStreams({ Condition: ifExists }))).toEqual([
      `finding ${METRIC_ROLE}: Service:${SERVICE} can assume the role without a source account: the condition passes if its key is absent | ${REQUIRE}`,
    ]);
  });

  test("is undetermined by a condition of which AWS documents nothing", () => {
    const Condition = {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*" },
    };
    expect(trusts(trustsMetricStreams({ Condition }))).toEqual([
      `unknown ${METRIC_ROLE}: whether ${SERVICE} can assume the role on behalf of this account depends on ArnLike aws:SourceArn | ${AFTER}`,
    ]);
  });

  test("finds what is no policy document", () => {
    expect(ofRole({ assume_role_policy: "{" })).toEqual([
      expect.stringMatching(/^finding .* assume_role_policy is not a policy document: .* \| Correct the document\.$/),
    ]);
  });

  test("says that the trust policy is not known", () => {
    expect(ofRole({}, unknownAt("assume_role_policy", "local.x"))).toEqual([
      `unknown ${METRIC_ROLE}: assume_role_policy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the role is not in the plan, or not known", () => {
    const without = (...metricStream: Parameters<typeof metricStreamChange>): string[] =>
      check(
        sourceMetricStreamRole,
        planOfMetrics(
          metricStreamChange(...metricStream),
          metricRoleChange({ arn: "arn:aws:iam::1:role/x", name: "x" }),
        ),
      );
    expect(without()).toEqual([
      `unknown ${METRIC_STREAM}: the plan does not have the role ${METRIC_ROLE_ARN}: who can assume it is undetermined | ${ELSEWHERE}`,
    ]);
    expect(without({}, unknownAt("role_arn"))).toEqual([
      `unknown ${METRIC_STREAM}: role_arn is not known before the apply: who can assume it is undetermined | ${AFTER}`,
    ]);
    expect(without({ role_arn: undefined })).toEqual([]);
  });

  test("follows the reference to the role", () => {
    const metricStream = metricStreamChange({}, unknownAt("role_arn", `${METRIC_ROLE}.arn`));
    const role = metricRoleChange({ assume_role_policy: document() }, { unknown: ["arn"] });
    expect(check(sourceMetricStreamRole, planOfMetrics(metricStream, role))).toHaveLength(1);
  });

  test("is undetermined where it is not known whether the metric stream feeds Kloudfuse", () => {
    const metricStream = metricStreamChange({}, unknownAt("firehose_arn"));
    const role = metricRoleChange({ assume_role_policy: document() });
    expect(check(sourceMetricStreamRole, planOfMetrics(metricStream, role))).toEqual([
      `unknown ${METRIC_ROLE}: ${SERVICE} cannot assume the role on behalf of this account, which matters only if ${METRIC_STREAM} feeds a stream to Kloudfuse | ${TRUST_IT}`,
    ]);
    const certain = { ...metricStreamChange(), address: `${METRIC_STREAM}2` };
    expect(check(sourceMetricStreamRole, planOfMetrics(metricStream, role, [certain]))).toEqual([
      `finding ${METRIC_ROLE}: ${SERVICE} cannot assume the role on behalf of this account | ${TRUST_IT}`,
    ]);
  });
});
