import type { Outcome } from "../../../cli/checks/check";
import { UndeterminedError } from "../../../cli/exit-codes";
import { secretOutcomes } from "../../../cli/verify/secret";

const HOME = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";

const line = ({ verdict, name, found }: Outcome): string => `${verdict} ${name}: ${found}`;

describe("a secret", () => {
  const found = (more: Partial<Parameters<typeof secretOutcomes>[0]>): string[] =>
    secretOutcomes({ arn: SECRET, description: { keyName: undefined }, policy: [], ...more }, HOME).map(line);

  test("is well without a policy", () => {
    expect(found({})).toEqual(["ok secret policy: none"]);
  });

  test.each([{ description: undefined }, { policy: undefined }])("does not exist: %j", (more) => {
    expect(found(more)).toEqual([`problem secret: ${SECRET} does not exist`]);
  });

  test("is undetermined in what AWS denies, each by itself", () => {
    const denied = (action: string): UndeterminedError =>
      new UndeterminedError(`AWS denied ${action}. Grant it to the user or role that runs this command.`);
    expect(found({ description: denied("secretsmanager:DescribeSecret") })).toEqual([
      "unknown secret: AWS denied secretsmanager:DescribeSecret.",
      "ok secret policy: none",
    ]);
    expect(found({ policy: denied("secretsmanager:GetResourcePolicy") })).toEqual([
      "unknown secret policy: AWS denied secretsmanager:GetResourcePolicy.",
    ]);
  });
});
