import { type Report, summary } from "../report";

/** A comment for a pull request. */
export function markdownFormat(report: Report): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
  const rows = report.rows.map(({ policy, outcome, status, reason }) => {
    const word = status === "finding" ? `**${policy.severity}**` : status;
    const remedy = status === "allowed" ? reason : outcome.remedy;
    return `| ${policy.id} | ${word} | \`${cell(outcome.address)}\` | ${cell(outcome.found)} | ${cell(remedy)} |`;
  });
  const table =
    rows.length === 0
      ? []
      : ["", "| policy | status | resource | found | what to do |", "| --- | --- | --- | --- | --- |", ...rows];
  return ["### Kloudfuse Firehose policies", "", summary(report), ...table, ""].join("\n");
}
