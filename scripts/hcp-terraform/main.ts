import { existsSync, readFileSync } from "node:fs";
import { comment, commentBody } from "./comment";
import { stopRun } from "./stop-run";

/**
 * What the workflows on HCP Terraform do beyond the actions:
 *
 *   comment <report>   creates or updates the comment of a pull request
 *   stop-run           discards or cancels the run of a configuration version
 *
 * Everything else comes from the environment.
 */
async function main([command, report]: readonly string[]): Promise<void> {
  switch (command) {
    case "comment": {
      const body = commentBody({
        report: report !== undefined && existsSync(report) ? readFileSync(report, "utf8") : "",
        runStatus: process.env["RUN_STATUS"] ?? "",
        runUrl: process.env["RUN_URL"] ?? "",
        logUrl: required("LOG_URL"),
      });
      const api = {
        baseUrl: required("GITHUB_API_URL"),
        token: required("GITHUB_TOKEN"),
        mediaType: "application/vnd.github+json",
      };
      await comment({ api, repository: required("GITHUB_REPOSITORY"), number: required("PULL_REQUEST") }, body);
      return;
    }
    case "stop-run": {
      const api = {
        baseUrl: `https://${required("TF_HOSTNAME")}/api/v2`,
        token: required("TF_API_TOKEN"),
        mediaType: "application/vnd.api+json",
      };
      const workspace = { api, organization: required("TF_CLOUD_ORGANIZATION"), name: required("TF_WORKSPACE") };
      const reason = `Stopped by ${required("LOG_URL")}`;
      process.stdout.write(`${await stopRun(workspace, required("CONFIGURATION_VERSION"), reason)}\n`);
      return;
    }
    default:
      throw new Error(`The command must be comment or stop-run, got "${command ?? ""}". Use one of them.`);
  }
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === "") {
    throw new Error(`The environment variable ${variable} is required.`);
  }
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
