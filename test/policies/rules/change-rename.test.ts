import { changeRename } from "../../../policies/rules/change-rename";
import { change, inlineChange, LOG_GROUP, REGION, roleChange } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { bucketChange, checkGood, type GoodParts, goodStream, GROUP, guard, logStream } from "../../helpers/rule-plan";

const POLICY = "aws_s3_bucket_policy";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const PUBLIC = "aws_s3_bucket_public_access_block";

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

  test.each<[string, PlannedChange, GoodParts]>([
    ["the role's policy", inlineChange(), { inline: undefined }],
    ["the bucket's policy", guard(POLICY), { guards: { [POLICY]: undefined } }],
    ["the bucket's lifecycle", guard(LIFECYCLE), { guards: { [LIFECYCLE]: undefined } }],
    ["the bucket's public access block", guard(PUBLIC), { guards: { [PUBLIC]: undefined } }],
    [
      "the log group",
      change(GROUP, { region: REGION, name: LOG_GROUP, retention_in_days: 30 }),
      { logGroup: undefined },
    ],
    ["a log stream", logStream("http"), { logStreams: [logStream("s3")] }],
  ])("finds that %s is destroyed and created under another address", (_, part, without) => {
    const after = renamed(part);
    expect(checkGood(changeRename, without, [{ ...part, ...gone }, after])).toEqual([
      `finding ${part.address}: it is destroyed and created again as ${after.address} | Add a moved block from ${part.address} to ${after.address}.`,
    ]);
    expect(checkGood(changeRename, without, [{ ...part, ...gone }])).toEqual([]);
    expect(
      checkGood(changeRename, without, [
        { ...part, ...gone },
        { ...after, actions: ["no-op"] },
      ]),
    ).toEqual([]);
  });

  test("ignores parts of others, and of another name", () => {
    const other = inlineChange();
    const before = {
      ...other,
      ...gone,
      address: "aws_iam_role_policy.old",
      values: { ...other.values, role: "other" },
    };
    const after = { ...renamed(other), values: { ...other.values, role: "other" } };
    expect(checkGood(changeRename, {}, [before, after])).toEqual([]);
    const named = { ...renamed(other), values: { ...other.values, name: "other" } };
    expect(checkGood(changeRename, { inline: { ...other, ...gone } }, [named])).toEqual([]);
  });

  test("accepts a moved block, and a replacement at the same address", () => {
    const moved = { ...renamed(goodStream()), actions: ["no-op"], previousAddress: goodStream().address };
    expect(checkGood(changeRename, { stream: moved })).toEqual([]);
    expect(checkGood(changeRename, { stream: goodStream({}, { actions: ["delete", "create"] }) })).toEqual([]);
  });
});
