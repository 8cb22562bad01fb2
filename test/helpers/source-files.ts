import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// Paths are relative to the project, in which tests and scripts run: scripts are bundled, and have no __dirname.

/** The paths of the TypeScript files in a folder of the project, without what is built or installed there. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !/\/(?:dist|node_modules)\//.test(file))
    .sort();

/** A file of the project that another one imports. */
export interface ImportedFile {
  readonly path: string;
  /** What stands between the braces; empty if there are none. */
  readonly names: string;
}

/** What a file imports of the project, types and lazy imports among it. */
export const importsOf = (file: string): ImportedFile[] =>
  [
    ...readFileSync(file, "utf8").matchAll(/(?:\{([^{}]*)\} )?(?:from|import) "(\.[^"]+)"|import\("(\.[^"]+)"\)/g),
  ].flatMap(([, names = "", fixed, lazy]) => {
    const path = join(dirname(file), fixed ?? lazy ?? "");
    return [`${path}.ts`, `${path}/index.ts`].filter((each) => existsSync(each)).map((each) => ({ path: each, names }));
  });
