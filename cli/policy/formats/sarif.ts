import { createHash } from "node:crypto";
import type { Log, Message, Notification, ReportingDescriptor, Result } from "sarif";
import type { Policy } from "../../../policies/policy";
import { printable } from "../../text";
import type { Place } from "../places";
import { messages, stackMessages } from "../messages";
import { conclusionOf, type Report, type PolicyRow, subjectOf } from "../report";
import { jsonText } from "./json-text";

const SOURCE_ROOT = "%SRCROOT%";

/** GitHub rejects a run of more results. */
const MAX_RESULTS = 25_000;

/**
 * SARIF 2.1.0 for GitHub code scanning. GitHub creates an alert for every result, regardless of `kind`, `level` and
 * `suppressions`, so that only findings are results; other outcomes are notifications of the run. A fleet has one run,
 * because GitHub rejects several runs of one tool.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function sarifFormat(report: Report, placeOf: (address: string) => Place): string {
  const { policies, rows, evaluated, stacks } = report;
  const reports = stacks?.map((each) => each.report) ?? [report];
  const findings = rows.filter(({ status }) => status === "finding");
  const left = findings.length - MAX_RESULTS;
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "kloudfuse-firehose", rules: policies.map(rule) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: reports.every((each) => conclusionOf(each) !== "unusable"),
            toolExecutionNotifications: [
              ...messages(report).map(({ level, text }) => notification(level, text)),
              ...stackMessages(report).map(({ stack, level, found, remedy }) =>
                notification(level, `${stack}: ${found} ${remedy}`),
              ),
              ...(left > 0
                ? [notification("warning", `${left} more not shown: GitHub accepts at most ${MAX_RESULTS}.`)]
                : []),
              ...rows.filter(({ status }) => status !== "finding").map(rowNotification),
            ],
          },
        ],
        results: findings
          .slice(0, MAX_RESULTS)
          .map((row) => result(row, policies.indexOf(row.policy), placeOf(row.outcome.address))),
        properties: { evaluated },
      },
    ],
  };
  return jsonText(log);
}

// GitHub shows a rule with a security-severity as a security rule; the other rules are about lost data.
const SECURITY_RULE = /^KFF-((IAM|ENC|BKT)-|ALM-002$)/;
const SECURITY_SEVERITY = { error: "8.0", warning: "5.0", note: "2.0" } as const;

function rule({ id, severity, title, why, source }: Policy): ReportingDescriptor {
  const isSecurity = SECURITY_RULE.test(id);
  const allow = `kloudfuse-firehose policy plan.json --allow "${id}@<address>=<reason>"`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${why}` },
    help: {
      text: `${why} Source: ${source}. To allow an intended finding: ${allow}`,
      markdown: `**${title}.** ${why}\n\nSource: ${source}.\n\nTo allow an intended finding:\n\n\`\`\`sh\n${allow}\n\`\`\``,
    },
    defaultConfiguration: { level: severity },
    properties: {
      precision: "high",
      "problem.severity": severity === "note" ? "recommendation" : severity,
      tags: [isSecurity ? "security" : "reliability"],
      ...(isSecurity ? { "security-severity": SECURITY_SEVERITY[severity] } : {}),
    },
  };
}

const notification = (level: "note" | "warning" | "error", text: string): Notification => ({
  level,
  message: messageOf(text),
});

/** In a message of SARIF, [text](target) is a link. */
const messageOf = (text: string): Message => ({ text: printable(text).replaceAll("](", "] (") });

function rowNotification(row: PolicyRow): Notification {
  const { policy, outcome, status, reason, stack } = row;
  const detail = status === "allowed" ? `Allowed: ${reason}` : outcome.remedy;
  return {
    ...notification("note", `${subjectOf(row)}: ${outcome.found}. ${detail}`),
    associatedRule: { id: policy.id },
    properties: {
      status,
      ...(stack === undefined ? {} : { stack }),
      address: outcome.address,
      ...(status === "allowed" ? { reason } : {}),
    },
  };
}

function result(row: PolicyRow, ruleIndex: number, { file, line, startColumn, endColumn }: Place): Result {
  const { policy, outcome, stack } = row;
  const { address, found, remedy } = outcome;
  const stacks = stack === undefined ? [] : [stack];
  const fingerprint = fingerprintOf(...stacks, policy.id, address, found);
  return {
    ruleId: policy.id,
    ruleIndex,
    level: policy.severity,
    message: messageOf(`${subjectOf(row)}: ${found}. ${remedy}`),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: SOURCE_ROOT },
          region: { startLine: line, startColumn, endLine: line, endColumn },
        },
        logicalLocations: [{ fullyQualifiedName: [...stacks, address].join("."), kind: "resource" }],
      },
    ],
    // GitHub reads primaryLocationLineHash only. Its upload action would add the hash of the line, which is the same
    // for all findings of a module call, so that they would become one alert.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "kloudfuseFirehose/v1": fingerprint },
  };
}

/** Identifies a finding, wherever its block moves to. */
const fingerprintOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");
