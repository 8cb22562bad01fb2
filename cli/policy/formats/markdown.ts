import { printable } from "../../text";
import { type Report, type Row, sentences } from "../report";

/** GitHub refuses a comment of more than 65,536 characters; what posts it adds some of its own. */
const MAX_CHARACTERS = 60_000;

/** A comment for a pull request. */
export function markdownFormat(report: Report): string {
  const head = [
    "### Kloudfuse Firehose policies",
    "",
    ...sentences(report).map((sentence) => `${escaped(sentence)}\n`),
  ];
  if (report.rows.length === 0) {
    return head.join("\n");
  }
  const lines = [...head, "| policy | status | resource | found | what to do |", "| --- | --- | --- | --- | --- |"];
  let characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
  let shown = 0;
  for (const row of report.rows.map(tableRow)) {
    characters += row.length + 1;
    if (characters > MAX_CHARACTERS) {
      break;
    }
    lines.push(row);
    shown += 1;
  }
  const left = report.rows.length - shown;
  return [...lines, ...(left === 0 ? [] : ["", `${left} more left out: a comment cannot hold them.`]), ""].join("\n");
}

function tableRow({ policy, outcome, status, reason }: Row): string {
  const word = status === "finding" ? `**${policy.severity}**` : status;
  const remedy = status === "allowed" ? reason : outcome.remedy;
  // GitHub looks for mentions and links everywhere but in code.
  const address = `<code>${escaped(outcome.address)}</code>`;
  return `| ${policy.id} | ${word} | ${address} | ${escaped(outcome.found)} | ${escaped(remedy)} |`;
}

/**
 * Foreign text on one line, without meaning in Markdown, HTML or TeX. It mentions nobody and no issue: GitHub looks for
 * those once the entities are decoded, so that only a character between helps.
 */
const escaped = (text: string): string =>
  printable(text).replace(/[&<>|`*_[\]~\\!$@#]/g, (character) =>
    /[@#]/.test(character) ? `${character}\u200b` : `&#${character.charCodeAt(0)};`,
  );
