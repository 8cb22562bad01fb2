import { SEGMENT } from "../../../iam/text";
import { UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse, type Kloudfuse, type PlannedStream } from "../../../policies/kloudfuse";
import {
  backupUse,
  deliveryUse,
  locationOf,
  type RoleUse,
  roleUses,
  secretUse,
  streamArnOf,
  usedRoles,
  writerUses,
} from "../../../policies/roles/role-uses";
import type { JsonObject } from "../../../iam/json";
import {
  change,
  planWith,
  REGION,
  ROLE,
  ROLE_ARN,
  SECRET_ARN,
  STREAM,
  STREAM_ARN,
  streamChange,
  type StreamSettings,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";

const HTTP = "http_endpoint_configuration.0";
const BACKUP = `${HTTP}.s3_configuration.0`;
const SECRET = `${HTTP}.secrets_manager_configuration.0`;
const FILTER = "aws_cloudwatch_log_subscription_filter.f";
const METRIC_STREAM = "aws_cloudwatch_metric_stream.m";
const OTHER_ARN = `arn:aws:iam::${ACCOUNT}:role/other`;

function kloudfuseOf(changes: readonly PlannedChange[], parts: PlanParts = {}): readonly [Kloudfuse, PlannedStream] {
  const kloudfuse = findKloudfuse(planOf(changes, parts));
  const [stream] = kloudfuse.streams;
  if (stream === undefined) {
    throw new Error("the plan must have a stream to Kloudfuse");
  }
  return [kloudfuse, stream];
}

const streamOf = (settings: StreamSettings, more: Partial<PlannedChange> = {}, parts: PlanParts = {}): PlannedStream =>
  kloudfuseOf(planWith({ stream: streamChange(settings, more), role: undefined, bucket: undefined }), parts)[1];

const NO_ROLES: StreamSettings = { http: { role_arn: undefined }, backup: { role_arn: undefined } };

/** A use in short: path, kind of the link, service, and whether it is only possible. */
const short = ({ path, namedBy, role, service, isCertain }: RoleUse): string =>
  `${path} of ${namedBy.address}: ${role.kind}, ${service ?? "another service"}${isCertain ? "" : ", possible"}`;

describe("the location of a stream", () => {
  test("has the region's partition and the account of the role", () => {
    expect(locationOf(streamOf({}))).toEqual({ partition: "aws", region: REGION, accountId: ACCOUNT });
  });

  test("has the partition of a region of another partition", () => {
    expect(locationOf(streamOf({ values: { region: "cn-north-1" } })).partition).toBe("aws-cn");
  });

  test("has the account of the stream's own ARN first", () => {
    const arn = "arn:aws:firehose:eu-west-1:999999999999:deliverystream/kloudfuse-logs";
    expect(locationOf(streamOf({ values: { arn } })).accountId).toBe("999999999999");
  });

  test("has the account of the backup's role where the delivery has none", () => {
    const stream = streamOf({
      http: { role_arn: undefined },
      backup: { role_arn: "arn:aws:iam::999999999999:role/x" },
    });
    expect(locationOf(stream).accountId).toBe("999999999999");
  });

  test("has the account of the provider where no ARN shows it", () => {
    const providers = { aws: { assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }] } };
    expect(locationOf(streamOf(NO_ROLES, {}, { providers })).accountId).toBe("999999999999");
  });

  test("has no account where nothing shows it", () => {
    expect(locationOf(streamOf(NO_ROLES)).accountId).toBe(UNKNOWN);
  });

  test("has no account of a text that is no ARN", () => {
    const stream = streamOf({ http: { role_arn: "x:y:z:w:v" }, backup: { role_arn: undefined } });
    expect(locationOf(stream).accountId).toBe(UNKNOWN);
  });

  test("has the partition of the role where the region is not known", () => {
    const role_arn = "arn:aws-us-gov:iam::999999999999:role/x";
    expect(locationOf(streamOf({ values: { region: undefined }, http: { role_arn } }))).toEqual({
      partition: "aws-us-gov",
      region: UNKNOWN,
      accountId: "999999999999",
    });
  });

  test("has the partition of the bucket where neither region nor role is known", () => {
    const backup = { role_arn: undefined, bucket_arn: "arn:aws-cn:s3:::backup" };
    expect(locationOf(streamOf({ ...NO_ROLES, backup, values: { region: undefined } }))).toEqual({
      partition: "aws-cn",
      region: UNKNOWN,
      accountId: UNKNOWN,
    });
  });

  test("is not known where nothing shows it", () => {
    const backup = { role_arn: undefined, bucket_arn: undefined };
    expect(locationOf(streamOf({ ...NO_ROLES, backup, values: { region: undefined } }))).toEqual({
      partition: UNKNOWN,
      region: UNKNOWN,
      accountId: UNKNOWN,
    });
  });
});

