import { inputsTable, outputsTable } from "./module-readme";

/** Replaces the tables of inputs and outputs in the reference, each between a pair of comments. */
export function withCurrentTables(reference: string): string {
  return Object.entries({ inputs: inputsTable(), outputs: outputsTable() }).reduce((text, [name, content]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) {
      throw new Error(
        `docs/reference.md must contain ${start.trim()} and ${end.trim()}, got one or none. Restore them.`,
      );
    }
    return text.slice(0, from + start.length) + content + text.slice(to);
  }, reference);
}
