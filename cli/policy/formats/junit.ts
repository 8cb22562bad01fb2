import type { Policy } from "../../../policies/policy";
import { printable } from "../../text";
import { sentences } from "../messages";
import type { Limitation, Report, PolicyRow } from "../report";

const NAME = "kloudfuse-firehose policies";

/**
 * JUnit XML: a test case for each policy, and one for each reason why the plan cannot be evaluated. A fleet has a suite
 * for each stack, after a suite without test cases that has the messages about all of them.
 */
export function junitFormat(report: Report): string {
  const { stacks } = report;
  const suites =
    stacks === undefined
      ? suite(NAME, casesOf(report), report)
      : [
          "<testsuites>",
          ...[
            ...suite(NAME, [], report),
            ...stacks.flatMap(({ stack, report: own }) => suite(stack, casesOf(own, `${stack}.`), own)),
          ].map((line) => `  ${line}`),
          "</testsuites>",
        ];
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...suites, ""].join("\n");
}

function suite(name: string, cases: readonly TestCase[], report: Report): readonly string[] {
  const count = (kind: TestCaseKind): number => cases.filter((each) => each.kind === kind).length;
  const attributes = [
    `name="${name}"`,
    `tests="${cases.length}"`,
    `failures="${count("failure")}"`,
    `errors="${count("error")}"`,
    `skipped="${count("skipped")}"`,
  ];
  return [
    `<testsuite ${attributes.join(" ")}>`,
    ...cases.map(({ xml }) => `  ${xml}`),
    `  <system-out>${escaped(sentences(report))}</system-out>`,
    "</testsuite>",
  ];
}

/** @param prefix of the class names: GitLab takes test cases of one name for the same, whatever their suite */
const casesOf = (report: Report, prefix = ""): readonly TestCase[] => [
  ...report.limitations.filter(({ isUnusable }) => isUnusable).map((limitation) => planCase(limitation, prefix)),
  ...report.policies.map((policy) => policyCase(policy, report, prefix)),
];

type TestCaseKind = "failure" | "error" | "skipped" | "passed";

interface TestCase {
  readonly kind: TestCaseKind;
  readonly xml: string;
}

function planCase({ kind, message, remedy }: Limitation, prefix: string): TestCase {
  const error = `<error message="${escaped([message])}" type="${kind}">${escaped([remedy])}</error>`;
  return {
    kind: "error",
    xml: `<testcase classname="${prefix}plan" name="The plan can be evaluated">${error}</testcase>`,
  };
}

/** A policy with a finding fails; one with a note, something allowed or unknown, and no finding, is skipped. */
function policyCase(policy: Policy, { rows, failsOnUnknown }: Report, prefix: string): TestCase {
  const own = rows.filter((row) => row.policy === policy);
  const text = escaped(own.map(line));
  const start = `<testcase classname="${prefix}${policy.id}" name="${escaped([policy.title])}"`;
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

const line = ({ outcome, status, reason }: PolicyRow): string =>
  status === "allowed"
    ? `allowed (${reason}): ${outcome.address}: ${outcome.found}`
    : `${status}: ${outcome.address}: ${outcome.found}. ${outcome.remedy}`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Each text on its own line. XML cannot contain halves of surrogate pairs and some other characters. */
const escaped = (texts: readonly string[]): string =>
  texts
    .map((text) =>
      printable(text)
        .replace(/[\ufffe\uffff\p{Cs}]/gu, "\ufffd")
        .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character),
    )
    .join("&#10;");
