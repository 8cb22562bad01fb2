import { chosenMetricStream, metricStreamPart, metricStreamSubject } from "../../../cli/adopt/metric-stream";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  decisionsWith,
  guideStream,
  inventoryWith,
  linesOf,
  metricStreamWith,
  namesIn,
  sourcesWith,
  streamArn,
} from "../../helpers/adoption";

const inventoryOf = (...metricStreams: readonly ReturnType<typeof metricStreamWith>[]) =>
  inventoryWith({ sources: sourcesWith({ metricStreams }) });

describe("the metric stream", () => {
  test("is imported with its filters and statistics", () => {
    const inventory = inventoryOf(
      metricStreamWith({
        name: "all",
        includeFilters: [
          { namespace: "AWS/EC2", metricNames: ["A", "B"] },
          { namespace: "AWS/EC2", metricNames: ["B", "C"] },
          { namespace: "AWS/S3", metricNames: ["A"] },
          { namespace: "AWS/S3", metricNames: [] },
          { namespace: "AWS/ELB", metricNames: [] },
          { namespace: "AWS/ELB", metricNames: ["A"] },
        ],
        statistics: [{ namespace: "AWS/ELB", metricName: "Latency", statistics: ["p99"] }],
        includesLinkedAccounts: true,
      }),
      metricStreamWith({ name: "elsewhere", destinationArn: streamArn("clicks") }),
    );
    const part = metricStreamPart(inventory, decisionsWith(), {});
    expect(part.imports).toEqual([{ to: "aws_cloudwatch_metric_stream.metric_stream[0]", id: "all" }]);
    expect(part.inputs).toMatchObject({
      createMetricStream: true,
      metricStreamName: "all",
      metricStreamIncludeFilters: { "AWS/EC2": ["A", "B", "C"], "AWS/S3": [], "AWS/ELB": [] },
      metricStreamExcludeFilters: {},
      metricStreamStatistics: [{ namespace: "AWS/ELB", metric_name: "Latency", statistics: ["p99"] }],
      metricStreamIncludeLinkedAccounts: true,
    });
  });

  test("in another format is changed, and one that is stopped is started first", () => {
    const part = metricStreamPart(
      inventoryOf(metricStreamWith({ outputFormat: "opentelemetry1.0", state: "stopped" })),
      decisionsWith(),
      {},
    );
    expect(linesOf(part)).toEqual(
      expect.arrayContaining([
        "decide metric stream kloudfuse-metrics: state: stopped: the AWS provider cannot update a metric stream that is not running",
        "change metric stream kloudfuse-metrics: output format: opentelemetry1.0 becomes json, the one format that Kloudfuse reads",
      ]),
    );
  });

  test("has its filters and statistics grouped as the inputs group them", () => {
    const twice = [
      { namespace: "AWS/EC2", metricNames: ["A"] },
      { namespace: "AWS/EC2", metricNames: ["B"] },
    ];
    const changesOf = (fields: Parameters<typeof metricStreamWith>[0]) =>
      linesOf(metricStreamPart(inventoryOf(metricStreamWith(fields)), decisionsWith(), {})).filter(
        (line) => line.startsWith("change metric stream kloudfuse-metrics: filters") || line.includes(": statistics:"),
      );
    const filters =
      "change metric stream kloudfuse-metrics: filters: several filters of one namespace become one, of the same metrics";
    expect(changesOf({ includeFilters: twice })).toEqual([filters]);
    expect(changesOf({ excludeFilters: twice })).toEqual([filters]);
    expect(changesOf({ sharesStatistics: true })).toEqual([
      "change metric stream kloudfuse-metrics: statistics: one configuration of several metrics becomes one for each metric, with the same statistics",
    ]);
    expect(changesOf({ includeFilters: twice.slice(1) })).toEqual([]);
  });

  test("is one: of several the user chooses", () => {
    const inventory = inventoryOf(metricStreamWith({ name: "a" }), metricStreamWith({ name: "b" }));
    expect(linesOf(metricStreamPart(inventory, decisionsWith(), {}))).toEqual([
      "decide metric streams: metric_stream_name: a, b feed the metrics stream; the module has one",
    ]);
    const part = metricStreamPart(inventory, decisionsWith({ metricStreamName: "b" }), {});
    expect(part.imports?.[0]?.id).toBe("b");
    expect(namesIn(part)).toContain("leave metric stream a: metric stream");
    expect(chosenMetricStream(inventory, decisionsWith({ metricStreamName: "c" }))).toBeUndefined();
  });

  test("is none where none feeds the stream, or there is no metrics stream", () => {
    expect(metricStreamPart(inventoryOf(), decisionsWith(), {})).toEqual({});
    const streams = [guideStream("logs")];
    expect(metricStreamPart({ ...inventoryOf(metricStreamWith()), streams }, decisionsWith(), {})).toEqual({});
  });

  test("is left where the user wants it, and undetermined where AWS does not say", () => {
    expect(linesOf(metricStreamPart(inventoryWith({ sources: undefined }), decisionsWith(), {}))).toEqual([
      "leave sources: metric streams and log subscriptions: --keep sources: they stay outside of Terraform, and were not read",
    ]);
    const sources = sourcesWith({ metricStreams: new UndeterminedError("AWS denied it. Grant it.") });
    expect(linesOf(metricStreamPart(inventoryWith({ sources }), decisionsWith(), {}))).toEqual([
      "unknown metric streams: metric streams: AWS denied it.",
    ]);
    expect(chosenMetricStream(inventoryWith({ sources }), decisionsWith())).toBeUndefined();
  });

  test("is named as such", () => {
    expect(metricStreamSubject("a")).toBe("metric stream a");
  });
});
