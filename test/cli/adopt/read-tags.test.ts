import { readStreamTags, tagMapOf } from "../../../cli/adopt/read-tags";
import { Json } from "../../e2e/helpers/json";
import { firehoseError, firehoseStub, jsonAnswer } from "../../helpers/aws-stub";

describe("the tags of a stream", () => {
  test("are read page by page", async () => {
    const firehose = firehoseStub(({ body }) => {
      const isSecond = Json.parse(body.toString()).has("ExclusiveStartTagKey");
      return jsonAnswer(
        isSecond
          ? { Tags: [{ Key: "b", Value: "2" }], HasMoreTags: false }
          : { Tags: [{ Key: "a", Value: "1" }], HasMoreTags: true },
      );
    });
    expect(await readStreamTags({ firehose }, "kloudfuse-logs")).toEqual({ a: "1", b: "2" });
  });

  test("end where a page has none", async () => {
    const firehose = firehoseStub(() => jsonAnswer({ HasMoreTags: true }));
    expect(await readStreamTags({ firehose }, "kloudfuse-logs")).toEqual({});
  });

  test("are undetermined where AWS denies them", async () => {
    const firehose = firehoseStub(() => firehoseError(400, "AccessDeniedException"));
    await expect(readStreamTags({ firehose }, "kloudfuse-logs")).rejects.toThrow(
      "AWS denied firehose:ListTagsForDeliveryStream.",
    );
  });
});

test("tags of an answer are a map", () => {
  expect(tagMapOf([{ Key: "a", Value: "1" }, { Key: "b" }, {}])).toEqual({ a: "1", b: "", "": "" });
  expect(tagMapOf()).toEqual({});
});
