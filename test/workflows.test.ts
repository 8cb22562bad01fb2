import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validateWorkflow } from "@action-validator/core";

const FOLDER = join(__dirname, "../.github/workflows");
const WORKFLOWS = readdirSync(FOLDER);

const text = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

describe.each(WORKFLOWS)("the workflow %s", (file) => {
  test("is valid by GitHub's schema", () => {
    expect(validateWorkflow(text(file)).errors).toEqual([]);
  });

  test("pins every action by commit", () => {
    const uses = [...text(file).matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ""))).toEqual([]);
  });

  test("cancels runs that are superseded", () => {
    expect(text(file)).toContain("cancel-in-progress: true");
  });

  test("leaves no credentials of the checkout behind", () => {
    expect(text(file).match(/actions\/checkout@/g)).toHaveLength(1);
    expect(text(file)).toContain("persist-credentials: false");
  });
});

test("a workflow that is not valid is found out", () => {
  const jobs = text("ci.yml").replace("runs-on:", "runs-upon:");
  expect(validateWorkflow(jobs).errors.length).toBeGreaterThan(0);
});

test("a fork's pull request never runs with secrets", () => {
  const plan = text("hcp-terraform.yml");
  expect(plan).toContain("if: github.event.pull_request.head.repo.full_name == github.repository");
  expect(plan).toContain("permissions: {}");
  for (const file of WORKFLOWS) {
    expect(text(file)).not.toContain("pull_request_target");
  }
  expect(text("ci.yml")).not.toContain("secrets.");
});
