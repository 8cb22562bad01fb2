import { EXIT } from "../exit-codes";
import { plural, readableBytes } from "../numbers";
import type { Colors } from "../terminal/color";
import { headerOf } from "../terminal/report";
import type { ReportScope } from "../terminal/checks-report";
import type { ReportRow } from "../terminal/row";
import { renderRows } from "../terminal/rows";
import type { Terminal } from "../terminal/terminal";
import { classText, freeFilters, type InspectedLogGroup, MAX_SUBSCRIPTION_FILTERS } from "./log-group";
import { type LogGroupSubscription, SUBSCRIPTION_STATES, type SubscriptionState } from "./subscription";

/** A log group with how it relates to the logs stream. */
export interface ListedLogGroup extends InspectedLogGroup {
  readonly subscription: LogGroupSubscription;
  /** Whether Firehose writes the delivery errors of the streams to it. */
  readonly isErrorLog: boolean;
}

/** The log groups of a region. */
export interface LogGroupsReport extends ReportScope {
  readonly groups: readonly ListedLogGroup[];
  readonly streamName: string;
  /** Whether the region has the logs stream. */
  readonly hasStream: boolean;
  /** Why something is not known, each reason once. */
  readonly reasons: readonly string[];
}

const HEADINGS: Readonly<Record<SubscriptionState, string>> = {
  unknown: "Undetermined",
  feeds: "Feed Kloudfuse",
  open: "Can be subscribed",
  blocked: "Blocked",
};

const COLORS: Readonly<Record<SubscriptionState, (colors: Colors) => (text: string) => string>> = {
  unknown: ({ magenta }) => magenta,
  feeds: ({ green }) => green,
  open: ({ bold }) => bold,
  blocked: ({ yellow }) => yellow,
};

/** A listing is incomplete if something could not be determined. */
export const logGroupsExitCode = ({ reasons, groups }: LogGroupsReport): number =>
  reasons.length > 0 || groups.some(({ subscription }) => subscription.state === "unknown")
    ? EXIT.undetermined
    : EXIT.healthy;

/** The text of a listing: a line for each log group, what is not known first. */
export function renderLogGroups(report: LogGroupsReport, terminal: Terminal): string {
  const rows = SUBSCRIPTION_STATES.flatMap((state) =>
    report.groups.filter(({ subscription }) => subscription.state === state),
  ).map((group) => rowOf(group, report.regions));
  return renderRows(rows, { header: headerOf(report), summary: summaryOf(report) }, terminal);
}

function rowOf(group: ListedLogGroup, [region]: readonly string[]): ReportRow {
  const { name, logClass, bytesPerDay, subscription } = group;
  const { state, reason, remedy } = subscription;
  const free = freeFilters(group);
  const facts = [`${classText(logClass)} class`, freeText(free), sizeText(group)].join(", ");
  return {
    word: state,
    color: COLORS[state],
    heading: HEADINGS[state],
    fields: [
      region,
      classText(logClass),
      free?.toString(),
      bytesPerDay === undefined ? undefined : String(Math.round(bytesPerDay)),
    ],
    name,
    found: [...(reason === "" ? [] : [reason]), facts].join("; "),
    details: [],
    remedy,
  };
}

const freeText = (free: number | undefined): string =>
  free === undefined ? "free filters undetermined" : `${free} of ${MAX_SUBSCRIPTION_FILTERS} filters free`;

/** How much a log group receives. */
export const sizeText = ({ bytesPerDay }: Pick<InspectedLogGroup, "bytesPerDay">): string =>
  bytesPerDay === undefined ? "size undetermined" : `${readableBytes(Math.round(bytesPerDay))} a day`;

function summaryOf({ groups, reasons, streamName, hasStream }: LogGroupsReport): string[] {
  const of = (state: SubscriptionState): readonly ListedLogGroup[] =>
    groups.filter(({ subscription }) => subscription.state === state);
  const size = (listed: readonly ListedLogGroup[]): string =>
    readableBytes(Math.round(listed.reduce((sum, { bytesPerDay = 0 }) => sum + bytesPerDay, 0)));
  const [feeding, open] = [of("feeds"), of("open")];
  return [
    `${plural(groups.length, "log group")}: ${feeding.length} ${feeding.length === 1 ? "feeds" : "feed"} ${streamName} (${size(feeding)} a day), ${open.length} can be subscribed (${size(open)} a day), ${of("blocked").length} blocked, ${of("unknown").length} undetermined`,
    ...(hasStream ? [] : [`There is no delivery stream ${streamName} in this region: nothing feeds it yet.`]),
    ...reasons.map((reason) => `Undetermined: ${reason}`),
  ];
}

/** The listing as JSON. */
export function logGroupsJson(report: LogGroupsReport): string {
  const { accountId, regions, evaluatedAt, groups, reasons, streamName, hasStream } = report;
  const count = (state: SubscriptionState): number =>
    groups.filter(({ subscription }) => subscription.state === state).length;
  const summary = {
    account: accountId ?? null,
    regions,
    evaluatedAt: evaluatedAt.toISOString(),
    stream: hasStream ? streamName : null,
    counts: Object.fromEntries(SUBSCRIPTION_STATES.map((state) => [state, count(state)])),
    undetermined: reasons,
    exitCode: logGroupsExitCode(report),
  };
  const logGroups = groups.map((group) => ({
    name: group.name,
    class: group.logClass,
    state: group.subscription.state,
    reason: group.subscription.reason,
    remedy: group.subscription.remedy,
    filters: group.filters ?? null,
    freeFilters: freeFilters(group) ?? null,
    bytesPerDay: group.bytesPerDay ?? null,
  }));
  return `${JSON.stringify({ summary, logGroups }, null, 2)}\n`;
}
