import { UndeterminedError } from "../../../cli/exit-codes";
import { tfvarsOf } from "../../../cli/log-groups/tfvars";
import { GROUPS, listed, reportWith } from "./example-groups";

const HEADER = `# Account 123456789012, region eu-central-1, evaluated 2026-01-31 12:00:00Z
# Review and commit. A key is part of the resource address: where a log group has another key already, keep it.
`;

describe("the variables file of log groups", () => {
  test("has what can be subscribed and what the module feeds, and names the rest", () => {
    expect(tfvarsOf(reportWith({ groups: GROUPS.slice(0, 4) }))).toBe(`${HEADER}log_groups = {
  "/ecs/api"           = "/ecs/api"           # 1.2 MB a day
  "/ecs/fed-by-module" = "/ecs/fed-by-module" # subscribed already, 1.2 MB a day
}

# Not in the map:
# /ecs/fed-by-policy: fed by account policy all
# /ecs/rare: of another class
`);
  });

  test("has no list of the rest where there is none", () => {
    expect(tfvarsOf(reportWith({ groups: GROUPS.slice(0, 1) }))).toBe(`${HEADER}log_groups = {
  "/ecs/api" = "/ecs/api" # 1.2 MB a day
}
`);
  });

  test("has an empty map where nothing can be subscribed, and says what is undetermined", () => {
    expect(tfvarsOf(reportWith({ groups: GROUPS.slice(3, 4), reasons: ["AWS denied it."] })))
      .toBe(`${HEADER}# Undetermined: AWS denied it.
log_groups = {}

# Not in the map:
# /ecs/rare: of another class
`);
  });

  test("has no error log group, also where the module's filter subscribes it", () => {
    const errors = listed("/aws/kinesisfirehose/a/b", {
      isErrorLog: true,
      subscription: { state: "feeds", reason: "fed by subscription filter kloudfuse-logs", hasModuleFilter: true },
    });
    expect(tfvarsOf(reportWith({ groups: [errors] }))).toContain("log_groups = {}\n");
  });

  test("keeps what AWS calls things on one line", () => {
    const odd = listed("/ecs/odd", {
      subscription: { state: "blocked", reason: "all 5 filters are used: x\nlog_groups = {}\n#" },
    });
    const lines = tfvarsOf(reportWith({ groups: [odd], reasons: ["one\ntwo"] })).split("\n");
    expect(lines.filter((line) => line.startsWith("log_groups"))).toEqual(["log_groups = {}"]);
    expect(lines).toContain("# Undetermined: one two");
  });

  test("is an error where a log group is undetermined: it would be unsubscribed", () => {
    expect(() => tfvarsOf(reportWith({ reasons: ["AWS denied it."] }))).toThrow(
      new UndeterminedError("log_groups could not be determined for 1 log group, such as /ecs/secret. AWS denied it."),
    );
    expect(() => tfvarsOf(reportWith())).toThrow(
      new UndeterminedError("log_groups could not be determined for 1 log group, such as /ecs/secret. Allow it."),
    );
  });
});
