import { changeBucket } from "../../../policies/rules/change-bucket";
import { changeRename } from "../../../policies/rules/change-rename";
import { changeStream } from "../../../policies/rules/change-stream";
import { outcomesOf, STREAM } from "../../helpers/rule-plan";

const ALLOW = "If this is intentional, allow the policy by its id, with the reason.";

describe.each([
  [changeStream, STREAM, "logs"],
  [changeBucket, "aws_s3_bucket", "backup[0]"],
])("what holds data", (policy, type, label) => {
  test.each([
    [["create"], undefined],
    [["update"], undefined],
    [["no-op"], undefined],
    [["delete", "create"], "it is replaced"],
    [["create", "delete"], "it is replaced"],
  ])(`may not be replaced: ${type}, %j`, (actions, found) => {
    expect(outcomesOf(policy, { edits: { [type]: { actions } } })).toEqual(
      found === undefined ? [] : [`finding ${type}.${label}: ${found} → ${ALLOW}`],
    );
  });
});

describe("a stream", () => {
  test("may not be destroyed", () => {
    expect(outcomesOf(changeStream, { edits: { [STREAM]: { actions: ["delete"] } } })).toEqual([
      `finding ${STREAM}.logs: it is destroyed → ${ALLOW}`,
    ]);
  });
});

describe("a rename", () => {
  const old = (values: Readonly<Record<string, unknown>>) => ({
    address: `${STREAM}.old`,
    values: { destination: "http_endpoint", ...values },
    actions: ["delete"],
  });

  test("without moved destroys the stream and creates it again", () => {
    expect(outcomesOf(changeRename, { more: [old({ name: "kloudfuse-logs" })] })).toEqual([
      `finding ${STREAM}.old: it is destroyed, and module.kloudfuse.${STREAM}.logs is created with the same name → Add moved { from = ${STREAM}.old, to = module.kloudfuse.${STREAM}.logs }.`,
    ]);
  });

  test("is none where the names differ, or the other one exists", () => {
    expect(outcomesOf(changeRename, { more: [old({ name: "kloudfuse-old-logs" })] })).toEqual([]);
    const edits = { [STREAM]: { actions: ["no-op"] } };
    expect(outcomesOf(changeRename, { edits, more: [old({ name: "kloudfuse-logs" })] })).toEqual([]);
  });
});
