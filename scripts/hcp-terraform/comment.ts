import { asObject } from "../../iam/json";
import { type JsonApi, requestJson } from "./request";

/** First line of the comment; it identifies the comment to update on the next push. */
export const MARKER = "<!-- kloudfuse-firehose: plan on HCP Terraform -->";

/** GitHub rejects a comment of more than 65,536 characters. */
const MAX_COMMENT_LENGTH = 65_536;

const COMMENTS_PER_PAGE = 100;

/** What the workflow knows about a plan. */
export interface PlanResult {
  /** The policies' report in Markdown; empty when the plan could not be checked. */
  readonly report: string;
  /** Status of the run on HCP Terraform; empty when there is no run. */
  readonly runStatus: string;
  /** URL of the run on HCP Terraform; empty when there is no run. */
  readonly runUrl: string;
  /** URL of the GitHub run and its log. */
  readonly logUrl: string;
}

/** The comment about a plan: the policies' report, or that the plan failed and where to look. */
export function commentBody({ report, runStatus, runUrl, logUrl }: PlanResult): string {
  const links = [...(runUrl === "" ? [] : [`[Run on HCP Terraform](${runUrl})`]), `[Log](${logUrl})`].join(" | ");
  const content = report.trim() === "" ? failure(runStatus) : report.trim();
  const head = `${MARKER}\n`;
  const tail = `\n\n${links}\n`;
  const space = MAX_COMMENT_LENGTH - head.length - tail.length;
  return `${head}${truncate(content, space)}${tail}`;
}

function failure(runStatus: string): string {
  switch (runStatus) {
    case "":
      return "### The plan failed\n\nThe workflow failed before HCP Terraform finished a run.";
    case "planned_and_finished":
      return "### The plan could not be checked\n\nThe plan succeeded, but the policies did not check it.";
    default:
      return [
        "### The plan failed",
        "",
        `The run ended with the status \`${runStatus}\`. When the error is about the region, set the Terraform ` +
          "variable `aws_region` or the environment variable `AWS_REGION` in the workspace.",
      ].join("\n");
  }
}

function truncate(text: string, length: number): string {
  const note = "\n\n(truncated: the log has the rest)";
  return text.length <= length ? text : `${text.slice(0, length - note.length)}${note}`;
}

/** A pull request of a repository on GitHub. */
export interface PullRequest {
  readonly api: JsonApi;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: string;
}

/** Updates the comment that begins with the marker, or creates it. Comments by others are never changed. */
export async function comment({ api, repository, number }: PullRequest, body: string): Promise<void> {
  const comments = `/repos/${repository}/issues/${number}/comments`;
  for (let page = 1; ; page += 1) {
    const found = await requestJson(api, "GET", `${comments}?per_page=${COMMENTS_PER_PAGE}&page=${page}`);
    const listed = Array.isArray(found) ? found.map(asObject) : [];
    const previous = listed.find(
      ({ body: text, user }) =>
        typeof text === "string" && text.startsWith(MARKER) && asObject(user)["login"] === "github-actions[bot]",
    );
    if (previous !== undefined) {
      await requestJson(api, "PATCH", `/repos/${repository}/issues/comments/${String(previous["id"])}`, { body });
      return;
    }
    if (listed.length < COMMENTS_PER_PAGE) {
      await requestJson(api, "POST", comments, { body });
      return;
    }
  }
}
