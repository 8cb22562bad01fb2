import type { Log, Result } from "sarif";
import type { Severity } from "../../../policies/policy";
import type { Report, Row } from "../report";
import type { Place } from "../places";

/** SARIF 2.1.0, which GitHub's code scanning shows in the diff. */
export function sarifFormat({ policies, rows }: Report, placeOf: (address: string) => Place): string {
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: "kloudfuse-firehose",
            rules: policies.map(({ id, severity, title, why, source }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: `${title}. ${why}` },
              help: { text: `Source: ${source}` },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        results: rows.map((row) => result(row, placeOf(row.outcome.address))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result({ policy, outcome, status, reason }: Row, { file, line }: Place): Result {
  return {
    ruleId: policy.id,
    ...standing(status === "unknown" ? "unknown" : policy.severity),
    message: { text: `${outcome.address}: ${outcome.found}. ${outcome.remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: outcome.address, kind: "resource" }],
      },
    ],
    ...(status === "allowed" ? { suppressions: [{ kind: "external", justification: reason }] } : {}),
  };
}

/** SARIF's word for what is not decided is `open`, and it has no level. */
function standing(severity: Severity | "unknown"): Pick<Result, "kind" | "level"> {
  return severity === "unknown" ? { kind: "open", level: "none" } : { kind: "fail", level: severity };
}
