import { processingOutcome, typeOutcome } from "../../../cli/verify/processing";
import { streamWith } from "../../helpers/delivery-stream";

describe("the type of a stream", () => {
  test("is Direct PUT", () => {
    expect(typeOutcome(streamWith())).toEqual({ name: "type", verdict: "ok", found: "DirectPut", remedy: "" });
  });

  test("is a problem with a source of its own, which is named", () => {
    const sourceArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/source";
    expect(typeOutcome(streamWith({ type: "KinesisStreamAsSource", sourceArn }))).toEqual({
      name: "type",
      verdict: "problem",
      found: `KinesisStreamAsSource, which reads from ${sourceArn}; documented DirectPut`,
      remedy:
        "CloudWatch can write to a Direct PUT stream only, and so can replay. A stream keeps its type: create another stream.",
    });
    expect(typeOutcome(streamWith({ type: "" })).found).toBe("none; documented DirectPut");
  });
});

describe("the processing of records", () => {
  test("is none", () => {
    expect(processingOutcome({ processors: [] })).toEqual({
      name: "processing",
      verdict: "ok",
      found: "none",
      remedy: "",
    });
  });

  test.each([
    [["Lambda"], "Lambda transformation; documented none"],
    [["Decompression", "CloudWatchLogProcessing"], "decompression, extraction of log messages; documented none"],
    [["SomethingNew"], "SomethingNew; documented none"],
  ])("is noted, with what it means for replay: %j", (processors, found) => {
    expect(processingOutcome({ processors })).toEqual({
      name: "processing",
      verdict: "note",
      found,
      remedy:
        "Kloudfuse needs none: remove it. The backup may hold failed records in their processed form: replay to this stream would process them twice.",
    });
  });
});
