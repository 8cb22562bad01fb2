import { roleChanges } from "../../../cli/adopt/role-changes";
import { deliveryTrustStatements } from "../../../modules/policy-statements";
import { DELIVERY_TRUST, linesOf, roleWith, statementsOf } from "../../helpers/adoption";

const settings = (): Parameters<typeof roleChanges>[2] => ({
  description: "Delivers",
  trust: deliveryTrustStatements({
    accountId: "123456789012",
    partition: "aws",
    logsServicePrincipal: "logs.amazonaws.com",
  }),
  trusted: "Firehose",
});
const changesOf = (fields: Parameters<typeof roleWith>[0]) => {
  const role = roleWith({ trust: statementsOf(...DELIVERY_TRUST), description: "Delivers", ...fields });
  return roleChanges("role r", role, settings(), "Use --keep role to keep it.");
};

describe("a role that is imported", () => {
  test("as the module has it is not changed", () => {
    expect(changesOf({})).toEqual([]);
  });

  test("gets the module's trust policy", () => {
    expect(linesOf({ items: changesOf({ trust: [] }) })).toEqual([
      "change role r: trust policy: becomes the module's: Firehose, on behalf of this account only",
    ]);
  });

  test("gets the module's description, in place of its own or of none", () => {
    expect(linesOf({ items: changesOf({ description: "" }) })).toEqual([
      'change role r: description: none becomes "Delivers"',
    ]);
    expect(linesOf({ items: changesOf({ description: "Mine" }) })).toEqual([
      'change role r: description: "Mine" becomes "Delivers"',
    ]);
  });

  test.each([3599, 3601])("with sessions of up to %d seconds gets the default, and the remedy is said", (seconds) => {
    expect(changesOf({ maxSessionSeconds: seconds })).toEqual([
      {
        action: "change",
        subject: "role r",
        name: "maximum session duration",
        found: `${seconds} seconds becomes 3600 seconds`,
        remedy: "Use --keep role to keep it.",
      },
    ]);
  });
});
