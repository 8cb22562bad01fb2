import { errorLogGroupsOf } from "../../../cli/aws/delivery-stream";
import { UndeterminedError } from "../../../cli/exit-codes";
import type { LogGroupFilter } from "../../../cli/sources/subscribed-log-groups";
import { logNoDataReason, logSenders, logSourceOutcomes } from "../../../cli/verify/log-sources";
import type { ExpectedStack } from "../../../cli/verify/expected-stack";
import type { LogSources } from "../../../cli/verify/read-log-sources";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";
import { expectedStackWith } from "../../helpers/fleet";
import { filter, forwarding, policy } from "../../helpers/log-sources";
import { denied } from "../../helpers/outcomes";

const ERRORS = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";
const errorLog = { group: ERRORS, stream: "delivery" };
const STREAM = streamWith({
  destination: destinationWith({ errorLog, backup: backupWith({ errorLog: { ...errorLog, stream: "backup" } }) }),
});
const ROLE = "arn:aws:iam::123456789012:role/delivery";

const subscribed = (
  filters: readonly LogGroupFilter[],
  fields: Partial<LogSources["subscribed"]> = {},
): LogSources["subscribed"] => ({ filters, count: 12, isComplete: true, errors: [], ...fields });
const sources = (fields: Partial<LogSources> = {}): LogSources => ({
  policies: [],
  subscribed: subscribed([filter("/ecs/api")]),
  forwarding: forwarding(),
  ...fields,
});
const linesOf = (fields: Partial<LogSources> = {}, stream = STREAM): string[] =>
  logSourceOutcomes(stream, sources(fields)).map(({ verdict, name, found }) => `${verdict} | ${name} | ${found}`);
const lineOf = (name: string, fields: Partial<LogSources>, stream = STREAM): string | undefined =>
  linesOf(fields, stream).find((line) => line.includes(`| ${name} |`));

describe("what feeds the logs stream", () => {
  test("is ok with a subscription filter", () => {
    expect(linesOf()).toEqual([
      "ok | subscription filters | 1 of 12 log groups: /ecs/api",
      "ok | account policy | none",
      "ok | double delivery | none",
      "ok | DeliveryErrors | none",
      "ok | DeliveryThrottling | none",
    ]);
  });

  test("is ok with an account policy that excludes the error log group", () => {
    expect(linesOf({ subscribed: subscribed([]), policies: [policy([ERRORS])] })).toEqual([
      "ok | subscription filters | none of 12 log groups",
      `ok | account policy | kloudfuse-logs, every log group but 1: ${ERRORS}`,
      "ok | double delivery | none",
      "ok | DeliveryErrors | none",
      "ok | DeliveryThrottling | none",
    ]);
  });

  test("may be nothing: other filters do not count", () => {
    const elsewhere = filter(ERRORS, { destinationArn: "arn:elsewhere" });
    expect(linesOf({ subscribed: subscribed([elsewhere]) })).toEqual([
      "ok | subscription filters | none of 12 log groups",
      "ok | account policy | none",
    ]);
  });

  test("may be the log groups of Kloudfuse's own cluster, which is a note", () => {
    const groups = ["/aws/eks/kfuse/cluster", "/ecs/api"].map((group) => filter(group));
    expect(lineOf("own cluster", { subscribed: subscribed(groups) })).toBe(
      "note | own cluster | by their names, log groups of Kloudfuse's own cluster: /aws/eks/kfuse/cluster",
    );
    expect(lineOf("own cluster", {})).toBeUndefined();
  });

  test("counts a log group with two filters once, and one log group as one", () => {
    const two = subscribed([filter("/a"), filter("/a", { name: "other" })], { count: 1 });
    expect(lineOf("subscription filters", { subscribed: two })).toBe(
      "ok | subscription filters | 1 of 1 log group: /a",
    );
  });

  test("is undetermined in what AWS denies, and nothing else", () => {
    const other = new UndeterminedError("AWS denied the list. Allow it.");
    expect(
      linesOf({
        policies: denied(),
        subscribed: subscribed([], { count: 0, isComplete: false, errors: [denied(), other] }),
        forwarding: denied(),
      }),
    ).toEqual([
      "unknown | subscription filters | AWS denied it.",
      "unknown | subscription filters | AWS denied the list.",
      "unknown | account policy | AWS denied it.",
      "unknown | forwarding metrics | AWS denied it.",
    ]);
  });

  test("shows the filters that are known where others are not", () => {
    const some = subscribed([filter("/ecs/api")], { count: 3, isComplete: false, errors: [denied()] });
    expect(lineOf("subscription filters", { subscribed: some })).toBe(
      "unknown | subscription filters | 1 of 3 log groups: /ecs/api; others are undetermined: AWS denied it.",
    );
  });

  test("leaves double delivery undetermined where a subscription may not be known", () => {
    const some = subscribed([filter("/ecs/api")], { count: 3, isComplete: false, errors: [denied()] });
    expect(lineOf("double delivery", { subscribed: some })).toBe("unknown | double delivery | AWS denied it.");
    const known = subscribed([filter("/ecs/api")]);
    expect(lineOf("double delivery", { subscribed: known, policies: denied() })).toBe(
      "unknown | double delivery | AWS denied it.",
    );
  });

  test("says in how many log groups nothing is delivered twice where there are more", () => {
    const some = subscribed([filter("/ecs/api")], { count: 200, isComplete: false });
    expect(lineOf("double delivery", { subscribed: some })).toBe("ok | double delivery | none in 200 log groups");
  });

  test("says that some log groups were not looked at", () => {
    const [first] = logSourceOutcomes(
      STREAM,
      sources({ subscribed: subscribed([], { count: 200, isComplete: false }) }),
    );
    expect(first).toMatchObject({
      verdict: "note",
      found: "none of 200 log groups; there are more log groups, which were not checked",
    });
    expect(first?.remedy).toContain("verify checks 200 log groups at most");
  });
});

