import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { UnusableInput } from "../exit-codes";
import { blockOf, type BlockStarts, blocksOfHcl, blocksOfJson, type BlockStart } from "./blocks";

/** A part of a line of a file, for tools that show findings in a diff. */
export interface Place extends BlockStart {
  /** Path relative to the repository, with forward slashes. */
  readonly file: string;
}

interface SourceFile {
  readonly path: string;
  readonly blocks: BlockStarts;
  readonly firstLine: string;
}

/**
 * Finds the block in the root's files that creates a resource: the module call, or the resource itself. A CDKTF project
 * has no such files: there it is the app.
 *
 * @throws UnusableInput when the root has no file to point at
 */
export function placesIn(root: string): (address: string) => Place {
  const folder = folderAt(root);
  const repository = repositoryOf(folder) ?? workingDirectoryOf(folder);
  const names = filesIn(folder, root);
  const sources = names.filter((name) => /\.tf(\.json)?$/.test(name));
  const app = names.includes("cdktf.json") ? names.filter((name) => /^main\.(ts|py|go)$/.test(name)) : [];
  const [first, ...others] = (sources.length > 0 ? sources : app).map((name) => read(join(folder, name), repository));
  if (first === undefined) {
    throw new UnusableInput(
      `--root must have .tf or .tf.json files, or a CDKTF app, got "${root}". Name the folder of the root's files.`,
    );
  }
  const files = [first, ...others];
  const { path, firstLine } = files.find((file) => /(^|\/)main\.[^/]*$/.test(file.path)) ?? first;
  const fallback: Place = { file: path, line: 1, startColumn: 1, endColumn: firstLine.length + 1 };
  return (address) => {
    const name = blockOf(address);
    for (const file of files) {
      const block = file.blocks.get(name);
      if (block !== undefined) {
        return { file: file.path, ...block };
      }
    }
    return fallback;
  };
}

/** Resolves symbolic links: GitHub does not show files behind them. */
function folderAt(root: string): string {
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new UnusableInput(`--root must be a folder, got "${root}". Name the folder of the root's .tf files.`);
  }
  return realpathSync(root);
}

function filesIn(folder: string, root: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
      .sort();
  } catch {
    throw new UnusableInput(`--root must be a folder that can be read, got "${root}". Check its permissions.`);
  }
}

function read(file: string, repository: string): SourceFile {
  const text = textOf(file);
  const target = realpathSync(file);
  const path = contains(repository, target) ? target : file;
  return {
    path: relative(repository, path).replaceAll("\\", "/"),
    blocks: file.endsWith(".tf") ? blocksOfHcl(text) : file.endsWith(".json") ? blocksOfJson(text) : new Map(),
    firstLine: text.split(/\r?\n/, 1)[0] ?? "",
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UnusableInput(`The root's files must be readable, got "${file}". Check its permissions.`);
  }
}

/** The repository that contains a folder; undefined if there is none. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

/** The working directory if it contains the folder, else the folder: paths must not lead out of it. */
function workingDirectoryOf(folder: string): string {
  const current = realpathSync(process.cwd());
  return contains(current, folder) ? current : folder;
}

function contains(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return !isAbsolute(steps) && !/^\.\.(?:[/\\]|$)/.test(steps);
}
