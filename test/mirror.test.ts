import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { filesIn } from "./helpers/source-files";
import { ownTestOf, TESTED_IN } from "./helpers/source-tests";

const PROJECT = join(__dirname, "..");
const FOLDERS = ["cli", "fleet", "modules", "policies", "iam", "scripts"];

/** Sources without logic, with the reason. */
const WITHOUT_TEST: Readonly<Record<string, string>> = {
  "cli/adopt/kept-parts.ts": "constants",
  "cli/endpoint-limits.ts": "constants",
  "cli/exit-codes.ts": "constants and error classes",
  "cli/main.ts": "wiring: it ends the process, test/e2e/cli.test.ts runs it",
  "cli/fleet/limits.ts": "a constant",
  "cli/replay/limits.ts": "constants",
  "cli/verify/healthy.ts": "constants",
  "cli/terminal/verdict-colors.ts": "constants",
  "modules/backup-bucket-settings.ts": "constants",
  "modules/public-access-blocks.ts": "constants",
  "modules/signals.ts": "constants",
  "modules/versions.ts": "constants",
  "policies/plan/unusable-plan.ts": "an error class",
  "policies/kloudfuse/paths.ts": "constants",
  "iam/alarm-publisher.ts": "constants",
  "iam/remedies.ts": "constants",
  "iam/unknown.ts": "a constant",
  "policies/policy.ts": "a constant and types",
  "scripts/edge-cases/alarm-inputs.ts": "a table of edge cases",
  "scripts/edge-cases/delivery-combinations.ts": "a table of edge cases",
  "scripts/edge-cases/delivery-inputs.ts": "a table of edge cases",
  "scripts/edge-cases/index.ts": "tables of edge cases, put together",
  "scripts/edge-cases/source-inputs.ts": "a table of edge cases",
  "scripts/synth-module.ts": "wiring: a program that writes the generated files",
};

/** Tests beside that of their source, with what they are about. */
const SECOND_TESTS: Readonly<Record<string, string>> = {
  "test/cli/policy/formats/fleet.test.ts": "the sources in cli/policy/formats with the report of a fleet",
  "test/cli/replay/journal-file-sync.test.ts": "cli/replay/journal-file.ts with a disk that answers late",
  "test/cli/verify/resource-permissions.test.ts": "cli/verify/permissions.ts with the policies of resources",
  "test/iam/keys.test.ts": "iam/evaluate.ts with the policies of keys and secrets",
  "test/iam/metric-stream-trust.test.ts":
    "iam/trust.ts and iam/other-trusted-principals.ts with the trust policy of a metric stream's role",
  "test/iam/permissions.test.ts": "iam/evaluate.ts with the policies of roles and buckets",
  "test/policies/rules/good-plan.test.ts": "every policy with a plan in which all of them hold",
  "test/policies/rules/iam-good-plan.test.ts": "every policy about roles with plans in which all of them hold",
  "test/policies/rules/iam-trust-by-partition.test.ts": "the policies about trust in each partition",
};

/** The folders of tests that mirror a folder of sources; those of modules/ are in test/ itself, beside others. */
const TEST_FOLDERS = ["cli", "fleet", "iam", "policies", "scripts"].map((folder) => `test/${folder}`);

const isThere = (file: string): boolean => existsSync(join(PROJECT, file));

const elsewhere = new Set(Object.values(TESTED_IN).flat());

const sources = (): string[] => FOLDERS.flatMap(filesIn);

/** Whether nothing but types, and what other files export, is in a source: nothing of it is left to run. */
function isEmpty(file: string): boolean {
  const { outputText } = transpileModule(readFileSync(join(PROJECT, file), "utf8"), {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, removeComments: true },
  });
  return outputText.replace(/export \{[^}]*\}(?: from "[^"]*")?;/g, "").trim() === "";
}

describe("the unit tests", () => {
  test("mirror the sources: each one with logic has its own, or is in a list with the reason", () => {
    const missing = sources().filter(
      (file) =>
        ownTestOf(file, isThere) === undefined && !(file in WITHOUT_TEST) && !elsewhere.has(file) && !isEmpty(file),
    );
    expect(missing).toEqual([]);
  });

  test("are not excused for a source that has its own, is empty, or is gone", () => {
    const excused = [...Object.keys(WITHOUT_TEST), ...elsewhere];
    const all = new Set(sources());
    expect(excused.filter((file) => !all.has(file) || ownTestOf(file, isThere) !== undefined || isEmpty(file))).toEqual(
      [],
    );
  });

  test("that test sources of others, or a source in another way, are there", () => {
    const listed = [...Object.keys(TESTED_IN), ...Object.keys(SECOND_TESTS)];
    expect(listed.filter((file) => !isThere(file))).toEqual([]);
  });

  test.each(TEST_FOLDERS)("belong to a source in %s, or are in a list with what they are about", (folder) => {
    const sourceOf = (file: string): string => file.replace(/^test\//, "").replace(/\.test\.ts$/, ".ts");
    const stray = filesIn(folder)
      .filter((file) => file.endsWith(".test.ts") && !(file in TESTED_IN) && !(file in SECOND_TESTS))
      .filter((file) => !isThere(sourceOf(file)));
    expect(stray).toEqual([]);
    expect(Object.keys(SECOND_TESTS).filter((file) => isThere(sourceOf(file)))).toEqual([]);
  });
});
