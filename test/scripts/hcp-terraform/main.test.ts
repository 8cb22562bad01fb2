import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { MARKER } from "../../../scripts/hcp-terraform/comment";
import { type JsonServer, startJsonServer } from "../../helpers/json-server";

const PROJECT = resolve(__dirname, "../../..");
const COMMENTS = "/repos/acme/telemetry/issues/7/comments";

interface CommentRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the program of the workflows on HCP Terraform", () => {
  let folder = "";
  let program = "";
  let server: JsonServer | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-program-"));
    program = join(folder, "main.cjs");
    // As the workflows bundle it.
    buildSync({
      absWorkingDir: PROJECT,
      entryPoints: ["scripts/hcp-terraform/main.ts"],
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: program,
      logLevel: "warning",
    });
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the program with these variables alone. */
  const run = (command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommentRun> =>
    new Promise((ended) => {
      const child = execFile(process.execPath, [program, ...command], { cwd: folder, env }, (_, stdout, stderr) => {
        ended({ exitCode: child.exitCode, stdout, stderr });
      });
    });

  const toComment = (api: JsonServer["api"]): Record<string, string> => ({
    GITHUB_API_URL: api.baseUrl,
    GITHUB_TOKEN: api.token,
    GITHUB_REPOSITORY: "acme/telemetry",
    PULL_REQUEST: "7",
    LOG_URL: "https://github.com/acme/telemetry/actions/runs/1",
  });

  async function startServer(): Promise<JsonServer> {
    server = await startJsonServer(
      { [`GET ${COMMENTS}?per_page=100&page=1`]: { status: 200, content: [] }, [`POST ${COMMENTS}`]: { status: 201 } },
      "application/vnd.github+json",
    );
    return server;
  }

  test("comments with the report of a file, and the run on HCP Terraform", async () => {
    const { api, received } = await startServer();
    writeFileSync(join(folder, "report.md"), "no findings\n");
    const env = {
      ...toComment(api),
      RUN_STATUS: "planned_and_finished",
      RUN_URL: "https://app.terraform.io/runs/run-1",
    };
    expect(await run(["comment", "report.md"], env)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(received.at(-1)).toEqual({
      request: `POST ${COMMENTS}`,
      content: {
        body: `${MARKER}\nno findings\n\n[Run on HCP Terraform](https://app.terraform.io/runs/run-1) | [Log](https://github.com/acme/telemetry/actions/runs/1)\n`,
      },
    });
  });

  test.each([[["comment", "missing.md"]], [["comment"]]])(
    "comments that the plan failed without a report: %j",
    async (command) => {
      const { api, received } = await startServer();
      expect(await run(command, toComment(api))).toMatchObject({ exitCode: 0 });
      expect(received.at(-1)?.content).toMatchObject({
        body: expect.stringMatching(/\n### The plan failed\n\nThe workflow failed before .*\n\n\[Log\]\(/) as unknown,
      });
    },
  );

  test("fails with the request and its status, and without the token", async () => {
    const { api } = await startServer();
    const env = { ...toComment(api), PULL_REQUEST: "8" };
    expect(await run(["comment"], env)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "GET /repos/acme/telemetry/issues/8/comments?per_page=100&page=1 answered with HTTP status 404.\n",
    });
  });

  test.each([
    ["comment", ["LOG_URL", "GITHUB_API_URL", "GITHUB_TOKEN", "GITHUB_REPOSITORY", "PULL_REQUEST"]],
    [
      "stop-run",
      ["TF_HOSTNAME", "TF_API_TOKEN", "TF_CLOUD_ORGANIZATION", "TF_WORKSPACE", "LOG_URL", "CONFIGURATION_VERSION"],
    ],
  ])("requires of %s each of its environment variables, which must not be empty", async (command, names) => {
    for (const [index, name] of names.entries()) {
      const before = Object.fromEntries(names.slice(0, index).map((each) => [each, "x"]));
      expect(await run([command], { ...before, [name]: "" })).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: `The environment variable ${name} is required.\n`,
      });
    }
  });

  test.each<[command: readonly string[], shown: string]>([
    [[], ""],
    [["apply"], "apply"],
  ])("rejects the command %j", async (command, shown) => {
    expect(await run(command)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `The command must be comment or stop-run, got "${shown}". Use one of them.\n`,
    });
  });
});
