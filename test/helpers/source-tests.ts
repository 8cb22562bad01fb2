import { basename } from "node:path";

/**
 * Sources whose tests stand in the file of what uses them: tables and small parts of it. A new source gets a test file
 * of its own.
 */
export const TESTED_IN: Readonly<Record<string, readonly string[]>> = {
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
  "test/cli/policy/formats/formats.test.ts": ["cli/policy/formats/json-text.ts"],
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
    "modules/combinations.ts",
    "modules/input.ts",
    "modules/limits.ts",
    "modules/literal-checks.ts",
    "modules/metric-filters.ts",
    "modules/source-inputs.ts",
    "modules/source-limits.ts",
  ],
  "test/collections.test.ts": ["modules/collection-rules.ts", "modules/log-criteria.ts"],
  "test/alarms.test.ts": ["modules/alarm-topic.ts"],
  "test/deploy-stack.test.ts": ["modules/stacks/framework-version.ts"],
  "test/generated-files.test.ts": ["scripts/generated-files.ts"],
  "test/scripts/dashboard-picture.test.ts": ["scripts/dashboard-example.ts"],
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
  "test/module-stack.test.ts": ["modules/from-variables.ts", "modules/outputs.ts"],
  "test/variables.test.ts": ["modules/inputs.ts"],
  "test/iam/other-trusted-principals.test.ts": ["iam/confused-deputy.ts"],
  "test/iam/requests.test.ts": ["iam/request.ts"],
  "test/iam/trust.test.ts": ["iam/trusted-services.ts"],
  "test/policies/documented.test.ts": ["policies/limits.ts"],
  "test/policies/rules/iam-documented-actions.test.ts": ["iam/documented-actions.ts"],
  "test/cli/verify/topic.test.ts": ["cli/verify/topic-key.ts", "cli/verify/topic-policy.ts"],
  "test/iam/topic-grants.test.ts": ["iam/own-resource.ts"],
  "test/policies/rules/alarm-actions.test.ts": ["policies/alarms/alarms.ts"],
  "test/policies.test.ts": ["policies/index.ts"],
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
  "test/policies/rules/source-recursion.test.ts": ["policies/sources/log-groups.ts", "policies/sources/sources.ts"],
};

/** The test of a source: at its path under `test/`; those of `modules/` are in `test/` itself. */
export function ownTestOf(source: string, isThere: (file: string) => boolean): string | undefined {
  const mirrored = `test/${source.replace(/\.ts$/, ".test.ts")}`;
  return [mirrored, ...(source.startsWith("modules/") ? [`test/${basename(source, ".ts")}.test.ts`] : [])].find(
    isThere,
  );
}

/** The test of a source that has none of its own. */
export const sharedTestOf = (source: string): string | undefined =>
  Object.keys(TESTED_IN).find((test) => TESTED_IN[test]?.includes(source));
