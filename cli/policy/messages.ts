import { plural } from "../numbers";
import { unusedMessage } from "./allowances";
import { conclusionOf, type Report, type StackReport } from "./report";

/** A sentence about the whole report, and its level. */
export interface Message {
  readonly level: "note" | "warning" | "error";
  readonly text: string;
}

/** What was evaluated and found, what the plan leaves out, and which options had no effect. */
export function messages(report: Report): readonly Message[] {
  const { limitations, allowances, unusedAllowances, stacks } = report;
  const asNote = (text: string): Message => ({ level: "note", text });
  return [
    ...(stacks === undefined ? [] : [asNote(stackSummary(stacks))]),
    ...summary(report).map(asNote),
    // With --fleet, the messages of the stacks have it.
    ...(stacks === undefined ? failureOnUnknown(report) : []).map((text): Message => ({ level: "error", text })),
    ...limitations.map(({ message, remedy, isUnusable }): Message => ({
      level: isUnusable ? "error" : "warning",
      text: `${message} ${remedy}`,
    })),
    ...unusedAllowances.map((unused) => asNote(unusedMessage(unused, allowances))),
  ];
}

/** The texts of the messages. */
export const sentences = (report: Report): readonly string[] => messages(report).map(({ text }) => text);

/** A stack of a fleet that does not pass, or whose plan leaves something out. */
export interface StackMessage extends Pick<Message, "level"> {
  readonly stack: string;
  readonly word: "problem" | "unknown" | "warning";
  readonly found: string;
  /** What to do; empty where the findings say it. */
  readonly remedy: string;
}

const STACK_WORDS = {
  findings: { word: "problem", level: "note" },
  unusable: { word: "unknown", level: "error" },
  unknown: { word: "problem", level: "error" },
  passed: { word: "warning", level: "warning" },
} as const;

/** The stacks of a fleet that do not pass, or whose plan leaves something out; none of a report about one plan. */
export function stackMessages({ stacks = [] }: Report): readonly StackMessage[] {
  return stacks
    .filter(({ report }) => conclusionOf(report) !== "passed" || report.limitations.length > 0)
    .map(({ stack, report }) => {
      const { limitations } = report;
      const left = limitations.map(({ message }) => message);
      return {
        stack,
        ...STACK_WORDS[conclusionOf(report)],
        found: [...summary(report), ...failureOnUnknown(report), ...left].join(" "),
        remedy: limitations.map(({ remedy }) => remedy).join(" "),
      };
    });
}

function failureOnUnknown(report: Report): string[] {
  const { unknown } = report.counts;
  return conclusionOf(report) === "unknown"
    ? [`The plan does not pass because of --fail-on-unknown: ${plural(unknown, "outcome is", "outcomes are")} unknown.`]
    : [];
}

function stackSummary(stacks: readonly StackReport[]): string {
  const conclusions = stacks.map(({ report }) => conclusionOf(report));
  const count = (conclusion: string): number => conclusions.filter((each) => each === conclusion).length;
  const parts = [
    `${count("passed")} passed`,
    `${count("findings")} with findings`,
    `${count("unusable")} undetermined`,
    ...(count("unknown") === 0 ? [] : [`${count("unknown")} failed because of --fail-on-unknown`]),
  ];
  return `${plural(stacks.length, "stack")}: ${parts.join(", ")}.`;
}

/** Empty if no plan was evaluated: "0 findings" would be misleading then. */
function summary({ policies, counts, evaluated }: Report): string[] {
  if (evaluated === undefined) {
    return [];
  }
  const { streams, possibleStreams, roles, buckets } = evaluated;
  const resources = [
    plural(streams, "stream"),
    plural(roles, "role"),
    plural(buckets, "backup bucket"),
    ...(possibleStreams === 0 ? [] : [`${plural(possibleStreams, "more stream")} may be Kloudfuse's`]),
  ];
  const found = [
    plural(counts.finding, "finding"),
    `${counts.allowed} allowed`,
    `${counts.unknown} unknown until the apply`,
    ...(counts.note === 0 ? [] : [plural(counts.note, "note")]),
    ...(counts.minor === 0 ? [] : [`${counts.minor} below --min-severity, not listed`]),
  ];
  return [`${plural(policies.length, "policy", "policies")} on ${resources.join(", ")}: ${found.join(", ")}.`];
}
