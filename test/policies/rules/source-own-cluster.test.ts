import { sourceOwnCluster } from "../../../policies/rules/source-own-cluster";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import type { JsonObject } from "../../../iam/json";
import { AFTER, change, LOG_GROUP, REGION } from "../../helpers/iam-plan";
import {
  ACCOUNT_POLICY,
  accountPolicyChange,
  checkLogs,
  criteria,
  FILTER,
  filterChange,
} from "../../helpers/source-plan";

const ofFilter = (...filter: Parameters<typeof filterChange>): string[] =>
  checkLogs(sourceOwnCluster, [filterChange(...filter)]);

const CLUSTER = "/aws/eks/kfuse/cluster";
const GROUP = "aws_cloudwatch_log_group.cluster";
const group = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(GROUP, { region: REGION, name: CLUSTER, ...values }, more);
const eks = (values: JsonObject = {}): PlannedChange =>
  change("aws_eks_cluster.kfuse", { region: REGION, name: "kfuse", enabled_cluster_log_types: ["api"], ...values });
const NOT_LEFT_OUT = `finding ${ACCOUNT_POLICY}: selection_criteria does not exclude ${CLUSTER}, which belongs to Kloudfuse's own cluster, judging by its name | Add it to LogGroupName NOT IN, unless deliveries do not write to it.`;

const ofPolicy = (other: PlannedChange, ...policy: Parameters<typeof accountPolicyChange>): string[] =>
  checkLogs(sourceOwnCluster, [other, accountPolicyChange(...policy)]);

describe("KFF-SRC-005, of a subscription filter", () => {
  test.each(["/ecs/api", "/aws/eks/other/cluster", "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"])(
    "accepts %s",
    (name) => {
      expect(ofFilter({ log_group_name: name })).toEqual([]);
    },
  );

  test.each([CLUSTER, "/aws/containerinsights/Kloudfuse/application", "/ecs/KFUSE-ingester"])("finds %s", (name) => {
    expect(ofFilter({ log_group_name: name })).toEqual([
      `finding ${FILTER}: the log group ${name} belongs to Kloudfuse's own cluster, judging by its name | Remove the filter, unless deliveries do not write to the log group.`,
    ]);
  });

  test("does not quote a sensitive name", () => {
    expect(ofFilter({ log_group_name: CLUSTER }, { sensitive: ["log_group_name"] })).toEqual([
      expect.stringContaining("the log group (sensitive value) belongs"),
    ]);
  });

  test("says that the log group is not known", () => {
    expect(ofFilter({}, unknownAt("log_group_name"))).toEqual([
      `unknown ${FILTER}: whether its log group belongs to Kloudfuse's own cluster is not known before the apply | ${AFTER}`,
    ]);
  });

  test("is undetermined where it is not known whether it feeds Kloudfuse", () => {
    const more = unknownAt("destination_arn");
    expect(ofFilter({ log_group_name: CLUSTER }, more)).toEqual([expect.stringMatching(/^unknown /)]);
  });
});

describe("KFF-SRC-005, of an account policy", () => {
  test("finds a log group or a cluster of the plan that it does not leave out", () => {
    expect(ofPolicy(group())).toEqual([NOT_LEFT_OUT]);
    expect(ofPolicy(eks())).toEqual([NOT_LEFT_OUT]);
  });

  test("accepts what it leaves out", () => {
    const values = { selection_criteria: criteria(LOG_GROUP, CLUSTER) };
    expect(ofPolicy(group(), values)).toEqual([]);
    expect(ofPolicy(eks(), values)).toEqual([]);
  });

  test("accepts other log groups, those of other regions, and a cluster without logs", () => {
    expect(ofPolicy(group({ name: "/aws/eks/other/cluster" }))).toEqual([]);
    expect(ofPolicy(group({ region: "us-east-1" }))).toEqual([]);
    expect(ofPolicy(group({}, { unknown: ["name"] }))).toEqual([]);
    expect(ofPolicy(eks({ enabled_cluster_log_types: [] }))).toEqual([]);
    expect(ofPolicy(eks({ name: "other" }))).toEqual([]);
  });

  test("says that the criteria are not known, unless they refer to the log group", () => {
    const of = (...references: readonly string[]): string[] =>
      ofPolicy(
        group({}, { unknown: ["id"] }),
        {},
        { unknown: ["selection_criteria"], references: { selection_criteria: references } },
      );
    expect(of("var.x")).toEqual([
      `unknown ${ACCOUNT_POLICY}: whether selection_criteria excludes ${CLUSTER} is not known before the apply | ${AFTER}`,
    ]);
    expect(of(`${GROUP}.id`)).toEqual([]);
  });
});
