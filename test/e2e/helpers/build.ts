import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** Builds the command before the end-to-end tests, so that what they run is never stale. */
export default function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: resolve(__dirname, "../../.."), stdio: "inherit" });
}