describe("the ARN of a stream", () => {
  test("is the one that it has", () => {
    const arn = "arn:aws:firehose:eu-west-1:999999999999:deliverystream/other";
    expect(streamArnOf(streamOf({ values: { arn } }))).toBe(arn);
  });

  test("is made from its name where it is not known", () => {
    expect(streamArnOf(streamOf({}, { unknown: ["arn"] }))).toBe(STREAM_ARN);
  });

  test("has any name where that is not known", () => {
    const stream = streamOf({}, unknownAt("name", "var.name"));
    expect(streamArnOf(stream)).toEqual([
      "arn:",
      "aws",
      ":firehose:",
      REGION,
      ":",
      ACCOUNT,
      ":",
      "deliverystream/",
      SEGMENT,
    ]);
  });
});

describe("the role of", () => {
  const withSecret = (more: JsonObject): StreamSettings => ({
    http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, ...more }] },
  });

  test("the HTTP delivery is its own", () => {
    expect(short(deliveryUse(streamOf({})))).toBe(`${HTTP}.role_arn of ${STREAM}: elsewhere, firehose`);
  });

  test("the HTTP delivery is that of the S3 backup where it has none", () => {
    expect(short(deliveryUse(streamOf({ http: { role_arn: undefined } })))).toBe(
      `${BACKUP}.role_arn of ${STREAM}: elsewhere, firehose`,
    );
  });

  test("the S3 backup is its own", () => {
    expect(short(backupUse(streamOf({})))).toBe(`${BACKUP}.role_arn of ${STREAM}: elsewhere, firehose`);
  });

  test("the secret is its own", () => {
    expect(short(secretUse(streamOf(withSecret({ role_arn: ROLE_ARN }))))).toBe(
      `${SECRET}.role_arn of ${STREAM}: elsewhere, firehose`,
    );
  });

  test("the secret is that of the HTTP delivery where it has none", () => {
    expect(short(secretUse(streamOf(withSecret({}))))).toBe(`${HTTP}.role_arn of ${STREAM}: elsewhere, firehose`);
  });
});

