import { roleObstacles } from "../../../cli/adopt/role-obstacles";
import { LOCATION } from "../../helpers/account";
import { ROLE_ARN, roleWith, trustOf } from "../../helpers/adoption";

const obstacles = (
  fields: Parameters<typeof roleWith>[0],
  users: Parameters<typeof roleObstacles>[1] = [],
  location = LOCATION,
): string[] => roleObstacles(roleWith(fields), users, location, ["firehose", "logs"]);

describe("a role", () => {
  test("of the guide has no obstacle, although others may make its services work for them", () => {
    expect(obstacles({})).toEqual([]);
  });

  test("of the guide in China has none", () => {
    const Service = ["firehose.amazonaws.com", "logs.amazonaws.com.cn"];
    expect(obstacles({ trust: trustOf({ Service }) }, [], { ...LOCATION, partition: "aws-cn" })).toEqual([]);
  });

  test("that the console made stays", () => {
    expect(obstacles({ path: "/service-role/" })).toEqual(["the AWS console created it (path /service-role/)"]);
    expect(obstacles({ path: "/service-role/mine/" })).toEqual([]);
  });

  test("with managed policies stays", () => {
    expect(obstacles({ attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] })).toEqual([
      "it has managed policies: arn:aws:iam::aws:policy/ReadOnlyAccess",
    ]);
  });

  test("that others may assume stays", () => {
    const trust = [...roleWith().trust, ...trustOf({ Service: "lambda.amazonaws.com" })];
    expect(obstacles({ trust })).toEqual([
      "its trust policy names others, which the module's does not: Service:lambda.amazonaws.com",
    ]);
  });

  test("that others use stays", () => {
    const users = [
      { roleArn: ROLE_ARN, user: "delivery stream clicks" },
      { roleArn: "another", user: "delivery stream b" },
    ];
    expect(obstacles({}, users)).toEqual(["others in the region use it: delivery stream clicks"]);
  });
});
