import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asObject, type JsonObject } from "../iam/json";
import { runStep, type StepRun } from "./helpers/run-step";
import { workflowErrors } from "./helpers/workflow-errors";
import {
  jobs,
  label,
  readYaml,
  step,
  steps,
  stepsOf,
  workflow,
  WORKFLOW_FILES,
  WORKFLOW_FOLDER,
  workflowText,
} from "./helpers/workflows";

const PLAN = "hcp-terraform.yml";
const APPLY = "hcp-terraform-apply.yml";
const HCP_TERRAFORM = [PLAN, APPLY];

interface ActionInterface {
  readonly release: string;
  readonly using: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Inputs and outputs of the pinned actions, by name: all of those of HCP Terraform, of the others those in use. */
let knownActions: Readonly<Record<string, ActionInterface>> = {};

beforeAll(() => {
  const file = join(__dirname, "fixtures/actions.json");
  knownActions = JSON.parse(readFileSync(file, "utf8")) as typeof knownActions;
});

const texts = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [String(value)];

const commandsOf = ({ run }: JsonObject): string => (typeof run === "string" ? run : "");

const actionOf = ({ uses }: JsonObject): ActionInterface | undefined =>
  typeof uses === "string" ? knownActions[uses] : undefined;

test("every workflow is tested", () => {
  expect(readdirSync(WORKFLOW_FOLDER).sort()).toEqual(WORKFLOW_FILES);
});

describe.each(WORKFLOW_FILES)("the workflow %s", (file) => {
  let actions: readonly JsonObject[] = [];

  beforeAll(() => {
    actions = stepsOf(file).filter((candidate) => candidate["uses"] !== undefined);
  });

  test("is valid by GitHub's own parser", () => {
    expect(workflowErrors(workflowText(file))).toEqual([]);
  });

  test("pins every action by the commit of a known release, which its comment names", () => {
    expect(actions.length).toBeGreaterThan(0);
    const pins = [...workflowText(file).matchAll(/uses: (\S+) # (\S+)/g)].map(([, action, release]) => [
      action,
      release,
    ]);
    expect(pins).toEqual(actions.map((action) => [action["uses"], actionOf(action)?.release]));
  });

  test("uses no action that needs a Node older than 24", () => {
    const runtimes = new Set(actions.map((action) => actionOf(action)?.using));
    expect([...runtimes].filter((runtime) => runtime !== "node24" && runtime !== "docker")).toEqual([]);
  });

  test("gives the actions only inputs that they have", () => {
    for (const action of actions) {
      expect(actionOf(action)?.inputs).toEqual(expect.arrayContaining(Object.keys(asObject(action["with"]))));
    }
  });

  test("reads only outputs that the actions have", () => {
    for (const job of jobs(file)) {
      for (const [, id, output] of JSON.stringify(job).matchAll(/steps\.(\w+)\.outputs\.(\w+)/g)) {
        const source = asObject(steps(job).find((candidate) => candidate["id"] === id));
        const written = [...commandsOf(source).matchAll(/echo "(\w+)=/g)].map(([, name]) => name);
        expect([...written, ...(actionOf(source)?.outputs ?? [])]).toContain(output);
      }
    }
  });

  test("has a timeout for each job that is not another workflow", () => {
    for (const job of jobs(file).filter(({ uses }) => uses === undefined)) {
      expect(job["timeout-minutes"]).toEqual(expect.any(Number));
    }
  });

  test("leaves no credentials of the checkout behind", () => {
    for (const job of jobs(file).filter(({ uses }) => uses === undefined)) {
      const checkouts = steps(job).filter((candidate) => label(candidate) === "actions/checkout");
      expect(checkouts.map((checkout) => checkout["with"])).toEqual([{ "persist-credentials": false }]);
    }
  });

  test("never runs on pull_request_target", () => {
    expect(Object.keys(asObject(workflow(file)["on"]))).not.toContain("pull_request_target");
  });

  test("puts nothing that a pull request's author writes into a command", () => {
    expect(stepsOf(file).filter((candidate) => commandsOf(candidate).includes("${{"))).toEqual([]);
  });
});

test.each([
  ["an unknown key", "runs-on:", "runs-upon:", /Unexpected value 'runs-upon'/],
  ["an unknown context in an expression", "matrix.node }}", "matrices.node }}", /Unrecognized named-value: 'matrices'/],
])("a workflow with %s is rejected", (_, valid, invalid, error) => {
  const errors = workflowErrors(workflowText("ci.yml").replaceAll(valid, invalid));
  expect(errors.join("\n")).toMatch(error);
});

test("every known action is used", () => {
  const used = new Set(WORKFLOW_FILES.flatMap(stepsOf).map(({ uses }) => uses));
  expect(Object.keys(knownActions).filter((action) => !used.has(action))).toEqual([]);
});

describe("CI", () => {
  test("runs lint, types, the API reference, unit tests and synth on the oldest supported Node, 22 and 24", () => {
    const { node } = asObject(workflow("ci.yml")["jobs"]);
    expect(asObject(node)["strategy"]).toEqual({ "fail-fast": false, matrix: { node: ["20.9", "22", "24"] } });
    expect(steps(asObject(node)).map(label)).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "npm ci",
      "npm run lint",
      "npm run types",
      "npm run docs:api",
      "npm test",
      "npm run synth",
    ]);
  });

  test("runs the whole gate once", () => {
    const commands = stepsOf("ci.yml").map(({ run }) => run);
    expect(commands.filter((command) => command === "bash .ci/run")).toHaveLength(1);
  });

  test("cancels superseded runs, reads the repository and has no secrets", () => {
    expect(workflow("ci.yml")["concurrency"]).toEqual({
      group: "ci-${{ github.workflow }}-${{ github.ref }}",
      "cancel-in-progress": true,
    });
    expect(workflow("ci.yml")["permissions"]).toEqual({ contents: "read" });
    expect(workflowText("ci.yml")).not.toContain("secrets.");
  });
});

describe("a release", () => {
  const RELEASE = "release.yml";

  test("runs for the tag of a version alone", () => {
    expect(workflow(RELEASE)["on"]).toEqual({ push: { tags: ["v*"] } });
  });

  test("runs everything that a pull request has to pass before it publishes", () => {
    const { ci, packages, module } = asObject(workflow(RELEASE)["jobs"]);
    expect(asObject(ci)["uses"]).toBe("./.github/workflows/ci.yml");
    expect(Object.keys(asObject(workflow("ci.yml")["on"]))).toContain("workflow_call");
    expect([asObject(packages)["needs"], asObject(module)["needs"]]).toEqual(["ci", "packages"]);
  });

  test("packs, with the API reference, attests, and publishes with the entries of the changelog", () => {
    const { packages } = asObject(workflow(RELEASE)["jobs"]);
    expect(steps(asObject(packages)).map(label)).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "npm ci",
      "Read the changelog",
      "Pack",
      "Generate the API reference",
      "Attest",
      "Publish the release",
    ]);
  });

