import type { PlanLimitation } from "../../../policies/plan";
import type { Policy } from "../../../policies/policy";
import { printable } from "../../text";
import { type Report, type Row, sentences } from "../report";

/** JUnit XML: a test case for each policy, and one for whatever keeps the plan from being evaluated. */
export function junitFormat(report: Report): string {
  const cases = [
    ...report.limitations.filter(({ isUnusable }) => isUnusable).map(planCase),
    ...report.policies.map((policy) => policyCase(policy, report)),
  ];
  const count = (kind: Kind): number => cases.filter((each) => each.kind === kind).length;
  const suite = [
    `name="kloudfuse-firehose policies"`,
    `tests="${cases.length}"`,
    `failures="${count("failure")}"`,
    `errors="${count("error")}"`,
    `skipped="${count("skipped")}"`,
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite ${suite.join(" ")}>`,
    ...cases.map(({ xml }) => `  ${xml}`),
    `  <system-out>${escaped(sentences(report))}</system-out>`,
    "</testsuite>",
    "",
  ].join("\n");
}

type Kind = "failure" | "error" | "skipped" | "passed";

interface TestCase {
  readonly kind: Kind;
  readonly xml: string;
}

function planCase({ kind, message, remedy }: PlanLimitation): TestCase {
  const error = `<error message="${escaped([message])}" type="${kind}">${escaped([remedy])}</error>`;
  return { kind: "error", xml: `<testcase classname="plan" name="The plan can be evaluated">${error}</testcase>` };
}

/** A policy with a finding fails; one with a note, something allowed or unknown, and no finding, is skipped. */
function policyCase(policy: Policy, { rows, failsOnUnknown }: Report): TestCase {
  const own = rows.filter((row) => row.policy === policy);
  const text = escaped(own.map(line));
  const start = `<testcase classname="${policy.id}" name="${escaped([policy.title])}"`;
  const isFinding = own.some(({ status }) => status === "finding");
  if (isFinding || (failsOnUnknown && own.some(({ status }) => status === "unknown"))) {
    const type = isFinding ? policy.severity : "unknown";
    const failure = `<failure message="${escaped([policy.why])}" type="${type}">${text}</failure>`;
    return { kind: "failure", xml: `${start}>${failure}</testcase>` };
  }
  return own.length > 0
    ? { kind: "skipped", xml: `${start}><skipped message="${text}"/></testcase>` }
    : { kind: "passed", xml: `${start}/>` };
}

const line = ({ outcome, status, reason }: Row): string =>
  status === "allowed"
    ? `allowed (${reason}): ${outcome.address}: ${outcome.found}`
    : `${status}: ${outcome.address}: ${outcome.found}. ${outcome.remedy}`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Each text on a line of its own. XML has no way to write halves of surrogate pairs and some other characters. */
const escaped = (texts: readonly string[]): string =>
  texts
    .map((text) =>
      printable(text)
        .replace(/[\ufffe\uffff\p{Cs}]/gu, "\ufffd")
        .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character),
    )
    .join("&#10;");
