import { printable } from "../../text";
import { sentences, type StackMessage, stackMessages } from "../messages";
import type { Report, PolicyRow } from "../report";

/** GitHub rejects a comment of more than 65,536 characters; the tool that posts it may add some. */
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

/** The most important rows first, because rows that do not fit are left out. */
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

function outcomeRow({ policy, outcome, status, reason, stack }: PolicyRow): string {
  const word = status === "finding" ? `**${policy.severity}**` : status;
  const remedy = status === "allowed" ? reason : outcome.remedy;
  const names = [...(stack === undefined ? [] : [stack]), outcome.address];
  return line([policy.id, word, ...names.map(code), escaped(outcome.found), escaped(remedy)]);
}

const stackRow = ({ stack, word, found, remedy }: StackMessage): string =>
  line(["plan", `**${word}**`, code(stack), "", escaped(found), escaped(remedy)]);

/**
 * Escapes text of others for Markdown, HTML and TeX, on one line. GitHub finds mentions of users and issues after it
 * decodes entities, so that a zero-width space follows @ and #.
 */
const escaped = (text: string): string =>
  printable(text).replace(/[&<>|`*_[\]~\\!$@#]/g, (character) =>
    /[@#]/.test(character) ? `${character}\u200b` : `&#${character.charCodeAt(0)};`,
  );