describe("what feeds the logs stream, and what a fleet file has", () => {
  const problemsOf = (expected: Partial<ExpectedStack>, fields: Partial<LogSources> = {}): string[] =>
    logSourceOutcomes(STREAM, sources(fields), expectedStackWith(expected))
      .filter(({ verdict }) => verdict !== "ok")
      .map(({ verdict, name, found, remedy }) => `${verdict} | ${name} | ${found} | ${remedy}`);

  test("agree where the log groups of the file are subscribed", () => {
    expect(problemsOf({ logGroups: ["/ecs/api"] })).toEqual([]);
  });

  test("differ in a log group that is not subscribed, or elsewhere", () => {
    const filters = [filter("/ecs/api"), filter("/ecs/web", { destinationArn: "arn:elsewhere" })];
    const logGroups = ["/ecs/api", "/ecs/web", "/ecs/jobs"];
    expect(problemsOf({ logGroups }, { subscribed: subscribed(filters) })).toEqual([
      "problem | subscription filters | not subscribed to the stream, although in fleet.json: /ecs/web, /ecs/jobs | Deploy the stack, or correct log_groups in fleet.json.",
    ]);
  });

  test.each([
    [198, "problem"],
    [199, "unknown"],
  ])("of which %i log groups may be more than were looked at: %s", (count, verdict) => {
    const logGroups = Array.from({ length: count }, (_, index) => `/app/${index}`);
    const [difference] = logSourceOutcomes(
      STREAM,
      sources({ subscribed: subscribed([], { count: 200, isComplete: false }) }),
      expectedStackWith({ logGroups }),
    ).filter(({ name, verdict: each }) => name === "subscription filters" && each !== "note");
    expect(difference?.verdict).toBe(verdict);
  });

  test("are undetermined where the filters cannot be read", () => {
    const unread = subscribed([], { errors: [denied()], count: 0 });
    expect(problemsOf({ logGroups: ["/ecs/api"] }, { subscribed: unread })).toEqual([
      "unknown | subscription filters | AWS denied it. | Allow it.",
    ]);
  });

  test("differ where the account is not subscribed", () => {
    expect(problemsOf({ hasAccountSubscription: true })).toEqual([
      "problem | account policy | none points at the stream, but fleet.json subscribes the account | Deploy the stack, or correct subscribe_account in fleet.json.",
    ]);
    const policies = [policy([ERRORS])];
    expect(problemsOf({ hasAccountSubscription: true }, { policies, subscribed: subscribed([]) })).toEqual([]);
    expect(
      problemsOf({ hasAccountSubscription: true }, { policies: denied() }).map((line) => line.slice(0, 7)),
    ).toEqual(["unknown", "unknown"]);
  });
});

