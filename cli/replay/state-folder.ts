import envPaths from "env-paths";
import { join } from "node:path";

/**
 * The default journal of a bucket: in the folder for the state of programs, which outlives caches and temporary files.
 */
export function defaultJournal(bucket: string): string {
  const paths = envPaths("kloudfuse-firehose", { suffix: "" });
  // On Linux, env-paths calls the state folder `log`.
  const folder = process.platform === "linux" ? paths.log : paths.data;
  return join(folder, `replay-${bucket}.jsonl`);
}
