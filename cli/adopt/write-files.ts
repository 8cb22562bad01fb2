import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import { UnusableInput } from "../exit-codes";
import { readErrorReason } from "../read-errors";
import type { AdoptionFile } from "./files";

/**
 * Writes all files or none, each atomically. Leaves a file that has the content already.
 *
 * @returns their paths
 * @throws UnusableInput when one exists with other content and `force` is not set, or cannot be written
 */
export function writeFiles(folder: string, files: readonly AdoptionFile[], force: boolean): string[] {
  const targets = files.map(({ name, content }) => {
    const path = join(folder, name);
    return { path, content, previous: contentOf(path) };
  });
  const [foreign] = targets.filter(({ content, previous }) => previous !== undefined && previous !== content);
  if (foreign !== undefined && !force) {
    throw new UnusableInput(
      `${foreign.path} exists with other content. Choose another folder with --out, or replace it with --force.`,
    );
  }
  const written = new Array<(typeof targets)[number]>();
  try {
    mkdirSync(folder, { recursive: true });
    for (const target of targets.filter(({ content, previous }) => content !== previous)) {
      written.push(target);
      writeFileAtomicSync(target.path, target.content);
    }
  } catch (error) {
    written.forEach(restore);
    throw new UnusableInput(
      `${folder} cannot be written: ${readErrorReason(error)}. Choose another folder with --out. Nothing was changed in it.`,
    );
  }
  return targets.map(({ path }) => path);
}

/** Undefined where there is no file. @throws UnusableInput when there is one that cannot be read */
function contentOf(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  } catch (error) {
    throw new UnusableInput(`${path} cannot be read: ${readErrorReason(error)}. Choose another folder with --out.`);
  }
}

function restore({ path, previous }: { readonly path: string; readonly previous: string | undefined }): void {
  if (previous === undefined) {
    rmSync(path, { force: true });
  } else {
    writeFileAtomicSync(path, previous);
  }
}
