import envPaths from "env-paths";
import { join } from "node:path";

/** The default journal of a bucket: in the folder for the state of programs, which outlives caches and temporary files. */
export function defaultJournal(bucket: string): string {
  const paths = envPaths("kloudfuse-firehose", { suffix: "" });
  // Linux has a folder for state of its own, which env-paths calls by what else is in it.
  const folder = process.platform === "linux" ? paths.log : paths.data;
  return join(folder, `replay-${bucket}.jsonl`);
}
