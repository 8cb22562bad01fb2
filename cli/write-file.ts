import { sync as writeFileAtomicSync } from "write-file-atomic";
import { UnusableInput } from "./exit-codes";
import { readErrorReason } from "./read-errors";

/** Replaces a file atomically. @throws UnusableInput when it cannot be written; it stays as it was */
export function writeFile(option: string, file: string, content: string): void {
  try {
    writeFileAtomicSync(file, content);
  } catch (error) {
    throw new UnusableInput(
      `${option} must be a file that can be written, got ${file} (${readErrorReason(error)}). Choose another file.`,
    );
  }
}
