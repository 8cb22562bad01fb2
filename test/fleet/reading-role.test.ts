import { readWithRole } from "../../fleet/reading-role";
import { fleetTarget } from "../helpers/fleet";

const TARGET = fleetTarget({ assumeRole: "arn:aws:iam::111122223333:role/Deployer", externalId: "fleet" });
const LABELS = { arn: "--assume-role", externalId: "--external-id" };
const ARN = "arn:aws:iam::{account}:role/ReadOnly-{region}";
const READ_ONLY = "arn:aws:iam::111122223333:role/ReadOnly-eu-west-1";

test("a target is read with the role of the pattern, and without the external id of the other one", () => {
  const target = readWithRole(TARGET, { arn: ARN, externalId: undefined }, LABELS);
  expect(target).toEqual(fleetTarget({ assumeRole: READ_ONLY }));
});

test("a target is read with the external id of its role", () => {
  const target = readWithRole(TARGET, { arn: ARN, externalId: "read-{account}" }, LABELS);
  expect(target).toEqual(fleetTarget({ assumeRole: READ_ONLY, externalId: "read-111122223333" }));
});

test.each([
  [
    { arn: "arn:aws:iam::{id}:role/ReadOnly", externalId: undefined },
    "--assume-role must contain only the placeholders {account} and {region}, got {id}. Correct it.",
  ],
  [{ arn: "ReadOnly", externalId: undefined }, /^--assume-role must .+, got "ReadOnly"\. Correct it\.$/],
  [
    { arn: ARN, externalId: "{id}" },
    "--external-id must contain only the placeholders {account} and {region}, got {id}. Correct it.",
  ],
  [{ arn: ARN, externalId: "x" }, /^--external-id must be at least 2 of the characters /],
])("a target is not read with %j", (role, message) => {
  expect(() => readWithRole(TARGET, role, LABELS)).toThrow(message);
});
