import type { ListedLogGroup, LogGroupsReport } from "../../../cli/log-groups/report";
import type { LogGroupSubscription } from "../../../cli/log-groups/subscription";

type Fields = Partial<Omit<ListedLogGroup, "subscription">> & { readonly subscription?: Partial<LogGroupSubscription> };

/** A log group that can be subscribed, but for some fields. */
export const listed = (name: string, { subscription, ...fields }: Fields = {}): ListedLogGroup => ({
  name,
  logClass: "STANDARD",
  createdAt: undefined,
  filters: [],
  bytesPerDay: 1_200_000,
  subscription: { state: "open", reason: "", remedy: "", hasModuleFilter: false, ...subscription },
  isErrorLog: false,
  ...fields,
});

const FED = {
  filters: [{ name: "kloudfuse-logs", destinationArn: "arn", roleArn: "role", filterPattern: "" }],
} as const;

/** One log group of each state, and one that the module feeds already. */
export const GROUPS: readonly ListedLogGroup[] = [
  listed("/ecs/api"),
  listed("/ecs/fed-by-module", {
    ...FED,
    subscription: { state: "feeds", reason: "fed by subscription filter kloudfuse-logs", hasModuleFilter: true },
  }),
  listed("/ecs/fed-by-policy", { subscription: { state: "feeds", reason: "fed by account policy all" } }),
  listed("/ecs/rare", {
    logClass: "INFREQUENT_ACCESS",
    bytesPerDay: 0,
    subscription: { state: "blocked", reason: "of another class", remedy: "Create another one." },
  }),
  listed("/ecs/secret", {
    filters: undefined,
    bytesPerDay: undefined,
    subscription: { state: "unknown", reason: "its subscription filters are not known", remedy: "Allow it." },
  }),
];

/** A listing, but for some fields. */
export const reportWith = (fields: Partial<LogGroupsReport> = {}): LogGroupsReport => ({
  accountId: "123456789012",
  regions: ["eu-central-1"],
  evaluatedAt: new Date("2026-01-31T12:00:00Z"),
  groups: GROUPS,
  streamName: "kloudfuse-logs",
  hasStream: true,
  reasons: [],
  ...fields,
});
