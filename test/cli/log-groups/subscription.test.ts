import type { InspectedLogGroup } from "../../../cli/log-groups/log-group";
import { type LogsDestination, subscriptionOf } from "../../../cli/log-groups/subscription";
import type { AccountPolicy } from "../../../cli/sources/account-policies";
import type { SubscriptionFilter } from "../../../cli/sources/subscription-filters";
import { UndeterminedError } from "../../../cli/exit-codes";

const ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const OTHER = "arn:aws:lambda:eu-west-1:123456789012:function:other";
const ERRORS = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

const group = (fields: Partial<InspectedLogGroup> = {}): InspectedLogGroup => ({
  name: "/ecs/api",
  logClass: "STANDARD",
  createdAt: undefined,
  filters: [],
  bytesPerDay: 0,
  ...fields,
});
const destination = (fields: Partial<LogsDestination> = {}): LogsDestination => ({
  streamName: "kloudfuse-logs",
  streamArn: ARN,
  accountPolicies: [],
  errorLogGroups: [ERRORS],
  ...fields,
});
const policy = (fields: Partial<AccountPolicy> = {}): AccountPolicy => ({
  name: "everything",
  destinationArn: ARN,
  roleArn: "role",
  filterPattern: "",
  criteria: "",
  excluded: [],
  ...fields,
});
const filter = (name: string, destinationArn = OTHER): SubscriptionFilter => ({
  name,
  destinationArn,
  roleArn: "role",
  filterPattern: "",
});

const OPEN = { state: "open", reason: "", remedy: "", hasModuleFilter: false };

describe("a log group that feeds Kloudfuse", () => {
  test("does so by the module's filter", () => {
    expect(subscriptionOf(group({ filters: [filter("kloudfuse-logs", ARN)] }), destination())).toEqual({
      state: "feeds",
      reason: "fed by subscription filter kloudfuse-logs",
      remedy: "",
      hasModuleFilter: true,
    });
  });

  test("does so by a filter of another name, which is not the module's", () => {
    expect(subscriptionOf(group({ filters: [filter("by-hand", ARN)] }), destination())).toEqual({
      state: "feeds",
      reason: "fed by subscription filter by-hand",
      remedy: "",
      hasModuleFilter: false,
    });
  });

  test("does so by an account policy", () => {
    expect(subscriptionOf(group(), destination({ accountPolicies: [policy()] }))).toEqual({
      state: "feeds",
      reason: "fed by account policy everything",
      remedy: "",
      hasModuleFilter: false,
    });
  });

  test("does so although its filters are not known", () => {
    const found = subscriptionOf(group({ filters: undefined }), destination({ accountPolicies: [policy()] }));
    expect(found.state).toBe("feeds");
  });

  test.each<[string, Partial<InspectedLogGroup>, readonly AccountPolicy[], string]>([
    [
      "a filter and an account policy",
      { filters: [filter("kloudfuse-logs", ARN)] },
      [policy()],
      "fed by subscription filter kloudfuse-logs and account policy everything",
    ],
    [
      "two filters",
      { filters: [filter("kloudfuse-logs", ARN), filter("by-hand", ARN)] },
      [],
      "fed by subscription filter kloudfuse-logs and subscription filter by-hand",
    ],
  ])("is said to deliver twice with %s", (_, fields, accountPolicies, reason) => {
    expect(subscriptionOf(group(fields), destination({ accountPolicies }))).toEqual({
      state: "feeds",
      reason,
      remedy: "Remove all but one: each event is delivered once for each of them.",
      hasModuleFilter: true,
    });
  });

  test("is said to grow with each delivery where it is of Kloudfuse's own cluster", () => {
    const own = group({ name: "/aws/eks/kfuse/cluster", filters: [filter("kloudfuse-logs", ARN)] });
    expect(subscriptionOf(own, destination())).toMatchObject({
      state: "feeds",
      remedy:
        "By its name it belongs to Kloudfuse's own cluster: remove the subscription if its logs grow with each delivery.",
    });
  });

  test("is said to feed itself where it is the error log group", () => {
    const errors = group({ name: ERRORS, filters: [filter("kloudfuse-logs", ARN)] });
    expect(subscriptionOf(errors, destination())).toMatchObject({
      state: "feeds",
      remedy: "Remove the subscription: each delivery error that the log group receives causes another delivery.",
    });
  });
});

