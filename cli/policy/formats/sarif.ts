import { createHash } from "node:crypto";
import type { Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Policy } from "../../../policies/policy";
import type { Place } from "../places";
import { type Report, type Row, sentences } from "../report";

/**
 * SARIF 2.1.0, which GitHub's code scanning shows in the diff. It shows every result as an alert, so that only findings
 * are results; what is allowed or unknown is a notification of the run.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifFormat(report: Report, placeOf: (address: string) => Place): string {
  const { policies, rows, evaluated } = report;
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "kloudfuse-firehose", rules: policies.map(rule) } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...sentences(report).map((text): Notification => ({ level: "note", message: { text } })),
              ...rows.filter(({ status }) => status !== "finding").map(notification),
            ],
          },
        ],
        results: rows
          .filter(({ status }) => status === "finding")
          .map((row) => result(row, policies.indexOf(row.policy), placeOf(row.outcome.address))),
        properties: { evaluated },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const rule = ({ id, severity, title, why, source }: Policy): ReportingDescriptor => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: `${title}. ${why}` },
  help: { text: `${why} Source: ${source}.`, markdown: `${why}\n\nSource: ${source}.` },
  defaultConfiguration: { level: severity },
});

function notification({ policy, outcome, status, reason }: Row): Notification {
  const detail = status === "allowed" ? `allowed: ${reason}` : outcome.remedy;
  return {
    level: "note",
    message: { text: `${policy.id}: ${outcome.address}: ${outcome.found}. ${detail}` },
    associatedRule: { id: policy.id },
  };
}

function result({ policy, outcome }: Row, ruleIndex: number, { file, line, length }: Place): Result {
  const { address, found, remedy } = outcome;
  return {
    ruleId: policy.id,
    ruleIndex,
    level: policy.severity,
    message: { text: `${address}: ${found}. ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: 1, endLine: line, endColumn: length + 1 },
        },
        logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }],
      },
    ],
    partialFingerprints: { "kloudfuseFirehose/v1": fingerprint(policy.id, address, found) },
  };
}

/** Stays while the finding does, wherever its block moves to. */
const fingerprint = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");
