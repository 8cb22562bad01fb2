import { readWithRole } from "../../fleet/reading-role";
import { fleetTarget } from "../helpers/fleet";

const TARGET = fleetTarget({ assumeRole: "arn:aws:iam::111122223333:role/Deployer", externalId: "fleet" });

test("a target is read with the role of the pattern, and without the external id of the other one", () => {
  const target = readWithRole(TARGET, "--assume-role", "arn:aws:iam::{account}:role/ReadOnly-{region}");
  expect(target).toEqual(fleetTarget({ assumeRole: "arn:aws:iam::111122223333:role/ReadOnly-eu-west-1" }));
});

test.each([
  [
    "arn:aws:iam::{id}:role/ReadOnly",
    "--assume-role must have no placeholders but {account} and {region}, got {id}. Correct it.",
  ],
  ["ReadOnly", /^--assume-role must .+, got "ReadOnly"\. Correct it\.$/],
])("a target is not read with %s", (pattern, message) => {
  expect(() => readWithRole(TARGET, "--assume-role", pattern)).toThrow(message);
});
