import type { Policy } from "../../../policies/policy";
import { type Report, type Row, sentences } from "../report";

/** JUnit XML: a test case for each policy. */
export function junitFormat(report: Report): string {
  const cases = report.policies.map((policy) => testCase(policy, report.rows));
  const count = (kind: Kind): number => cases.filter((each) => each.kind === kind).length;
  const suite = [
    `name="kloudfuse-firehose policies"`,
    `tests="${cases.length}"`,
    `failures="${count("failure")}"`,
    `errors="0"`,
    `skipped="${count("skipped")}"`,
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite ${suite.join(" ")}>`,
    ...cases.map(({ xml }) => `  ${xml}`),
    `  <system-out>${escaped(sentences(report).join("\n"))}</system-out>`,
    "</testsuite>",
    "",
  ].join("\n");
}

type Kind = "failure" | "skipped" | "passed";

/** A policy with a finding fails; one with something allowed or unknown, and no finding, is skipped. */
function testCase(policy: Policy, rows: readonly Row[]): { readonly kind: Kind; readonly xml: string } {
  const own = rows.filter((row) => row.policy === policy);
  const text = escaped(own.map(line).join("\n"));
  const start = `<testcase classname="${policy.id}" name="${escaped(policy.title)}"`;
  if (own.some(({ status }) => status === "finding")) {
    const failure = `<failure message="${escaped(policy.why)}" type="${policy.severity}">${text}</failure>`;
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
  "\n": "&#10;",
};

/** XML has no way to write control characters and halves of surrogate pairs. */
const escaped = (text: string): string =>
  text
    .replace(/[^\n\P{Cc}]|[\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
