import { metricStreamRolePart } from "../../../cli/adopt/metric-stream-role";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  inventoryWith,
  linesOf,
  metricStreamWith,
  namesIn,
  ROLE_ARN,
  roleWith,
  sourcesWith,
  trustOf,
} from "../../helpers/adoption";
import type { InputValues } from "../../../modules/inputs";

const ARN = metricStreamWith().roleArn;
const metricRole = (fields: Parameters<typeof roleWith>[0] = {}) =>
  roleWith({
    arn: ARN,
    name: "metric-streams",
    trust: trustOf({ Service: "streams.metrics.cloudwatch.amazonaws.com" }),
    inlinePolicies: ["mine"],
    ...fields,
  });
const partOf = (
  role: ReturnType<typeof roleWith> | UndeterminedError | undefined,
  inputs: InputValues = {},
  sources = sourcesWith(),
) => metricStreamRolePart(metricStreamWith(), inventoryWith({ roles: new Map([[ARN, role]]), sources }), inputs);
const POLICY = "aws_iam_role_policy.metric_stream_put_records[0]";

describe("the role of the metric stream", () => {
  test("of its own is imported; a policy of another name stays", () => {
    const part = partOf(metricRole());
    expect(part.imports).toEqual([{ to: "aws_iam_role.metric_stream_role[0]", id: "metric-streams" }]);
    expect(namesIn(part)).toEqual(
      expect.arrayContaining([
        `create role metric-streams: ${POLICY}`,
        "leave role metric-streams: inline policy mine",
      ]),
    );
    expect(part.inputs).toEqual({ metricStreamRoleName: "metric-streams" });
  });

  test("as the module makes it is imported with its policy", () => {
    const name = "KloudfuseMetricStreamRole-eu-west-1";
    const part = partOf(metricRole({ name, inlinePolicies: ["KloudfuseMetricStreamPermissions"] }));
    expect(part.imports?.[1]).toEqual({ to: POLICY, id: `${name}:KloudfuseMetricStreamPermissions` });
    expect(part.inputs).toEqual({ metricStreamRoleName: null });
  });

  test("of the console is used as it is, with a policy named by region and stream", () => {
    const policy = "KloudfuseMetricStreamPermissions-eu-west-1-kloudfuse-metrics";
    const part = partOf(metricRole({ path: "/service-role/", inlinePolicies: [policy] }));
    expect(part.inputs).toEqual({ createMetricStreamRole: false, metricStreamRoleArn: ARN });
    expect(part.imports).toEqual([{ to: POLICY, id: `metric-streams:${policy}` }]);
    expect(part.items?.[0]?.details).toEqual([
      "the AWS console created it (path /service-role/)",
      "its path /service-role/ is not that of the delivery role",
    ]);
  });

  test("with another permissions boundary than the delivery role is used as it is", () => {
    expect(partOf(metricRole({ permissionsBoundaryArn: "b" })).items?.[0]?.details).toEqual([
      "its permissions boundary is not that of the delivery role",
    ]);
    expect(partOf(metricRole({ permissionsBoundaryArn: "b" }), { permissionsBoundaryArn: "b" }).imports).toHaveLength(
      1,
    );
  });

  test("has path and boundary for itself where the delivery role is not created", () => {
    const role = metricRole({ path: "/a/", permissionsBoundaryArn: "b" });
    expect(partOf(role, { createRole: false }).inputs).toEqual({
      metricStreamRoleName: "metric-streams",
      rolePath: "/a/",
      permissionsBoundaryArn: "b",
    });
    expect(partOf(metricRole(), { createRole: false }).inputs).toEqual({
      metricStreamRoleName: "metric-streams",
      rolePath: "/",
    });
  });

  test("that another metric stream uses is used as it is", () => {
    const sources = sourcesWith({ metricStreams: [metricStreamWith(), metricStreamWith({ name: "other" })] });
    expect(partOf(metricRole(), {}, sources).items?.[0]?.details).toEqual([
      "others in the region use it: metric stream other",
    ]);
  });

  test("becomes one of its own where it is the delivery role", () => {
    const part = metricStreamRolePart(metricStreamWith({ roleArn: ROLE_ARN }), inventoryWith(), {});
    expect(part.imports).toEqual([]);
    expect(namesIn(part)).toEqual([
      "change metric stream kloudfuse-metrics: role",
      "create role KloudfuseMetricStreamRole-eu-west-1: aws_iam_role.metric_stream_role[0]",
      `create role KloudfuseMetricStreamRole-eu-west-1: ${POLICY}`,
    ]);
  });

  test("stays the delivery role where that is not created", () => {
    const part = metricStreamRolePart(metricStreamWith({ roleArn: ROLE_ARN }), inventoryWith(), { createRole: false });
    expect(part.inputs).toEqual({ createMetricStreamRole: false, metricStreamRoleArn: ROLE_ARN });
  });

  test("that is gone is created", () => {
    expect(linesOf(partOf(undefined))[0]).toBe(
      `change metric stream kloudfuse-metrics: role: ${ARN} does not exist: the module creates another one`,
    );
  });

  test("is undetermined where AWS does not say", () => {
    expect(linesOf(partOf(new UndeterminedError("AWS denied it. Grant it.")))).toEqual([
      "unknown role metric-streams: role of the metric stream: AWS denied it.",
    ]);
  });
});
