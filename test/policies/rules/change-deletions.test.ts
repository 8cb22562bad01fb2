import { changeBucket } from "../../../policies/rules/change-bucket";
import { changeStream } from "../../../policies/rules/change-stream";
import { BUCKET, bucketChange, checkGood, goodStream, STREAM } from "../../helpers/rule-plan";

const ALLOW = "If this is intentional, allow the policy by its id, with the reason.";

describe.each([
  ["KFF-CHG-001", changeStream, STREAM],
  ["KFF-CHG-003", changeBucket, BUCKET],
] as const)("%s", (_, policy, address) => {
  const checked = (actions: readonly string[]): string[] =>
    checkGood(policy, {
      stream: goodStream({}, policy === changeStream ? { actions } : {}),
      bucket: bucketChange({}, policy === changeBucket ? { actions } : {}),
    });

  test.each([
    ["destroyed", ["delete"]],
    ["replaced", ["delete", "create"]],
    ["replaced", ["create", "delete"]],
  ])("finds that it is %s", (what, actions) => {
    expect(checked(actions)).toEqual([`finding ${address}: it is ${what} | ${ALLOW}`]);
  });

  test.each([[["create"]], [["update"]], [["no-op"]]])("accepts %j", (actions) => {
    expect(checked(actions)).toEqual([]);
  });
});

test("a policy about streams says nothing of buckets, and one about buckets nothing of streams", () => {
  const plan = { stream: goodStream({}, { actions: ["delete"] }), bucket: bucketChange({}, { actions: ["delete"] }) };
  expect(checkGood(changeStream, plan)).toHaveLength(1);
  expect(checkGood(changeBucket, plan)).toHaveLength(1);
});