  test("has no permissions but these", () => {
    expect(workflow(RELEASE)["permissions"]).toEqual({});
    expect(jobs(RELEASE).map((job) => job["permissions"])).toEqual([
      { contents: "read" },
      { attestations: "write", contents: "write", "id-token": "write" },
      { contents: "read" },
    ]);
  });

  test("publishes the module where a repository is named, with a token that one step alone has", () => {
    const { module } = asObject(workflow(RELEASE)["jobs"]);
    expect(asObject(module)["if"]).toBe("vars.MODULE_REPOSITORY != ''");
    const users = stepsOf(RELEASE).filter((candidate) => texts(candidate).some((text) => text.includes("secrets.")));
    expect(users.map(label)).toEqual(["Publish the module"]);
  });
});

describe("the mutation tests", () => {
  test("run each night, and by hand", () => {
    expect(workflow("mutation.yml")["on"]).toEqual({ schedule: [{ cron: "17 2 * * *" }], workflow_dispatch: null });
  });

  test("mutate every source of modules, policies, fleet and iam exactly once", () => {
    const [job] = jobs("mutation.yml");
    const { sources } = asObject(asObject(asObject(job)["strategy"])["matrix"]);
    const prefixes = texts(sources).flatMap((each) => each.split(" "));
    const files = ["fleet", "iam", "modules", "policies"].flatMap((folder) =>
      readdirSync(join(__dirname, "..", folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${folder}/${file}`),
    );
    const isOnce = (file: string): boolean => prefixes.filter((prefix) => file.startsWith(prefix)).length === 1;
    expect(files.filter((file) => !isOnce(file))).toEqual([]);
  });
});

describe("the plan of a pull request", () => {
  test("is skipped without a workspace, for forks and for Dependabot, which have no secrets", () => {
    expect(jobs(PLAN).map((job) => job["if"])).toEqual([
      "vars.TF_WORKSPACE != '' && github.event.pull_request.head.repo.full_name == github.repository && " +
        "github.actor != 'dependabot[bot]'",
    ]);
  });

  test("has no permissions but these", () => {
    expect(workflow(PLAN)["permissions"]).toEqual({});
    expect(jobs(PLAN).map((job) => job["permissions"])).toEqual([
      { actions: "read", contents: "read", "pull-requests": "write", "security-events": "write" },
    ]);
  });

  test("is canceled by the next push to the pull request", () => {
    expect(workflow(PLAN)["concurrency"]).toEqual({
      group: "hcp-terraform-plan-${{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    });
  });

  test("is speculative", () => {
    expect(asObject(step(PLAN, "Upload")["with"])["speculative"]).toBe(true);
    expect(asObject(step(PLAN, "Plan")["with"])["plan_only"]).toBe(true);
  });

  test("goes from the sources to the comment in this order", () => {
    expect(stepsOf(PLAN).map(label)).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "Install",
      "Synthesize",
      "Upload",
      "Plan",
      "Fetch the plan",
      "Check the policies",
      "Comment on the pull request",
      "Upload the findings to code scanning",
      "Fail when a policy of HCP Terraform failed",
      "Stop the run on HCP Terraform",
    ]);
  });

  test("is commented when it failed too, and then fails the job", () => {
    expect(step(PLAN, "Comment on the pull request")["if"]).toBe(
      "${{ !cancelled() && steps.install.outcome == 'success' }}",
    );
    expect(
      stepsOf(PLAN)
        .filter((candidate) => candidate["continue-on-error"] !== undefined)
        .map(label),
    ).toEqual(["Upload the findings to code scanning"]);
  });

  test("gives the comment the run's status and URL", () => {
    expect(step(PLAN, "Comment on the pull request")["env"]).toEqual({
      GITHUB_TOKEN: "${{ github.token }}",
      PULL_REQUEST: "${{ github.event.pull_request.number }}",
      RUN_STATUS: "${{ steps.run.outputs.run_status }}",
      RUN_URL: "${{ steps.run.outputs.run_link }}",
    });
  });

  test("fails the job when it is not finished, as when a soft-mandatory policy of HCP Terraform failed", () => {
    const fail = step(PLAN, "Fail when a policy of HCP Terraform failed");
    expect(fail["if"]).toBe("${{ steps.run.outputs.run_status != 'planned_and_finished' }}");
    const { exitCode, output } = runStep(fail["run"], { RUN_STATUS: "policy_soft_failed" }, {});
    expect(exitCode).toBe(1);
    expect(output).toBe("::error::The run ended with the status policy_soft_failed.\n");
  });

  test("is stopped on HCP Terraform when GitHub cancels the job or the wait times out", () => {
    expect(step(PLAN, "Stop the run on HCP Terraform")["if"]).toBe(
      "(cancelled() || steps.run.outputs.status == 'Timeout') && steps.upload.outputs.configuration_version_id != ''",
    );
  });
});

describe("the apply of a merge", () => {
  test("runs for pushes to main, or by hand, from main alone", () => {
    expect(workflow(APPLY)["on"]).toEqual({ push: { branches: ["main"] }, workflow_dispatch: null });
    expect(jobs(APPLY).map((job) => job["if"])).toEqual(["vars.TF_WORKSPACE != '' && github.ref == 'refs/heads/main'"]);
  });

  test("waits for the reviewers of its environment and has no permissions but these", () => {
    expect(workflow(APPLY)["permissions"]).toEqual({});
    expect(jobs(APPLY).map(({ environment, permissions }) => ({ environment, permissions }))).toEqual([
      {
        environment: "hcp-terraform",
        permissions: { actions: "read", contents: "read", "security-events": "write" },
      },
    ]);
  });

  test("is never interrupted by the next merge", () => {
    expect(workflow(APPLY)["concurrency"]).toEqual({ group: "hcp-terraform-apply", "cancel-in-progress": false });
  });

  test("checks the policies before it applies", () => {
    expect(stepsOf(APPLY).map(label)).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "Install",
      "Synthesize",
      "Upload",
      "Plan",
      "Fetch the plan",
      "Check the policies",
      "Upload the findings to code scanning",
      "Apply",
      "Stop the run on HCP Terraform",
    ]);
    expect(Object.keys(asObject(step(APPLY, "Upload")["with"]))).not.toContain("speculative");
    expect(Object.keys(asObject(step(APPLY, "Plan")["with"]))).not.toContain("plan_only");
  });

  test("applies only what succeeded and is not applied or without changes", () => {
    expect(step(APPLY, "Apply")["if"]).toBe(
      '${{ !contains(fromJSON(\'["applied", "planned_and_finished"]\'), steps.run.outputs.run_status) }}',
    );
  });

  test("discards the run when a step failed, but not one that waits for an override", () => {
    expect(step(APPLY, "Stop the run on HCP Terraform")["if"]).toBe(
      "(cancelled() || failure()) && steps.upload.outputs.configuration_version_id != '' && " +
        "steps.run.outputs.run_status != 'policy_override'",
    );
  });
});

describe.each(HCP_TERRAFORM)("on HCP Terraform, %s", (file) => {
  const isTokenUser = (candidate: JsonObject): boolean =>
    texts(candidate).some((text) => text.includes("TF_API_TOKEN"));

  test("takes the host name from a variable, else app.terraform.io", () => {
    expect(asObject(workflow(file)["env"])["TF_HOSTNAME"]).toBe("${{ vars.TF_HOSTNAME || 'app.terraform.io' }}");
    expect(workflowText(file).match(/app\.terraform\.io/g)).toHaveLength(1);
  });

  test("gives host name, organization and token to every action of HCP Terraform", () => {
    const actions = stepsOf(file).filter(({ uses }) => String(uses).startsWith("hashicorp/tfc-workflows-github/"));
    expect(actions).toHaveLength(file === PLAN ? 2 : 3);
    for (const action of actions) {
      expect(action["with"]).toMatchObject({
        hostname: "${{ env.TF_HOSTNAME }}",
        organization: "${{ env.TF_CLOUD_ORGANIZATION }}",
        token: "${{ secrets.TF_API_TOKEN }}",
      });
    }
  });

  test("synthesizes the backend of the same host, organization and workspace", () => {
    expect(step(file, "Synthesize")["env"]).toEqual({
      KLOUDFUSE_FIREHOSE_BACKEND: "cloud",
      KLOUDFUSE_FIREHOSE_BACKEND_HOSTNAME: "${{ env.TF_HOSTNAME }}",
      KLOUDFUSE_FIREHOSE_BACKEND_ORGANIZATION: "${{ env.TF_CLOUD_ORGANIZATION }}",
      KLOUDFUSE_FIREHOSE_BACKEND_WORKSPACE: "${{ vars.TF_WORKSPACE }}",
    });
    expect(asObject(step(file, "Upload")["with"])["directory"]).toBe("cdktf.out/stacks/kloudfuse-firehose");
  });

  test("leaves the region to the workspace: a run's variable would overrule it", () => {
    expect(workflowText(file)).not.toContain("TF_VAR_");
  });

  test("keeps the token from the steps that run the pull request's code", () => {
    expect(stepsOf(file).filter(isTokenUser).map(label)).toEqual(
      file === PLAN
        ? ["Upload", "Plan", "Fetch the plan", "Stop the run on HCP Terraform"]
        : ["Upload", "Plan", "Fetch the plan", "Apply", "Stop the run on HCP Terraform"],
    );
  });

  test("stops waiting for a plan before the job's timeout", () => {
    expect(asObject(step(file, "Plan")["env"])["TF_MAX_TIMEOUT"]).toBe("30m");
    expect(jobs(file).map((job) => Number(job["timeout-minutes"]) > 30)).toEqual([true]);
  });

  test("uploads the findings in SARIF, whether there are any or not", () => {
    expect(step(file, "Upload the findings to code scanning")).toMatchObject({
      if: "${{ !cancelled() && steps.policies.outputs.sarif != '' }}",
      with: { sarif_file: "${{ steps.policies.outputs.sarif }}", category: "kloudfuse-firehose" },
    });
  });

  test("gives the step that stops a run what it needs", () => {
    expect(step(file, "Stop the run on HCP Terraform")).toMatchObject({
      env: {
        TF_API_TOKEN: "${{ secrets.TF_API_TOKEN }}",
        TF_WORKSPACE: "${{ vars.TF_WORKSPACE }}",
        CONFIGURATION_VERSION: "${{ steps.upload.outputs.configuration_version_id }}",
      },
      run: "node .build/hcp-terraform.js stop-run",
    });
  });

  describe("the plan's JSON", () => {
    const fetch = (curl: string): StepRun =>
      runStep(
        step(file, "Fetch the plan")["run"],
        { TF_HOSTNAME: "app.eu.terraform.io", TF_API_TOKEN: "t0ken", PLAN: "plan-1" },
        { curl },
      );

    test("comes from the configured host, with the token", () => {
      const { exitCode, file: written } = fetch(
        `require("node:fs").writeFileSync("plan.json", JSON.stringify(process.argv.slice(2)));`,
      );
      expect(exitCode).toBe(0);
      expect(JSON.parse(written("plan.json") ?? "")).toEqual([
        "--fail",
        "--silent",
        "--show-error",
        "--location",
        "--retry",
        "5",
        "--header",
        "Authorization: Bearer t0ken",
        "--output",
        "plan.json",
        "https://app.eu.terraform.io/api/v2/plans/plan-1/json-output",
      ]);
    });

    test("fails with the rights that the token needs, and without the token", () => {
      const { exitCode, output } = fetch("process.exit(22);");
      expect(exitCode).toBe(1);
      expect(output).toBe(
        "::error::The plan's JSON could not be read. TF_API_TOKEN must be the token of a user, or of a team with " +
          "admin access to the workspace.\n",
      );
    });
  });

  describe("the policies", () => {
    const check = (exitCode: number, allowances = ""): StepRun =>
      runStep(
        step(file, "Check the policies")["run"],
        { POLICY_ALLOWANCES: allowances },
        {
          npm: `
          const [exec, no, dashes, program, ...command] = process.argv.slice(2);
          if ([exec, no, dashes, program].join(" ") !== "exec --no -- kloudfuse-firehose") process.exit(9);
          console.error(JSON.stringify(command));
          if (${exitCode} < 2) {
            const formats = { markdown: "the report\\n", sarif: "the findings\\n" };
            process.stdout.write(formats[command.at(-1)]);
          }
          process.exit(${exitCode});`,
        },
      );

    test.each([
      ["without findings", 0],
      ["with findings", 1],
    ])("end with the command's exit code %s, with the report and SARIF", (_, exitCode) => {
      const checked = check(exitCode);
      expect(checked.exitCode).toBe(exitCode);
      expect(checked.file("report.md")).toBe("the report\n");
      expect(checked.file("policies.sarif")).toBe("the findings\n");
      expect(checked.file("github-output")).toBe("sarif=policies.sarif\n");
      expect(checked.file("github-step-summary")).toBe(file === APPLY ? "the report\n" : undefined);
    });

    test("allow what the repository's variable allows, a line each", () => {
      expect(asObject(step(file, "Check the policies")["env"])).toEqual({
        POLICY_ALLOWANCES: "${{ vars.POLICY_ALLOWANCES }}",
      });
      const allowances = ["KFF-CHG-001=planned move, on Sunday", "KFF-BKT-006=goes with it: $HOME"];
      const command = ["policy", "plan.json", ...allowances.flatMap((allowance) => ["--allow", allowance]), "--format"];
      const { output } = check(0, `${allowances.join("\n")}\n\n`);
      expect(output).toBe(["markdown", "sarif"].map((format) => `${JSON.stringify([...command, format])}\n`).join(""));
      expect(check(0).output).toBe(
        ["markdown", "sarif"]
          .map((format) => `${JSON.stringify(["policy", "plan.json", "--format", format])}\n`)
          .join(""),
      );
    });

    test("upload no SARIF for a plan that cannot be used", () => {
      const checked = check(2);
      expect(checked.exitCode).toBe(2);
      expect(checked.file("github-output")).toBeUndefined();
    });
  });
});

test("Dependabot updates the actions and the npm packages", () => {
  const { version, updates } = readYaml(".github/dependabot.yml");
  expect(version).toBe(2);
  expect(
    (Array.isArray(updates) ? updates.map(asObject) : []).map((update) => [
      update["package-ecosystem"],
      update["directory"],
      update["schedule"],
    ]),
  ).toEqual([
    ["github-actions", "/", { interval: "weekly" }],
    ["npm", "/", { interval: "weekly" }],
  ]);
});
