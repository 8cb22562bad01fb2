import { accountPolicyPart } from "../../../cli/adopt/account-policy";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  ERROR_LOG,
  guideStream,
  inventoryWith,
  linesOf,
  ROLE_ARN,
  sourcesWith,
  streamArn,
} from "../../helpers/adoption";

const CRITERIA = `LogGroupName NOT IN ["${ERROR_LOG}","/ecs/b"]`;
const policyWith = (fields: object = {}) => ({
  name: "everything",
  destinationArn: streamArn("kloudfuse-logs"),
  roleArn: ROLE_ARN,
  filterPattern: "ERROR",
  criteria: CRITERIA,
  excluded: [ERROR_LOG, "/ecs/b"],
  ...fields,
});
const inventoryOf = (fields: object = {}) =>
  inventoryWith({ sources: sourcesWith({ accountPolicies: [policyWith(fields)] }) });

describe("the account policy", () => {
  test("gets the delivery role and the default distribution", () => {
    const part = accountPolicyPart(inventoryOf({ roleArn: "other", distribution: "Random" }));
    expect(linesOf(part).slice(1)).toEqual([
      `change account policy everything: subscription role: other becomes ${ROLE_ARN}`,
      "change account policy everything: subscription distribution: Random becomes ByLogStream",
    ]);
  });

  test("with the module's criteria is imported", () => {
    const part = accountPolicyPart(inventoryOf());
    expect(part.imports).toEqual([
      { to: "aws_cloudwatch_log_account_policy.account[0]", id: "everything:SUBSCRIPTION_FILTER_POLICY" },
    ]);
    expect(part.inputs).toEqual({
      subscribeAccount: true,
      accountPolicyName: "everything",
      accountExcludedLogGroups: ["/ecs/b"],
      logFilterPattern: "ERROR",
    });
    expect(accountPolicyPart(inventoryOf({ name: "kloudfuse-logs" })).inputs?.accountPolicyName).toBeNull();
  });

  test("with other criteria stays: Terraform would replace it", () => {
    const part = accountPolicyPart(inventoryOf({ criteria: 'LogGroupName NOT IN ["/ecs/b"]', excluded: ["/ecs/b"] }));
    expect(part.imports).toBeUndefined();
    expect(linesOf(part)).toEqual([
      'leave account policy everything: subscribe_account: false: it stays outside of Terraform. The module would replace it, because its selection criteria differ: LogGroupName NOT IN ["/ecs/b"]',
    ]);
    expect(part.items?.[0]?.remedy).toBe(
      `To adopt it, first update it in place with the module's criteria, and run the command again: aws logs put-account-policy --policy-name 'everything' --policy-type SUBSCRIPTION_FILTER_POLICY --scope ALL --policy-document '{"DestinationArn":"${streamArn("kloudfuse-logs")}","FilterPattern":"ERROR","RoleArn":"${ROLE_ARN}"}' --selection-criteria '${CRITERIA}'`,
    );
  });

  test("with criteria in another form stays", () => {
    const part = accountPolicyPart(inventoryOf({ criteria: "", excluded: undefined }));
    expect(linesOf(part)[0]).toMatch(/selection criteria differ: none$/);
    expect(part.items?.[0]?.remedy).toBe(
      "To adopt it, first update it with criteria of the form LogGroupName NOT IN [...].",
    );
  });

  test("is none where it feeds another stream, or the user keeps the sources", () => {
    expect(accountPolicyPart(inventoryOf({ destinationArn: streamArn("other") }))).toEqual({});
    expect(accountPolicyPart(inventoryWith({ sources: undefined }))).toEqual({});
    expect(accountPolicyPart({ ...inventoryOf(), streams: [guideStream("metrics")] })).toEqual({});
  });

  test("is undetermined where AWS does not say", () => {
    const sources = sourcesWith({ accountPolicies: new UndeterminedError("AWS denied it. Grant it.") });
    expect(linesOf(accountPolicyPart(inventoryWith({ sources })))).toEqual([
      "unknown account policy: account policy: AWS denied it.",
    ]);
  });
});
