import { printable } from "../../text";
import { sentences, type StackMessage, stackMessages } from "../messages";
import type { Report, Row } from "../report";

/** GitHub refuses a comment of more than 65,536 characters; what posts it adds some of its own. */
const MAX_CHARACTERS = 60_000;

/** A comment for a pull request. */
export function markdownFormat(report: Report): string {
  const head = [
    "### Kloudfuse Firehose policies",
    "",
    ...sentences(report).map((sentence) => `${escaped(sentence)}\n`),
  ];
  const rows = tableRows(report);
  if (rows.length === 0) {
    return head.join("\n");
  }
  const columns = [
    "policy",
    "status",
    ...(report.stacks === undefined ? [] : ["stack"]),
    "resource",
    "found",
    "what to do",
  ];
  const lines = [...head, line(columns), line(columns.map(() => "---"))];
  let characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
  let shown = 0;
  for (const row of rows) {
    characters += row.length + 1;
    if (characters > MAX_CHARACTERS) {
      break;
    }
    lines.push(row);
    shown += 1;
  }
  const left = rows.length - shown;
  return [...lines, ...(left === 0 ? [] : ["", `${left} more not shown: the comment would be too long.`]), ""].join(
    "\n",
  );
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** What matters most comes first: what does not fit is left out. */
function tableRows(report: Report): readonly string[] {
  const findings = report.rows.filter(({ status }) => status === "finding");
  return [
    ...findings.map(outcomeRow),
    ...stackMessages(report).map(stackRow),
    ...report.rows.slice(findings.length).map(outcomeRow),
  ];
}

// GitHub looks for mentions and links everywhere but in code.
const code = (text: string): string => `<code>${escaped(text)}</code>`;

function outcomeRow({ policy, outcome, status, reason, stack }: Row): string {
  const word = status === "finding" ? `**${policy.severity}**` : status;
  const remedy = status === "allowed" ? reason : outcome.remedy;
  const names = [...(stack === undefined ? [] : [stack]), outcome.address];
  return line([policy.id, word, ...names.map(code), escaped(outcome.found), escaped(remedy)]);
}

const stackRow = ({ stack, word, found, remedy }: StackMessage): string =>
  line(["plan", `**${word}**`, code(stack), "", escaped(found), escaped(remedy)]);

/**
 * Foreign text on one line, without meaning in Markdown, HTML or TeX. It mentions nobody and no issue: GitHub looks for
 * those once the entities are decoded, so that only a character between helps.
 */
const escaped = (text: string): string =>
  printable(text).replace(/[&<>|`*_[\]~\\!$@#]/g, (character) =>
    /[@#]/.test(character) ? `${character}\u200b` : `&#${character.charCodeAt(0)};`,
  );
