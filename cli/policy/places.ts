import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A line in a file, for tools that show findings in a diff. */
export interface Place {
  /** Path relative to the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
}

/** Finds the block in the root's `.tf` files that a resource comes from: its module's call, or itself. */
export function placesIn(root: string): (address: string) => Place {
  const files = readdirSync(root)
    .filter((file) => file.endsWith(".tf"))
    .sort()
    .map((file) => ({
      file: join(root, file).replaceAll("\\", "/"),
      lines: readFileSync(join(root, file), "utf8").split("\n"),
    }));
  const fallback: Place = { file: files[0]?.file ?? join(root, "main.tf").replaceAll("\\", "/"), line: 1 };
  return (address) => {
    const [, module, type, name] = /^(?:module\.([^.[]+)|([^.]+)\.([^.[]+))/.exec(address) ?? [];
    const block = module === undefined ? `resource "${type ?? ""}" "${name ?? ""}"` : `module "${module}"`;
    for (const { file, lines } of files) {
      const index = lines.findIndex((line) => line.trimStart().startsWith(block));
      if (index >= 0) {
        return { file, line: index + 1 };
      }
    }
    return fallback;
  };
}
