/** The header of a block in a file: its line, counted from 1, and its columns. */
export interface BlockStart {
  readonly line: number;
  /** In UTF-16 code units, counted from 1. */
  readonly startColumn: number;
  /** The column after the last one. */
  readonly endColumn: number;
}

/** The blocks of a file by their names: `module.<name>` for the call of a module, `<type>.<name>` for a resource. */
export type BlockStarts = ReadonlyMap<string, BlockStart>;

/** Name of the block in the root module that creates a resource: the module call, or the resource itself. */
export function blockOf(address: string): string {
  const [, first = "", second = ""] = /^([^.[]*)\.([^.[]*)/.exec(address) ?? [];
  return `${first}.${second}`;
}

// Only comments at the start of a line are recognized: elsewhere /* may be the end of an ARN, "${arn}/*".
const BLOCK_COMMENT = /^[ \t]*\/\*[^]*?\*\//gm;
const HEADER = /^(\s*)(?:(module)|resource\s+"?([^"\s{]+)"?)\s+"?([^"\s{]+)"?\s*\{/;

/** The blocks of a `.tf` file. */
export function blocksOfHcl(text: string): BlockStarts {
  const blocks = new Map<string, BlockStart>();
  const code = text.replace(BLOCK_COMMENT, (comment) => comment.replace(/[^\n]/g, " "));
  for (const [index, line] of code.split("\n").entries()) {
    const [, indent = "", module, type, name = ""] = HEADER.exec(line) ?? [];
    const key = `${module ?? type ?? ""}.${name}`;
    if (name !== "" && !blocks.has(key)) {
      const block = { line: index + 1, startColumn: indent.length + 1, endColumn: line.trimEnd().length + 1 };
      blocks.set(key, block);
    }
  }
  return blocks;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** The blocks of a `.tf.json` file, which may have lists of objects in place of objects. */
export function blocksOfJson(text: string): BlockStarts {
  const blocks = new Map<string, BlockStart>();
  const open = new Array<{ readonly isObject: boolean; key?: string }>();
  let isKeyNext = false;
  let line = 1;
  let lineStart = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    for (let end = text.indexOf("\n", lineStart); end >= 0 && end < index; end = text.indexOf("\n", lineStart)) {
      line += 1;
      lineStart = end + 1;
    }
    const container = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ isObject: token === "{" });
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      isKeyNext = false;
    } else if (token === ",") {
      isKeyNext = container?.isObject === true;
    } else if (isKeyNext && container !== undefined) {
      isKeyNext = false;
      container.key = token.slice(1, -1);
      const block = blockAt(open.flatMap(({ key }) => key ?? []));
      if (block !== undefined && !blocks.has(block)) {
        const startColumn = index - lineStart + 1;
        blocks.set(block, { line, startColumn, endColumn: startColumn + token.length });
      }
    }
  }
  return blocks;
}

/** Name of the block at a path of keys; undefined if there is no block at this path. */
function blockAt([kind, first, second, ...more]: readonly string[]): string | undefined {
  if (kind === "module") {
    return first === undefined || second !== undefined ? undefined : `module.${first}`;
  }
  return kind !== "resource" || first === undefined || second === undefined || more.length > 0
    ? undefined
    : `${first}.${second}`;
}
