import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { DeliveryStream } from "../../../cli/aws/delivery-stream";
import type { StreamLookup } from "../../../cli/aws/find-streams";
import type { Check } from "../../../cli/checks/check";
import { InterruptedError } from "../../../cli/aws/call";
import type { VerifyContext } from "../../../cli/verify/context";
import { verifyRegion } from "../../../cli/verify/verification";
import { SECRET_ARN } from "../../helpers/account";
import {
  aborted,
  actionOf,
  cloudWatchStub,
  firehoseError,
  firehoseStub,
  iamStub,
  jsonAnswer,
  kmsStub,
  logsStub,
  queryError,
  type Respond,
  s3Error,
  s3Stub,
  secretsManagerStub,
  snsStub,
  type StubRequest,
} from "../../helpers/aws-stub";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";

const ROLE = "arn:aws:iam::123456789012:role/delivery";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";

/** A request of S3 by its sub-resource: `location`, `policy`, …; `list` for a listing. */
const s3Action = ({ query }: StubRequest): string =>
  "list-type" in query ? "list" : (Object.keys(query).find((name) => name !== "x-id") ?? "");
const queryAction = ({ body }: StubRequest): string => new URLSearchParams(body.toString()).get("Action") ?? "";

/** A region in which AWS denies everything but what a test answers; it counts the calls. */
function region(answers: Readonly<Record<string, Respond>> = {}) {
  const calls = new Map<string, number>();
  const answered = (name: (request: StubRequest) => string, denied: Respond): Respond => {
    return (request) => {
      const action = name(request);
      calls.set(action, (calls.get(action) ?? 0) + 1);
      return (answers[action] ?? denied)(request);
    };
  };
  const json = answered(actionOf, () => firehoseError(400, "AccessDeniedException"));
  const context: VerifyContext = {
    region: "eu-west-1",
    settings: {
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
    },
    firehose: firehoseStub(json),
    s3: s3Stub(answered(s3Action, () => s3Error(403, "AccessDenied"))),
    iam: iamStub(answered(queryAction, () => queryError(403, "AccessDenied"))),
    sns: snsStub(answered(queryAction, () => queryError(403, "AuthorizationError"))),
    cloudWatch: cloudWatchStub(json),
    logs: logsStub(json),
    secretsManager: secretsManagerStub(json),
    kms: () => kmsStub(json),
    now: new Date("2026-01-31T12:00:00Z"),
    waitedSeconds: undefined,
    abortSignal: new AbortController().signal,
  };
  return { context, calls };
}

const stream = (fields: Partial<DeliveryStream> = {}): DeliveryStream =>
  streamWith({
    encryptionKeyArn: KEY,
    destination: destinationWith({ roleArn: ROLE, secretArn: SECRET_ARN, backup: backupWith({ roleArn: ROLE }) }),
    ...fields,
  });
const foundOf = (each: DeliveryStream): StreamLookup => ({
  signal: each.signal,
  name: each.name,
  stream: each,
  isRequired: true,
});
const lines = (checks: readonly Check[], ...verdicts: readonly string[]): string[] =>
  checks
    .filter(({ verdict }) => verdicts.includes(verdict))
    .map(({ verdict, subject, name, found }) => `${verdict} | ${subject} | ${name} | ${found}`);
const of = (checks: readonly Check[], subject: string, name: string): string | undefined =>
  checks.filter((check) => check.subject === subject && check.name === name).map(({ found }) => found)[0];

