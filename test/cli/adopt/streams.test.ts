import { streamsPart, streamSubject } from "../../../cli/adopt/streams";
import type { StreamLookup } from "../../../cli/aws/find-streams";
import { guideStream, inventoryWith, linesOf, streamArn } from "../../helpers/adoption";

const foundOf = (stream: StreamLookup["stream"], signal: StreamLookup["signal"] = "logs"): StreamLookup => ({
  signal,
  name: stream?.name ?? `kloudfuse-${signal}`,
  stream,
  isRequired: false,
});
const NAMES = { metrics: "kloudfuse-metrics", logs: "kloudfuse-logs" };
const WITHOUT =
  "Adopt only the other stream with --signal metrics, and create a new logs stream under another name later.";

describe("the streams", () => {
  test("of the guide are imported", () => {
    const part = streamsPart(inventoryWith());
    expect(part.imports).toEqual([
      { to: "aws_kinesis_firehose_delivery_stream.metrics[0]", id: streamArn("kloudfuse-metrics") },
      { to: "aws_kinesis_firehose_delivery_stream.logs[0]", id: streamArn("kloudfuse-logs") },
    ]);
    expect(part.inputs).toEqual({ metricsStreamName: "kloudfuse-metrics", logsStreamName: "kloudfuse-logs" });
  });

  test("may be one: the other one is not created", () => {
    const part = streamsPart({
      streamNames: NAMES,
      found: [foundOf(undefined, "metrics"), foundOf(guideStream("logs"))],
    });
    expect(part.inputs).toEqual({
      createMetricsStream: false,
      metricsStreamName: "kloudfuse-metrics",
      logsStreamName: "kloudfuse-logs",
    });
    expect(linesOf(part)[0]).toBe(
      "leave stream kloudfuse-metrics: create_metrics_stream: false: there is no such stream",
    );
    expect(linesOf(streamsPart({ streamNames: NAMES, found: [foundOf(guideStream("metrics"), "metrics")] }))[1]).toBe(
      "leave stream of logs: create_logs_stream: false: --signal leaves it out",
    );
  });

  test.each([
    [
      { type: "KinesisStreamAsSource", sourceArn: "arn" },
      "source: KinesisStreamAsSource from arn; CloudWatch can write to a Direct PUT stream only",
      `A stream keeps its source. ${WITHOUT}`,
    ],
    [
      { type: "" },
      "source: none; CloudWatch can write to a Direct PUT stream only",
      `A stream keeps its source. ${WITHOUT}`,
    ],
    [{ status: "DELETING" }, "status: DELETING", WITHOUT],
    [{ status: "CREATING_FAILED", failure: "KMS: no" }, "status: CREATING_FAILED: KMS: no", WITHOUT],
    [
      { destination: { processors: ["Lambda", "Decompression"] } },
      "processing: Lambda transformation, decompression; the module has none",
      `If Kloudfuse can receive the records without it, remove the processing from the stream, and run the command again. Otherwise: ${WITHOUT}`,
    ],
  ])("with %p cannot be adopted", (fields, line, remedy) => {
    const part = streamsPart({ streamNames: NAMES, found: [foundOf(guideStream("logs", fields))] });
    const items = part.items.filter(({ action }) => action === "decide");
    expect(linesOf({ items })).toEqual([`decide stream kloudfuse-logs: ${line}`]);
    expect(items[0]?.remedy).toBe(remedy);
    expect(part.imports).toEqual([]);
  });

  test("without an HTTP endpoint cannot be adopted", () => {
    const stream = { ...guideStream("metrics"), destination: undefined };
    const part = streamsPart({ streamNames: NAMES, found: [foundOf(stream, "metrics")] });
    expect(linesOf(part)[0]).toBe("decide stream kloudfuse-metrics: destination: no HTTP endpoint");
    expect(part.items[0]?.remedy).toContain("--signal logs");
  });

  test("that are being created are undetermined", () => {
    const part = streamsPart({ streamNames: NAMES, found: [foundOf(guideStream("logs", { status: "CREATING" }))] });
    expect(linesOf(part)).toContain("unknown stream kloudfuse-logs: status: CREATING");
    expect(part.imports).toEqual([]);
  });

  test("are named as such", () => {
    expect(streamSubject("a")).toBe("stream a");
  });
});
