import { tfvarsOf } from "../../../cli/log-groups/tfvars";
import { GROUPS, reportWith } from "./example-groups";

const HEADER = `# Account 123456789012, region eu-central-1, evaluated 2026-01-31 12:00:00Z
# Review and commit. A key is part of the resource address: where a log group has another key already, keep it.
`;

describe("the variables file of log groups", () => {
  test("has what can be subscribed and what the module feeds, and names the rest", () => {
    expect(tfvarsOf(reportWith())).toBe(`${HEADER}log_groups = {
  "/ecs/api"           = "/ecs/api"           # 1.2 MB a day
  "/ecs/fed-by-module" = "/ecs/fed-by-module" # subscribed already, 1.2 MB a day
}

# Not in the map:
# /ecs/fed-by-policy: fed by account policy all
# /ecs/rare: of another class
# /ecs/secret: its subscription filters are not known
`);
  });

  test("has no list of the rest where there is none", () => {
    expect(tfvarsOf(reportWith({ groups: GROUPS.slice(0, 1) }))).toBe(`${HEADER}log_groups = {
  "/ecs/api" = "/ecs/api" # 1.2 MB a day
}
`);
  });

  test("has an empty map where nothing can be subscribed, and says what is not known", () => {
    expect(tfvarsOf(reportWith({ groups: GROUPS.slice(3, 4), reasons: ["AWS denied it."] })))
      .toBe(`${HEADER}# Undetermined: AWS denied it.
log_groups = {}

# Not in the map:
# /ecs/rare: of another class
`);
  });
});
