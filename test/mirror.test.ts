import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const PROJECT = join(__dirname, "..");
const FOLDERS = ["cli", "fleet", "modules", "policies", "iam"];

/** Sources without logic, with the reason. */
const WITHOUT_TEST: Readonly<Record<string, string>> = {
  "cli/adopt/kept-parts.ts": "constants",
  "cli/exit-codes.ts": "constants and error classes",
  "cli/main.ts": "wiring: it ends the process, test/e2e/cli.test.ts runs it",
  "cli/replay/limits.ts": "constants",
  "cli/verify/healthy.ts": "constants",
  "cli/terminal/verdict-colors.ts": "constants",
  "modules/backup-bucket-settings.ts": "constants",
  "modules/public-access-blocks.ts": "constants",
  "modules/signals.ts": "constants",
  "modules/versions.ts": "constants",
  "policies/plan/unusable-plan.ts": "an error class",
  "policies/kloudfuse/paths.ts": "constants",
  "iam/unknown.ts": "a constant",
  "policies/policy.ts": "a constant and types",
};

/** Tests beside that of their source, with what they are about. */
const SECOND_TESTS: Readonly<Record<string, string>> = {
  "test/cli/policy/formats/fleet.test.ts": "the sources in cli/policy/formats with the report of a fleet",
  "test/cli/replay/journal-file-sync.test.ts": "cli/replay/journal-file.ts with a disk that answers late",
  "test/cli/verify/resource-permissions.test.ts": "cli/verify/permissions.ts with the policies of resources",
};

/**
 * Sources whose tests stand in the file of what uses them: tables and small parts of it. A new source gets a test file
 * of its own.
 */
const TESTED_IN: Readonly<Record<string, readonly string[]>> = {
  "test/cli/adopt/read-role.test.ts": ["cli/aws/roles.ts"],
  "test/cli/causes/diagnose.test.ts": ["cli/causes/causes.ts"],
  "test/cli/commands/commands.test.ts": [
    "cli/commands/adopt.ts",
    "cli/commands/failures.ts",
    "cli/commands/log-groups.ts",
    "cli/commands/policy.ts",
    "cli/commands/probe.ts",
    "cli/commands/replay.ts",
    "cli/commands/verify.ts",
  ],
  "test/cli/policy/formats/formats.test.ts": [
    "cli/policy/formats/json-text.ts",
    "cli/policy/formats/json.ts",
    "cli/policy/formats/junit.ts",
    "cli/policy/formats/markdown.ts",
    "cli/policy/formats/sarif.ts",
    "cli/policy/formats/table.ts",
  ],
  "test/cli/terminal/completion/completion.test.ts": [
    "cli/terminal/completion/bash.ts",
    "cli/terminal/completion/fish.ts",
    "cli/terminal/completion/words.ts",
    "cli/terminal/completion/zsh.ts",
  ],
  "test/check.test.ts": [
    "modules/alarm-combinations.ts",
    "modules/alarm-inputs.ts",
    "modules/alarm-limits.ts",
    "modules/combination.ts",
    "modules/combinations.ts",
    "modules/input.ts",
    "modules/limits.ts",
    "modules/literal-checks.ts",
    "modules/location-rules.ts",
    "modules/location.ts",
    "modules/metric-filters.ts",
    "modules/source-combinations.ts",
    "modules/source-inputs.ts",
    "modules/source-limits.ts",
  ],
  "test/collections.test.ts": ["modules/collection-rules.ts", "modules/log-criteria.ts"],
  "test/alarms.test.ts": ["modules/alarm-topic.ts"],
  "test/deploy-stack.test.ts": ["modules/stacks/framework-version.ts"],
  "test/dashboard.test.ts": ["modules/dashboard-widgets.ts", "modules/health.ts"],
  "test/metric-table.test.ts": ["modules/delivery-stream-metrics.ts"],
  "test/delivery-role.test.ts": [
    "modules/delivery-policies.ts",
    "modules/imported-role.ts",
    "modules/policy-document.ts",
    "modules/put-records.ts",
  ],
  "test/http-delivery-stream.test.ts": ["modules/access-key-secret.ts", "modules/delivery-options.ts"],
  "test/kloudfuse-firehose.test.ts": ["modules/props.ts", "modules/sources.ts"],
  "test/log-subscriptions.test.ts": ["modules/account-log-subscription.ts"],
  "test/metric-stream.test.ts": ["modules/metric-stream-role.ts"],
  "test/module-stack.test.ts": ["modules/from-variables.ts", "modules/outputs.ts"],
  "test/variables.test.ts": ["modules/expressions.ts", "modules/inputs.ts"],
  "test/iam/condition.test.ts": ["iam/operators.ts", "iam/variables.ts"],
  "test/iam/evaluate.test.ts": ["iam/logic.ts", "iam/match.ts"],
  "test/iam/others.test.ts": ["iam/confused-deputy.ts"],
  "test/iam/requests.test.ts": ["iam/request.ts"],
  "test/iam/trust.test.ts": ["iam/trusted-services.ts"],
  "test/policies/documented.test.ts": ["policies/limits.ts"],
  "test/policies/rules/iam-documented-actions.test.ts": ["iam/documented-actions.ts"],
  "test/cli/verify/topic.test.ts": ["cli/verify/topic-key.ts", "cli/verify/topic-policy.ts"],
  "test/iam/topic-grants.test.ts": ["iam/own-resource.ts"],
  "test/policies/rules/alarm-actions.test.ts": ["policies/alarms/alarms.ts"],
  "test/policies/rules/alarm-topic-policy.test.ts": ["policies/alarms/topic-policies.ts", "policies/alarms/topics.ts"],
  "test/policies.test.ts": ["policies/index.ts"],
  "test/policies/buckets/bucket-grants.test.ts": ["policies/buckets/bucket-uploads.ts"],
  "test/policies/plan/plan.test.ts": ["policies/plan/input.ts"],
  "test/policies/roles/role-outcomes.test.ts": ["policies/roles/key-faults.ts", "policies/roles/permissions.ts"],
  "test/policies/roles/requests.test.ts": ["policies/roles/role-requests.ts"],
  "test/policies/roles/trust.test.ts": ["policies/roles/trust-outcomes.ts"],
  "test/policies/rules/bucket-settings.test.ts": [
    "policies/rules/bucket-ownership.ts",
    "policies/rules/bucket-versioning.ts",
    "policies/rules/encryption-bucket.ts",
  ],
  "test/policies/rules/change-deletions.test.ts": [
    "policies/rules/change-bucket.ts",
    "policies/rules/change-stream.ts",
  ],
  "test/policies/rules/source-double-delivery.test.ts": [
    "policies/sources/account-policy.ts",
    "policies/sources/metric-overlap.ts",
    "policies/sources/metric-selection.ts",
  ],
  "test/policies/rules/source-recursion.test.ts": ["policies/sources/log-groups.ts", "policies/sources/sources.ts"],
};