describe("the roles that put records on a stream", () => {
  const filter = change(FILTER, { destination_arn: STREAM_ARN, role_arn: ROLE_ARN });
  const metricStream = change(METRIC_STREAM, { firehose_arn: STREAM_ARN, role_arn: ROLE_ARN });
  const writers = (settings: StreamSettings, ...more: readonly PlannedChange[]): string[] => {
    const values = { arn: STREAM_ARN, ...settings.values };
    return writerUses(...kloudfuseOf(planWith({ stream: streamChange({ ...settings, values }) }, more))).map(short);
  };
  const metrics = { signal: "metrics" } as const;

  test("are that of the HTTP delivery for logs, which CloudWatch Logs assumes", () => {
    expect(writers({})).toEqual([`${HTTP}.role_arn of ${STREAM}: linked, logs`]);
  });

  test("are that of the HTTP delivery for metrics, which another service assumes", () => {
    expect(writers(metrics)).toEqual([`${HTTP}.role_arn of ${STREAM}: linked, another service`]);
  });

  test("are those of the subscription filters for logs", () => {
    expect(writers({}, filter, metricStream)).toEqual([`role_arn of ${FILTER}: linked, logs`]);
  });

  test("are those of the metric streams for metrics", () => {
    expect(writers(metrics, filter, metricStream)).toEqual([`role_arn of ${METRIC_STREAM}: linked, another service`]);
  });

  test("are those of both where the plan does not show the signal", () => {
    const stream = change("aws_kinesis_firehose_delivery_stream.s", {
      arn: STREAM_ARN,
      destination: "http_endpoint",
      name: "kloudfuse",
      region: REGION,
      http_endpoint_configuration: [{ url: "https://kfuse.example.com/", role_arn: ROLE_ARN }],
    });
    const uses = (...more: readonly PlannedChange[]): string[] =>
      writerUses(...kloudfuseOf(planWith({ stream }, more))).map(short);
    expect(uses(filter, metricStream)).toEqual([
      `role_arn of ${FILTER}: linked, logs`,
      `role_arn of ${METRIC_STREAM}: linked, another service`,
    ]);
    expect(uses()).toEqual([`${HTTP}.role_arn of ${stream.address}: linked, logs, possible`]);
  });

  test("do not include a filter that writes to another stream", () => {
    const other = change(FILTER, { destination_arn: `${STREAM_ARN}2`, role_arn: OTHER_ARN });
    expect(writers({}, other)).toEqual([`${HTTP}.role_arn of ${STREAM}: linked, logs`]);
  });

  test("have the stream that they write to", () => {
    const [kloudfuse, stream] = kloudfuseOf(
      planWith({ stream: streamChange({ values: { arn: STREAM_ARN } }) }, [filter]),
    );
    expect(writerUses(kloudfuse, stream).map((use) => use.stream === stream)).toEqual([true]);
  });
});

describe("the uses of roles", () => {
  test("are those of the HTTP delivery, of the S3 backup, and of what puts records", () => {
    expect(roleUses(kloudfuseOf(planWith())[0]).map(short)).toEqual([
      `${HTTP}.role_arn of ${STREAM}: linked, firehose`,
      `${BACKUP}.role_arn of ${STREAM}: linked, firehose`,
      `${HTTP}.role_arn of ${STREAM}: linked, logs`,
    ]);
  });

  test("include that of the secret where the stream names one", () => {
    const http = { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, role_arn: ROLE_ARN }] };
    expect(roleUses(kloudfuseOf(planWith({ stream: streamChange({ http }) }))[0]).map(short)[2]).toBe(
      `${SECRET}.role_arn of ${STREAM}: linked, firehose`,
    );
  });
});

describe("the roles of the plan that services assume", () => {
  const rolesIn = (...plan: Parameters<typeof planWith>): string[] =>
    usedRoles(kloudfuseOf(planWith(...plan))[0]).map(({ role, uses }) => `${role.address}: ${uses.length}`);
  const other = change("aws_iam_role.other", { name: "other", arn: OTHER_ARN });

  test("are each once, with all of their uses", () => {
    expect(rolesIn({}, [other])).toEqual([`${ROLE}: 3`]);
    expect(rolesIn({ stream: streamChange({ backup: { role_arn: OTHER_ARN } }) }, [other])).toEqual([
      `${ROLE}: 2`,
      "aws_iam_role.other: 1",
    ]);
  });

  test("do not include one that the plan does not have", () => {
    expect(rolesIn({ role: undefined })).toEqual([]);
  });

  test("do not include one that only another service assumes", () => {
    const stream = streamChange({ signal: "metrics", values: { arn: STREAM_ARN } });
    const metricStream = change(METRIC_STREAM, { firehose_arn: STREAM_ARN, role_arn: OTHER_ARN });
    expect(rolesIn({ stream }, [other, metricStream])).toEqual([`${ROLE}: 2`]);
  });
});
