import { changeAccountSubscription } from "../../../policies/rules/change-account-subscription";
import { LOG_GROUP, STREAM_ARN } from "../../helpers/iam-plan";
import { goodStream } from "../../helpers/rule-plan";
import { ACCOUNT_POLICY, accountDocument, accountPolicyChange, checkLogs, criteria } from "../../helpers/source-plan";

const REMEDY = "If this is intentional, allow the policy by its id, with the reason.";
const REPLACE = ["delete", "create"];
const { values: before } = accountPolicyChange();
const stream = goodStream({ values: { arn: STREAM_ARN } }, { actions: ["no-op"] });

const found = (...[values, more]: Parameters<typeof accountPolicyChange>): string[] =>
  checkLogs(changeAccountSubscription, [accountPolicyChange(values, more)], { stream });

describe("KFF-CHG-005", () => {
  test.each([["create"], ["update"], ["no-op"]])("accepts %s", (action) => {
    expect(found({}, { actions: [action], before })).toEqual([]);
  });

  test("finds a replacement by other criteria", () => {
    expect(found({ selection_criteria: criteria(LOG_GROUP, "/a") }, { actions: REPLACE, before })).toEqual([
      `finding ${ACCOUNT_POLICY}: it is replaced, since selection_criteria changes: until then no log group is subscribed | ${REMEDY}`,
    ]);
    expect(found({}, { actions: REPLACE, before, unknown: ["selection_criteria"] })).toEqual([
      expect.stringContaining("since selection_criteria changes"),
    ]);
  });

  test("finds a replacement for another reason", () => {
    expect(found({ policy_name: "other" }, { actions: REPLACE, before })).toEqual([
      `finding ${ACCOUNT_POLICY}: it is replaced: until then no log group is subscribed | ${REMEDY}`,
    ]);
  });

  test("finds a destruction, also with the stream's own", () => {
    const gone = `finding ${ACCOUNT_POLICY}: it is destroyed: no log group of the account stays subscribed | ${REMEDY}`;
    const destroyed = accountPolicyChange({}, { actions: ["delete"] });
    expect(checkLogs(changeAccountSubscription, [destroyed], { stream })).toEqual([gone]);
    expect(
      checkLogs(changeAccountSubscription, [destroyed], {
        stream: goodStream({ values: { arn: STREAM_ARN } }, { actions: ["delete"] }),
      }),
    ).toEqual([gone]);
  });

  test.each([
    { policy_document: accountDocument({ DestinationArn: STREAM_ARN.replace("kloudfuse", "other") }) },
    { policy_document: "{" },
    { policy_document: accountDocument({ DestinationArn: 1 }) },
  ])("ignores another policy: %j", (values) => {
    expect(found(values, { actions: ["delete"] })).toEqual([]);
  });
});
