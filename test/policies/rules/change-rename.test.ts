import { changeRename } from "../../../policies/rules/change-rename";
import { roleChange } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { bucketChange, checkGood, goodStream } from "../../helpers/rule-plan";

const gone = { actions: ["delete"] };
const renamed = (change: PlannedChange): PlannedChange => ({
  ...change,
  address: change.address.replace(/\.[a-z]+$/, ".renamed"),
});

describe("KFF-CHG-004", () => {
  test.each([
    ["stream", "stream", goodStream({}, gone), renamed(goodStream())],
    ["role", "role", roleChange({}, gone), renamed(roleChange({}, { unknown: ["arn"] }))],
    ["bucket", "bucket", bucketChange({}, gone), renamed(bucketChange({}, { unknown: ["arn"] }))],
  ])("finds that the %s is destroyed and created under another address", (_, part, before, after) => {
    expect(checkGood(changeRename, { [part]: before }, [after])).toEqual([
      `finding ${before.address}: it is destroyed and created again as ${after.address} | Add a moved block from ${before.address} to ${after.address}.`,
    ]);
  });

  test("accepts a destroy without a successor, and one with another name", () => {
    expect(checkGood(changeRename, { stream: goodStream({}, gone) })).toEqual([]);
    const other = renamed(goodStream({ values: { name: "kloudfuse-other-logs" } }));
    expect(checkGood(changeRename, { stream: goodStream({}, gone) }, [other])).toEqual([]);
  });

  test("accepts a moved block, and a replacement at the same address", () => {
    const moved = { ...renamed(goodStream()), actions: ["no-op"], previousAddress: goodStream().address };
    expect(checkGood(changeRename, { stream: moved })).toEqual([]);
    expect(checkGood(changeRename, { stream: goodStream({}, { actions: ["delete", "create"] }) })).toEqual([]);
  });
});
