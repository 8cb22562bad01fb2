import { readErrorLogGroup } from "../../../cli/adopt/read-error-log";
import { actionOf, bodyOf, firehoseError, jsonAnswer, logsStub, type StubResponse } from "../../helpers/aws-stub";

const NAME = "/aws/kinesisfirehose/a/b";
const readWith = async (
  logGroups: readonly object[],
  overrides: Readonly<Record<string, StubResponse>> = {},
  asked: string[] = [],
) =>
  await readErrorLogGroup(
    {
      logs: logsStub((request) => {
        const action = actionOf(request);
        if (overrides[action] !== undefined) {
          return overrides[action];
        }
        switch (action) {
          case "DescribeLogGroups":
            return jsonAnswer({ logGroups });
          case "DescribeLogStreams":
            return jsonAnswer(
              bodyOf(request).has("nextToken")
                ? { logStreams: [{ logStreamName: "two" }] }
                : { logStreams: [{ logStreamName: "one" }], nextToken: "next" },
            );
          default:
            asked.push(bodyOf(request).at("resourceArn").text);
            return jsonAnswer({ tags: { team: "x" } });
        }
      }),
    },
    NAME,
  );

describe("the error log group", () => {
  test("is read with its log streams, page by page, and its tags", async () => {
    const asked = new Array<string>();
    const group = { logGroupName: NAME, arn: "arn:*", retentionInDays: 30, kmsKeyId: "key" };
    expect(await readWith([group], {}, asked)).toEqual({
      name: NAME,
      retentionDays: 30,
      kmsKeyArn: "key",
      logStreams: ["one", "two"],
      tags: { team: "x" },
    });
    await readWith([{ ...group, logGroupArn: "whole" }], {}, asked);
    expect(asked).toEqual(["arn", "whole"]);
  });

  test("is none where another one has the beginning of its name only", async () => {
    expect(await readWith([{ logGroupName: `${NAME}c` }])).toBeUndefined();
  });

  test.each([
    ["DescribeLogGroups", "logs:DescribeLogGroups"],
    ["DescribeLogStreams", "logs:DescribeLogStreams"],
    ["ListTagsForResource", "logs:ListTagsForResource"],
  ])("is undetermined where AWS denies %s", async (action, permission) => {
    const denied = { [action]: firehoseError(400, "AccessDeniedException") };
    await expect(readWith([{ logGroupName: NAME, arn: "arn" }], denied)).rejects.toThrow(`AWS denied ${permission}.`);
  });
});
