import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UnusableInput } from "../exit-codes";

/** A line of a file, for tools that show findings in a diff. */
export interface Place {
  /** Path relative to the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** Length of the line, in UTF-16 code units. */
  readonly length: number;
}

interface File {
  readonly path: string;
  readonly isJson: boolean;
  readonly lines: readonly string[];
}

/**
 * Finds the block in the root's files that a resource comes from: its module's call, or itself. In a CDKTF project,
 * which has no such files, it is the app.
 *
 * @throws UnusableInput when the root has no file to point at
 */
export function placesIn(root: string): (address: string) => Place {
  const folder = resolve(root);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UnusableInput(`--root must be a folder (got "${root}"). Name the folder of the root's .tf files.`);
  }
  const names = readdirSync(folder).sort();
  const sources = names.filter((name) => /\.tf(\.json)?$/.test(name));
  const app = names.includes("cdktf.json") ? names.filter((name) => /^main\.(ts|py|go)$/.test(name)) : [];
  const [first, ...others] = (sources.length > 0 ? sources : app).map((name) => read(folder, name));
  if (first === undefined) {
    throw new UnusableInput(
      `--root must have .tf or .tf.json files, or a CDKTF app (got "${root}"). Name the folder of the root's files.`,
    );
  }
  const files = [first, ...others];
  const fallback = files.find(({ path }) => /(^|\/)main\.[^/]*$/.test(path)) ?? first;
  return (address) => {
    const found = files.map((file) => ({ file, line: lineOf(file, address) })).find(({ line }) => line >= 0);
    const { file, line } = found ?? { file: fallback, line: 0 };
    return { file: file.path, line: line + 1, length: file.lines[line]?.length ?? 0 };
  };
}

function read(folder: string, name: string): File {
  const path = join(folder, name);
  return {
    path: relative(repositoryOf(folder), path).replaceAll("\\", "/"),
    isJson: name.endsWith(".json"),
    lines: readFileSync(path, "utf8").split(/\r?\n/),
  };
}

/** The repository that a folder is in; the working directory where it is in none. */
function repositoryOf(folder: string): string {
  if (existsSync(join(folder, ".git"))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? process.cwd() : repositoryOf(parent);
}

/** Index of the line where the block of a resource begins; -1 where the file does not have it. */
function lineOf({ isJson, lines }: File, address: string): number {
  const [, module, type = "", name = ""] = /^(?:module\.([^.[]+)|([^.]+)\.([^.[]+))/.exec(address) ?? [];
  const [block, label] = module === undefined ? [type, name] : ["module", module];
  if (!isJson) {
    const header = new RegExp(
      module === undefined ? `^\\s*resource\\s+"${block}"\\s+"${label}"` : `^\\s*module\\s+"${label}"`,
    );
    return lines.findIndex((line) => header.test(line));
  }
  const start = lines.findIndex((line) => line.includes(`"${block}"`));
  const inside = lines.findIndex((line, index) => index >= start && line.includes(`"${label}"`));
  return start < 0 ? -1 : inside;
}
