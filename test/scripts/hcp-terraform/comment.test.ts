import { comment, commentBody, MARKER } from "../../../scripts/hcp-terraform/comment";
import { type JsonResponse, type JsonServer, startJsonServer } from "../../helpers/json-server";

const MEDIA_TYPE = "application/vnd.github+json";
const COMMENTS = "/repos/acme/telemetry/issues/7/comments";
const BODY = `${MARKER}\nno findings`;

const PLAN = {
  report: "### Kloudfuse Firehose policies\n\nno findings\n",
  runStatus: "planned_and_finished",
  runUrl: "https://app.terraform.io/app/acme/workspaces/telemetry/runs/run-1",
  logUrl: "https://github.com/acme/telemetry/actions/runs/1",
};

interface ListedComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

const by = (login: string, id: number, body: string): ListedComment => ({ id, body, user: { login } });

const others = (count: number): ListedComment[] =>
  Array.from({ length: count }, (_, index) => by("alice", index + 1, "LGTM"));

describe("the comment", () => {
  let server: JsonServer | undefined;

  afterEach(async () => {
    await server?.close();
  });

  async function requestsAfter(pages: readonly (readonly ListedComment[])[]): Promise<string[]> {
    const listed = pages.map((page, index): [string, JsonResponse] => [
      `GET ${COMMENTS}?per_page=100&page=${index + 1}`,
      { status: 200, content: page },
    ]);
    server = await startJsonServer(
      {
        ...Object.fromEntries(listed),
        [`POST ${COMMENTS}`]: { status: 201, content: {} },
        "PATCH /repos/acme/telemetry/issues/comments/205": { status: 200, content: {} },
      },
      MEDIA_TYPE,
    );
    await comment({ api: server.api, repository: "acme/telemetry", number: "7" }, BODY);
    expect(server.received.at(-1)?.content).toEqual({ body: BODY });
    return server.received.map(({ request }) => request);
  }

  test("is created on a pull request without comments", async () => {
    expect(await requestsAfter([[]])).toEqual([`GET ${COMMENTS}?per_page=100&page=1`, `POST ${COMMENTS}`]);
  });

  test("is updated when a comment begins with the marker, whatever was commented since", async () => {
    const page = [by("github-actions[bot]", 205, `${MARKER}\n1 finding`), by("github-actions[bot]", 206, "coverage")];
    expect(await requestsAfter([page])).toEqual([
      `GET ${COMMENTS}?per_page=100&page=1`,
      "PATCH /repos/acme/telemetry/issues/comments/205",
    ]);
  });

  test("is found on the second page", async () => {
    expect(await requestsAfter([others(100), [by("github-actions[bot]", 205, MARKER)]])).toEqual([
      `GET ${COMMENTS}?per_page=100&page=1`,
      `GET ${COMMENTS}?per_page=100&page=2`,
      "PATCH /repos/acme/telemetry/issues/comments/205",
    ]);
  });

  test("is created after a full page without it", async () => {
    expect(await requestsAfter([others(100), []])).toEqual([
      `GET ${COMMENTS}?per_page=100&page=1`,
      `GET ${COMMENTS}?per_page=100&page=2`,
      `POST ${COMMENTS}`,
    ]);
  });

  test("never replaces a comment that a user wrote or that only quotes the marker", async () => {
    const page = [by("alice", 1, `${MARKER}\nno findings`), by("github-actions[bot]", 2, `> ${MARKER}`)];
    expect(await requestsAfter([page])).toEqual([`GET ${COMMENTS}?per_page=100&page=1`, `POST ${COMMENTS}`]);
  });

  test("fails with the request and the status, without the token", async () => {
    server = await startJsonServer({ [`GET ${COMMENTS}?per_page=100&page=1`]: { status: 403 } }, MEDIA_TYPE);
    await expect(comment({ api: server.api, repository: "acme/telemetry", number: "7" }, BODY)).rejects.toThrow(
      new Error(`GET ${COMMENTS}?per_page=100&page=1 answered with HTTP status 403.`),
    );
  });
});

describe("the body of the comment", () => {
  test("is the marker, the report and the links", () => {
    expect(commentBody(PLAN)).toBe(
      [
        MARKER,
        "### Kloudfuse Firehose policies",
        "",
        "no findings",
        "",
        `[Run on HCP Terraform](${PLAN.runUrl}) | [Log](${PLAN.logUrl})`,
        "",
      ].join("\n"),
    );
  });

  test("says of a failed plan which status it has and how to give the region", () => {
    const body = commentBody({ ...PLAN, report: "", runStatus: "errored" });
    expect(body.split("\n").slice(0, 4)).toEqual([
      MARKER,
      "### The plan failed",
      "",
      "The run ended with the status `errored`. When the error is about the region, set the Terraform variable " +
        "`aws_region` or the environment variable `AWS_REGION` in the workspace.",
    ]);
    expect(body).toContain(`[Run on HCP Terraform](${PLAN.runUrl})`);
  });

  test("links the log alone when there is no run", () => {
    expect(commentBody({ ...PLAN, report: "", runStatus: "", runUrl: "" })).toBe(
      [
        MARKER,
        "### The plan failed",
        "",
        "The workflow failed before HCP Terraform finished a run.",
        "",
        `[Log](${PLAN.logUrl})`,
        "",
      ].join("\n"),
    );
  });

  test("does not call a plan failed that succeeded but could not be checked", () => {
    expect(commentBody({ ...PLAN, report: "" })).toContain("### The plan could not be checked");
  });

  test("takes a report of white space for none", () => {
    expect(commentBody({ ...PLAN, report: " \n" })).toBe(commentBody({ ...PLAN, report: "" }));
  });

  test("is not truncated at the length that GitHub accepts", () => {
    const others = commentBody({ ...PLAN, report: "x" }).length - 1;
    const longest = "x".repeat(65_536 - others);
    expect(commentBody({ ...PLAN, report: longest })).toContain(longest);
    expect(commentBody({ ...PLAN, report: longest })).toHaveLength(65_536);
    expect(commentBody({ ...PLAN, report: `${longest}x` })).toContain("(truncated: the log has the rest)");
  });

  test("is never longer than GitHub accepts, and keeps the links", () => {
    const body = commentBody({ ...PLAN, report: "x".repeat(100_000) });
    expect(body).toHaveLength(65_536);
    expect(body).toContain(
      `(truncated: the log has the rest)\n\n[Run on HCP Terraform](${PLAN.runUrl}) | [Log](${PLAN.logUrl})\n`,
    );
  });
});