const elsewhere = new Set(Object.values(TESTED_IN).flat());

/** The TypeScript files in a folder, without what is built or installed there. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(PROJECT, folder), { encoding: "utf8", recursive: true })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !/\/(?:dist|node_modules)\//.test(file));

const sources = (): string[] => FOLDERS.flatMap(filesIn);

/** Whether nothing but types, and what other files export, is in a source: nothing of it is left to run. */
function isEmpty(file: string): boolean {
  const { outputText } = transpileModule(readFileSync(join(PROJECT, file), "utf8"), {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, removeComments: true },
  });
  return outputText.replace(/export \{[^}]*\}(?: from "[^"]*")?;/g, "").trim() === "";
}

/** The test of a source: at its path under `test/`; those of `modules/` are in `test/` itself. */
const testsOf = (file: string): string[] => [
  `test/${file.replace(/\.ts$/, ".test.ts")}`,
  ...(file.startsWith("modules/") ? [`test/${basename(file, ".ts")}.test.ts`] : []),
];
const hasTest = (file: string): boolean => testsOf(file).some((test) => existsSync(join(PROJECT, test)));

describe("the unit tests", () => {
  test("mirror the sources: each one with logic has its own, or is in a list with the reason", () => {
    const missing = sources().filter(
      (file) => !hasTest(file) && !(file in WITHOUT_TEST) && !elsewhere.has(file) && !isEmpty(file),
    );
    expect(missing).toEqual([]);
  });

  test("are not excused for a source that has its own, is empty, or is gone", () => {
    const excused = [...Object.keys(WITHOUT_TEST), ...elsewhere];
    const all = new Set(sources());
    expect(excused.filter((file) => !all.has(file) || hasTest(file) || isEmpty(file))).toEqual([]);
  });

  test("that test sources of others are there", () => {
    expect(Object.keys(TESTED_IN).filter((file) => !existsSync(join(PROJECT, file)))).toEqual([]);
  });

  test("belong to a source, where they stand in cli/", () => {
    const stray = filesIn("test/cli")
      .filter((file) => file.endsWith(".test.ts") && !(file in TESTED_IN) && !(file in SECOND_TESTS))
      .filter((file) => !existsSync(join(PROJECT, file.replace(/^test\//, "").replace(/\.test\.ts$/, ".ts"))));
    expect(stray).toEqual([]);
  });
});
