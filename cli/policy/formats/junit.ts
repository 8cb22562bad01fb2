import { create } from "xmlbuilder2";
import type { Report } from "../report";

/** JUnit XML: a test case for each policy. */
export function junitFormat({ policies, rows }: Report): string {
  const ofPolicy = policies.map((policy) => ({ policy, own: rows.filter((row) => row.policy === policy) }));
  const failed = ofPolicy.filter(({ own }) => own.some(({ status }) => status === "finding"));
  const skipped = ofPolicy.filter(
    (entry) => !failed.includes(entry) && entry.own.some(({ status }) => status === "unknown"),
  );
  const suite = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuite", {
    name: "kloudfuse-firehose policies",
    tests: policies.length,
    failures: failed.length,
    errors: 0,
    skipped: skipped.length,
  });
  for (const entry of ofPolicy) {
    const { policy, own } = entry;
    const testCase = suite.ele("testcase", { classname: policy.id, name: policy.title });
    const text = own
      .map(({ outcome, status }) => `${status}: ${outcome.address}: ${outcome.found}. ${outcome.remedy}`)
      .join("\n");
    if (failed.includes(entry)) {
      testCase.ele("failure", { message: policy.why, type: policy.severity }).txt(text);
    } else if (skipped.includes(entry)) {
      testCase.ele("skipped", { message: text });
    }
  }
  return `${suite.end({ prettyPrint: true })}\n`;
}