describe("the recursion through the error log group", () => {
  test("by a filter is a problem", () => {
    const lines = linesOf({ subscribed: subscribed([filter(ERRORS), filter("/ecs/api")]) });
    expect(lines.filter((line) => line.startsWith("problem"))).toEqual([
      `problem | error log group | the subscription filter kloudfuse-logs of ${ERRORS} sends it to the stream`,
    ]);
  });

  test.each([
    [[], `problem | account policy | kloudfuse-logs does not exclude the error log group ${ERRORS}`],
    [["/a", `${ERRORS}2`], `problem | account policy | kloudfuse-logs does not exclude the error log group ${ERRORS}`],
    [["/a", ERRORS], `ok | account policy | kloudfuse-logs, every log group but 2: /a, ${ERRORS}`],
    [
      undefined,
      "unknown | account policy | kloudfuse-logs selects log groups by criteria that cannot be parsed: criteria",
    ],
  ])("by an account policy that excludes %j", (excluded, line) => {
    expect(lineOf("account policy", { policies: [policy(excluded)] })).toBe(line);
  });

  test("names each error log group that is not excluded", () => {
    const destination = destinationWith({ errorLog, backup: backupWith({ errorLog: { group: "/b", stream: "s" } }) });
    const stream = streamWith({ destination });
    expect(errorLogGroupsOf(stream)).toEqual([ERRORS, "/b"]);
    expect(lineOf("account policy", { policies: [policy([ERRORS])] }, stream)).toBe(
      "problem | account policy | kloudfuse-logs does not exclude the error log group /b",
    );
  });

  test("is impossible where nothing is logged", () => {
    const destination = destinationWith({ errorLog: undefined, backup: backupWith({ errorLog: undefined }) });
    expect(lineOf("account policy", { policies: [policy([])] }, streamWith({ destination }))).toBe(
      "ok | account policy | kloudfuse-logs, every log group",
    );
  });

  test("does not concern a policy that points elsewhere", () => {
    expect(lineOf("account policy", { policies: [policy([], { destinationArn: "arn:elsewhere" })] })).toBe(
      "note | account policy | kloudfuse-logs points elsewhere: arn:elsewhere",
    );
    expect(lineOf("account policy", { policies: [policy([], { destinationArn: "" })] })).toBe(
      "note | account policy | kloudfuse-logs points elsewhere: its document cannot be parsed",
    );
  });
});

describe("the reason why no log event comes in", () => {
  test.each<[() => Partial<LogSources>, string]>([
    [
      () => ({ subscribed: subscribed([]) }),
      "neither a subscription filter nor an account policy points at the stream",
    ],
    [
      () => ({ subscribed: subscribed([], { count: 200, isComplete: false }) }),
      "no account policy points at the stream, nor a subscription filter of the 200 log groups that were checked",
    ],
    [() => ({}), "1 subscription filter points at the stream, but nothing arrives"],
    [
      () => ({ subscribed: subscribed([filter("/a"), filter("/b")]) }),
      "2 subscription filters point at the stream, but nothing arrives",
    ],
    [
      () => ({ subscribed: subscribed([]), policies: [policy([ERRORS])] }),
      "the account policy kloudfuse-logs points at the stream, but nothing arrives",
    ],
    [
      () => ({ policies: [policy([ERRORS])] }),
      "1 subscription filter and the account policy kloudfuse-logs point at the stream, but nothing arrives",
    ],
    [() => ({ policies: denied() }), "1 subscription filter points at the stream, but nothing arrives"],
    [
      () => ({ subscribed: subscribed([]), policies: denied() }),
      "whether a subscription points at the stream could not be determined",
    ],
    [
      () => ({ subscribed: subscribed([], { isComplete: false, errors: [denied()] }) }),
      "whether a subscription points at the stream could not be determined",
    ],
  ])("%#", (fields, found) => {
    expect(logNoDataReason(STREAM, sources(fields())).found).toBe(found);
  });

  test("comes with what to create", () => {
    expect(logNoDataReason(STREAM, sources({ subscribed: subscribed([]) })).remedy).toBe(
      `Create a subscription filter, of a log group or of the account, with destination_arn ${STREAM.arn} and role_arn role (log_groups, or subscribe_account = true). Its creator needs logs:PutSubscriptionFilter and iam:PassRole.`,
    );
  });
});

test("CloudWatch Logs puts records with each role once", () => {
  const filters = [filter("/a"), filter("/b"), filter("/c", { roleArn: "" }), filter("/d", { roleArn: "other" })];
  expect(logSenders(STREAM, sources({ subscribed: subscribed(filters), policies: [policy([])] }))).toEqual([
    { service: "logs", roleArn: ROLE, stream: STREAM },
    { service: "logs", roleArn: "other", stream: STREAM },
  ]);
});