describe("the checks of a region", () => {
  test("are unknown in everything that AWS denies, name each permission, and have the rest", async () => {
    const checks = await verifyRegion(region().context, [foundOf(stream())]);
    expect(lines(checks, "unknown")).toEqual([
      "unknown | kloudfuse-logs | subscription filters | AWS denied logs:DescribeLogGroups.",
      "unknown | kloudfuse-logs | subscription filters | AWS denied logs:DescribeSubscriptionFilters.",
      "unknown | kloudfuse-logs | account policy | AWS denied logs:DescribeAccountPolicies.",
      "unknown | kloudfuse-logs | forwarding metrics | AWS denied cloudwatch:ListMetrics.",
      "unknown | kloudfuse-logs | metrics | AWS denied cloudwatch:GetMetricData.",
      "unknown | kloudfuse-logs | failed data | AWS denied s3:ListBucket on backup.",
      "unknown | kloudfuse-logs | error log | AWS denied logs:GetLogEvents.",
      "unknown | role delivery | trust | AWS denied iam:GetRole.",
      "unknown | role delivery | permissions boundary | AWS denied iam:GetRole.",
      "unknown | role delivery | permissions | AWS denied iam:ListRolePolicies.",
      "unknown | bucket backup | bucket | AWS denied s3:GetBucketLocation.",
      "unknown | bucket backup | public access | AWS denied s3:GetBucketPublicAccessBlock.",
      "unknown | bucket backup | encryption | AWS denied s3:GetEncryptionConfiguration.",
      "unknown | bucket backup | bucket policy | AWS denied s3:GetBucketPolicy.",
      "unknown | secret kloudfuse-AbCdEf | secret | AWS denied secretsmanager:DescribeSecret.",
      "unknown | secret kloudfuse-AbCdEf | secret policy | AWS denied secretsmanager:GetResourcePolicy.",
      "unknown | key 1 | key state | AWS denied kms:DescribeKey.",
      "unknown | key 1 | key policy | AWS denied kms:GetKeyPolicy.",
      "unknown | alarms | alarms | AWS denied cloudwatch:DescribeAlarms.",
    ]);
    expect(lines(checks, "problem")).toEqual([]);
    expect(of(checks, "kloudfuse-logs", "status")).toBe("ACTIVE");
  });

  test("have the region", async () => {
    const checks = await verifyRegion(region().context, [foundOf(stream())]);
    expect(new Set(checks.map((check) => check.region))).toEqual(new Set(["eu-west-1"]));
  });

  test("read what two streams share once: role, bucket, secret and key", async () => {
    const { context, calls } = region();
    const metrics = stream({ signal: "metrics", name: "kloudfuse-metrics" });
    await verifyRegion(context, [foundOf(stream()), foundOf(metrics)]);
    expect(Object.fromEntries(calls)).toEqual({
      ListMetricStreams: 1,
      DescribeAccountPolicies: 1,
      DescribeLogGroups: 1,
      DescribeSubscriptionFilters: 1,
      ListMetrics: 3,
      GetMetricData: 2,
      list: 2,
      GetLogEvents: 2,
      GetRole: 1,
      ListRolePolicies: 1,
      ListAttachedRolePolicies: 1,
      location: 1,
      publicAccessBlock: 1,
      policyStatus: 1,
      encryption: 1,
      policy: 1,
      DescribeSecret: 1,
      GetResourcePolicy: 1,
      DescribeKey: 1,
      GetKeyPolicy: 1,
      DescribeAlarms: 1,
    });
  });

  test("are those of the delivery's role and of the backup's own", async () => {
    const destination = destinationWith({
      roleArn: ROLE,
      backup: backupWith({ roleArn: "arn:aws:iam::123456789012:role/backup" }),
    });
    const checks = await verifyRegion(region().context, [foundOf(stream({ destination }))]);
    expect([...new Set(checks.map(({ subject }) => subject))].filter((subject) => subject.startsWith("role "))).toEqual(
      ["role delivery", "role backup"],
    );
  });

  test("are the status alone of a stream that does not exist, without a call", async () => {
    const { context, calls } = region();
    const missing: StreamLookup = { signal: "logs", name: "kloudfuse-logs", stream: undefined, isRequired: true };
    expect(lines(await verifyRegion(context, [missing]), "problem", "ok", "note", "unknown")).toEqual([
      "problem | kloudfuse-logs | status | no stream of this name in eu-west-1",
    ]);
    expect(calls.size).toBe(0);
  });

  test("are status, type and destination of a stream without an HTTP endpoint, without a call", async () => {
    const { context, calls } = region();
    const checks = await verifyRegion(context, [foundOf(stream({ destination: undefined, encryption: "DISABLED" }))]);
    expect(checks.map(({ name }) => name)).toEqual(["status", "type", "destination"]);
    expect(calls.size).toBe(0);
  });

  test("say once that the bucket does not exist", async () => {
    const missing: Respond = () => s3Error(404, "NoSuchBucket");
    const names = ["list", "location", "publicAccessBlock", "policyStatus", "encryption", "policy"];
    const { context } = region(Object.fromEntries(names.map((name) => [name, missing])));
    const checks = await verifyRegion(context, [foundOf(stream())]);
    expect(lines(checks, "problem")).toEqual(["problem | bucket backup | bucket | does not exist"]);
    expect(of(checks, "kloudfuse-logs", "failed data")).toBeUndefined();
  });

  test("find failed data in the bucket", async () => {
    const key = "kloudfuse-logs-failures/kloudfuse-logs-1-2026-01-31-11-44-00-a";
    const listed = `<ListBucketResult><Contents><Key>${key}</Key><LastModified>2026-01-31T11:50:00.000Z</LastModified></Contents></ListBucketResult>`;
    const { context } = region({ list: () => ({ body: listed }) });
    expect(lines(await verifyRegion(context, [foundOf(stream())]), "problem")).toEqual([
      "problem | kloudfuse-logs | failed data | 1 object under s3://backup/kloudfuse-logs-failures/ written in the last 15 minutes, the newest at 2026-01-31 11:50:00Z",
    ]);
  });

  test("find an alarm of the metric stream that feeds a stream, and no alarm of another one", async () => {
    const alarm = (AlarmName: string, Value: string): object => ({
      AlarmName,
      StateValue: "ALARM",
      StateReason: "no data",
      Namespace: "AWS/CloudWatch/MetricStreams",
      MetricName: "PublishErrorRate",
      Dimensions: [{ Name: "MetricStreamName", Value }],
    });
    const arn = "arn:stream";
    const { context } = region({
      ListMetricStreams: () =>
        jsonAnswer({
          Entries: [
            { Name: "all", FirehoseArn: arn, State: "running", OutputFormat: "json" },
            { Name: "elsewhere", FirehoseArn: "arn:other", State: "running", OutputFormat: "json" },
          ],
        }),
      DescribeAlarms: () => jsonAnswer({ MetricAlarms: [alarm("ours", "all"), alarm("other", "elsewhere")] }),
    });
    const checks = await verifyRegion(context, [
      foundOf(stream({ signal: "metrics", name: "kloudfuse-metrics", arn })),
    ]);
    expect(lines(checks, "problem").filter((line) => line.includes("| alarms |"))).toEqual([
      "problem | alarms | alarm ours | ALARM: no data",
    ]);
  });

  describe("of the error log", () => {
    const withLogs = (delivery: string, backup: string): StreamLookup => {
      const log = (name: string) => ({ group: "group", stream: name });
      const destination = destinationWith({
        roleArn: ROLE,
        errorLog: log(delivery),
        backup: backupWith({ roleArn: ROLE, errorLog: log(backup) }),
      });
      return foundOf(stream({ destination }));
    };
    const isOf = (name: string, { body }: StubRequest): boolean => body.toString().includes(`"${name}"`);
    const error = (message: string): object => ({ timestamp: Date.parse("2026-01-31T11:55:00Z"), message });

    test("read one log for both delivery paths once", async () => {
      const { context, calls } = region({ GetLogEvents: () => jsonAnswer({ events: [] }) });
      const checks = await verifyRegion(context, [withLogs("errors", "errors")]);
      expect(calls.get("GetLogEvents")).toBe(1);
      expect(of(checks, "kloudfuse-logs", "error log")).toBe("no error in the last 24 hours");
    });

    test("have the errors of both logs", async () => {
      const { context } = region({
        GetLogEvents: (request) => jsonAnswer({ events: [error(isOf("one", request) ? "first" : "second")] }),
      });
      const checks = await verifyRegion(context, [withLogs("one", "two")]);
      const found = checks.filter(({ name }) => name.startsWith("error log:")).map((check) => check.found);
      expect(found).toEqual([
        "Another cause; 1 entry, the last at 2026-01-31 11:55:00Z: first",
        "Another cause; 1 entry, the last at 2026-01-31 11:55:00Z: second",
      ]);
    });

    test("name each log that does not exist", async () => {
      const { context } = region({ GetLogEvents: () => firehoseError(400, "ResourceNotFoundException") });
      expect(lines(await verifyRegion(context, [withLogs("one", "two")]), "problem")).toEqual([
        "problem | kloudfuse-logs | error log | there is no log stream one in a log group group",
        "problem | kloudfuse-logs | error log | there is no log stream two in a log group group",
      ]);
    });

    test("have the errors of one log beside another that AWS denies", async () => {
      const { context } = region({
        GetLogEvents: (request) =>
          isOf("one", request) ? firehoseError(400, "AccessDeniedException") : jsonAnswer({ events: [error("late")] }),
      });
      const checks = await verifyRegion(context, [withLogs("one", "two")]);
      expect(lines(checks, "unknown")).toContain(
        "unknown | kloudfuse-logs | error log | AWS denied logs:GetLogEvents.",
      );
      expect(lines(checks, "problem")).toEqual([
        expect.stringMatching(/^problem \| kloudfuse-logs \| error log: .* 1 entry, .*: late$/),
      ]);
    });

    test("are none where both paths log nothing", async () => {
      const destination = destinationWith({ errorLog: undefined, backup: backupWith({ errorLog: undefined }) });
      const { context, calls } = region();
      const checks = await verifyRegion(context, [foundOf(stream({ destination }))]);
      expect(of(checks, "kloudfuse-logs", "error log")).toBeUndefined();
      expect(calls.has("GetLogEvents")).toBe(false);
    });
  });

  describe("of the role of what feeds a stream", () => {
    const ERROR_LOG = { DescribeLogGroups: () => jsonAnswer({ logGroups: [] }) };
    const roleNames = (checks: readonly Check[]): string[] => [
      ...new Set(checks.map(({ subject }) => subject).filter((subject) => subject.startsWith("role "))),
    ];
    const role = (service: string, actions: readonly string[]): Readonly<Record<string, Respond>> => {
      const document = (statement: object): string =>
        encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }));
      const xml = (action: string, result: string): Respond => {
        return () => ({ body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>` });
      };
      const trust = document({
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      });
      return {
        GetRole: xml("GetRole", `<Role><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></Role>`),
        ListRolePolicies: xml("ListRolePolicies", "<PolicyNames><member>Put</member></PolicyNames>"),
        ListAttachedRolePolicies: xml("ListAttachedRolePolicies", "<AttachedPolicies/>"),
        GetRolePolicy: xml(
          "GetRolePolicy",
          `<PolicyDocument>${document({ Action: actions, Resource: "arn:stream" })}</PolicyDocument>`,
        ),
      };
    };
    const metrics = stream({ signal: "metrics", name: "kloudfuse-metrics", arn: "arn:stream", encryption: "DISABLED" });
    const metricStream = (roleArn: string): Readonly<Record<string, Respond>> => ({
      ListMetricStreams: () =>
        jsonAnswer({ Entries: [{ Name: "all", FirehoseArn: "arn:stream", State: "running", OutputFormat: "json" }] }),
      GetMetricStream: () => jsonAnswer({ RoleArn: roleArn }),
    });
    const OWN = "arn:aws:iam::123456789012:role/metric-stream";
    const ofOwn = (checks: readonly Check[]): string[] =>
      lines(checks, "ok", "problem", "unknown", "note").filter((line) => line.includes("| role metric-stream |"));

    test("are its trust and permissions, beside those of the delivery role", async () => {
      const { context } = region({
        ...metricStream(OWN),
        ...role("streams.metrics.cloudwatch.amazonaws.com", ["firehose:PutRecord", "firehose:PutRecordBatch"]),
      });
      const checks = await verifyRegion(context, [foundOf(metrics)]);
      expect(roleNames(checks)).toEqual(["role delivery", "role metric-stream"]);
      expect(ofOwn(checks)).toEqual([
        `ok | role metric-stream | role | ${OWN}`,
        "ok | role metric-stream | trust of metric streams | streams.metrics.cloudwatch.amazonaws.com, for this account only",
        "ok | role metric-stream | trust of others | none",
        "ok | role metric-stream | may put records | allowed on arn:stream",
      ]);
    });

    test("find another service trusted, and a permission missing", async () => {
      const { context } = region({
        ...metricStream(OWN),
        ...role("firehose.amazonaws.com", ["firehose:PutRecord"]),
      });
      const checks = await verifyRegion(context, [foundOf(metrics)]);
      expect(ofOwn(checks)).toEqual([
        `ok | role metric-stream | role | ${OWN}`,
        "problem | role metric-stream | trust of metric streams | streams.metrics.cloudwatch.amazonaws.com may not assume the role",
        "problem | role metric-stream | trust of others | Service:firehose.amazonaws.com may assume the role too",
        "problem | role metric-stream | may put records | missing: firehose:PutRecordBatch on arn:stream",
      ]);
      const remedies = checks.filter(({ subject }) => subject === "role metric-stream").map(({ remedy }) => remedy);
      expect(remedies.slice(1)).toEqual([
        "Add streams.metrics.cloudwatch.amazonaws.com to the trust policy, with sts:AssumeRole and StringEquals aws:SourceAccount 123456789012.",
        "Remove them from the trust policy: only streams.metrics.cloudwatch.amazonaws.com needs the role.",
        "Allow them in a policy of the role: the metric stream uses the role to write to the stream.",
      ]);
    });

    test("are of the delivery role once where it serves the metric stream too", async () => {
      const { context, calls } = region({ ...metricStream(ROLE), ...role("firehose.amazonaws.com", []) });
      const checks = await verifyRegion(context, [foundOf(metrics)]);
      expect(roleNames(checks)).toEqual(["role delivery"]);
      expect(calls.get("GetRole")).toBe(1);
      expect(of(checks, "role delivery", "trust of metric streams")).toBe(
        "streams.metrics.cloudwatch.amazonaws.com may not assume the role",
      );
    });

    test("are those of a subscription filter's own role: it need not serve Firehose", async () => {
      const own = "arn:aws:iam::123456789012:role/subscriptions";
      const logs = stream({ arn: "arn:stream", encryption: "DISABLED" });
      const { context } = region({
        ...ERROR_LOG,
        ...role("logs.amazonaws.com", ["firehose:*"]),
        DescribeSubscriptionFilters: () =>
          jsonAnswer({ subscriptionFilters: [{ filterName: "f", destinationArn: "arn:stream", roleArn: own }] }),
      });
      const checks = await verifyRegion(context, [foundOf(logs)]);
      expect(
        checks.filter(({ subject }) => subject === "role subscriptions").map(({ name, verdict }) => [name, verdict]),
      ).toEqual([
        ["role", "ok"],
        ["trust of logs", "ok"],
        ["trust of others", "ok"],
        ["may put records", "ok"],
      ]);
    });
  });

  test("name the source that is missing where no record comes in", async () => {
    const { context } = region({
      GetMetricData: () => jsonAnswer({ MetricDataResults: [] }),
      ListMetricStreams: () => jsonAnswer({ Entries: [] }),
    });
    const checks = await verifyRegion(context, [foundOf(stream({ signal: "metrics", name: "kloudfuse-metrics" }))]);
    expect(of(checks, "kloudfuse-metrics", "IncomingRecords")).toBe(
      "no data yet: no record came in within 15 minutes; no metric stream points at the stream",
    );
  });

  test("end with the command", async () => {
    const { context } = region({ GetMetricData: aborted });
    await expect(verifyRegion(context, [foundOf(stream())])).rejects.toThrow(new InterruptedError());
  });
});
