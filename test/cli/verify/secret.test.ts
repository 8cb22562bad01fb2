import { secretOutcomes } from "../../../cli/verify/secret";
import { LOCATION, SECRET_ARN } from "../../helpers/account";
import { deniedAction, outcomeLine } from "../../helpers/outcomes";

describe("a secret", () => {
  const found = (more: Partial<Parameters<typeof secretOutcomes>[0]>): string[] =>
    secretOutcomes({ arn: SECRET_ARN, description: { keyName: undefined }, policy: [], ...more }, LOCATION).map(
      outcomeLine,
    );

  test("is well without a policy", () => {
    expect(found({})).toEqual(["ok secret policy: none"]);
  });

  test.each([{ description: undefined }, { policy: undefined }])("does not exist: %j", (more) => {
    expect(found(more)).toEqual([`problem secret: ${SECRET_ARN} does not exist`]);
  });

  test("is undetermined in what AWS denies, each by itself", () => {
    expect(found({ description: deniedAction("secretsmanager:DescribeSecret") })).toEqual([
      "unknown secret: AWS denied secretsmanager:DescribeSecret.",
      "ok secret policy: none",
    ]);
    expect(found({ policy: deniedAction("secretsmanager:GetResourcePolicy") })).toEqual([
      "unknown secret policy: AWS denied secretsmanager:GetResourcePolicy.",
    ]);
  });
});