describe("a log group that does not feed Kloudfuse", () => {
  test("can be subscribed", () => {
    expect(subscriptionOf(group(), destination())).toEqual(OPEN);
  });

  test("can be subscribed before the stream exists", () => {
    const before = destination({ streamArn: undefined });
    expect(subscriptionOf(group({ filters: [filter("other")] }), before)).toEqual(OPEN);
  });

  test("can be subscribed beside an account policy with another destination", () => {
    const accountPolicies = [policy({ destinationArn: OTHER })];
    expect(subscriptionOf(group(), destination({ accountPolicies }))).toEqual(OPEN);
  });

  test("should not be subscribed where Kloudfuse's account policy excludes it", () => {
    const accountPolicies = [policy({ excluded: ["/ecs/api"] })];
    expect(subscriptionOf(group(), destination({ accountPolicies }))).toEqual({
      state: "blocked",
      reason: "excluded by account policy everything",
      remedy: "No action needed if intentional. Otherwise remove it from account_excluded_log_groups.",
      hasModuleFilter: false,
    });
  });

  test.each(["INFREQUENT_ACCESS", "DELIVERY"])("is not fed by an account policy in the class %s", (logClass) => {
    const found = subscriptionOf(group({ logClass }), destination({ accountPolicies: [policy()] }));
    expect(found.state).toBe("blocked");
  });

  test("can be subscribed with one free filter", () => {
    const filters = ["a", "b", "c", "d"].map((name) => filter(name));
    expect(subscriptionOf(group({ filters }), destination())).toEqual(OPEN);
  });

  test("cannot without a free filter", () => {
    const filters = ["a", "b", "c", "d", "e"].map((name) => filter(name));
    expect(subscriptionOf(group({ filters }), destination())).toEqual({
      state: "blocked",
      reason: "all 5 subscription filters are used: a, b, c, d, e",
      remedy: "Remove one that is not needed, or subscribe the account (subscribe_account).",
      hasModuleFilter: false,
    });
  });

  test.each([
    ["INFREQUENT_ACCESS", "Infrequent Access"],
    ["DELIVERY", "Delivery"],
  ])("cannot in the class %s", (logClass, text) => {
    expect(subscriptionOf(group({ logClass }), destination())).toEqual({
      state: "blocked",
      reason: `log groups of the ${text} class cannot be subscribed`,
      remedy: "Create another log group of the Standard class: the class of a log group cannot be changed.",
      hasModuleFilter: false,
    });
  });

  test("should not be subscribed as the error log group", () => {
    expect(subscriptionOf(group({ name: ERRORS }), destination())).toEqual({
      state: "blocked",
      reason: "error log group of the streams: each delivery error would cause another delivery",
      remedy: "",
      hasModuleFilter: false,
    });
  });

  test("should not be subscribed as one of Kloudfuse's own cluster", () => {
    expect(subscriptionOf(group({ name: "/aws/eks/kfuse/cluster" }), destination())).toEqual({
      state: "blocked",
      reason: "a log group of Kloudfuse's own cluster by its name: its logs grow with each delivery",
      remedy: "Subscribe it only if its logs do not depend on deliveries.",
      hasModuleFilter: false,
    });
  });
});

describe("a log group is undetermined", () => {
  test("where its filters are not known", () => {
    expect(subscriptionOf(group({ filters: undefined }), destination())).toEqual({
      state: "unknown",
      reason: "its subscription filters could not be determined",
      remedy: "Fix what the summary names, and run the command again.",
      hasModuleFilter: false,
    });
  });

  test("where the account policies are not known", () => {
    const accountPolicies = new UndeterminedError("denied");
    expect(subscriptionOf(group(), destination({ accountPolicies }))).toEqual({
      state: "unknown",
      reason: "whether an account policy selects it could not be determined",
      remedy: "Fix what the summary names, and run the command again.",
      hasModuleFilter: false,
    });
  });

  test("where the criteria of Kloudfuse's account policy are in another form", () => {
    const accountPolicies = [policy({ criteria: 'LogGroupName IN ["a"]', excluded: undefined })];
    expect(subscriptionOf(group(), destination({ accountPolicies }))).toEqual({
      state: "unknown",
      reason: "whether account policy everything selects it could not be determined",
      remedy: 'Look at its selection criteria: LogGroupName IN ["a"]',
      hasModuleFilter: false,
    });
  });

  test("not where those criteria are of a policy with another destination", () => {
    const accountPolicies = [policy({ destinationArn: OTHER, excluded: undefined })];
    expect(subscriptionOf(group(), destination({ accountPolicies }))).toEqual(OPEN);
  });

  test("not where it cannot be subscribed anyway", () => {
    const blocked = subscriptionOf(group({ logClass: "DELIVERY", filters: undefined }), destination());
    expect(blocked.state).toBe("blocked");
  });
});
