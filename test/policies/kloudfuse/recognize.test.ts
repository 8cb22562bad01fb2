import { UNKNOWN } from "../../../iam/unknown";
import { type Mark, type Marks, marksOf, recognize, signalIn } from "../../../policies/kloudfuse/recognize";
import type { PlannedResource } from "../../../policies/plan";
import { type PlannedChange, planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";
import { type StreamMarks, streamValues } from "./stream-values";

const ADDRESS = "aws_kinesis_firehose_delivery_stream.s";
const HTTP = "http_endpoint_configuration.0";

const streamOf = (marks: StreamMarks, more: Partial<PlannedChange> = {}): PlannedResource =>
  resourceAt(planOf([{ address: ADDRESS, values: streamValues(marks), ...more }]), more.address ?? ADDRESS);

describe("the marks of a stream", () => {
  const mark = (name: keyof Marks, value: string): Mark => marksOf(streamOf({ [MARKED[name]]: value }))[name];
  const MARKED = { url: "url", endpointName: "endpointName", prefix: "prefix", name: "name" } as const;

  test.each([
    ["url", `${HTTP}.url`],
    ["endpointName", `${HTTP}.name`],
    ["prefix", `${HTTP}.s3_configuration.0.prefix`],
    ["name", "name"],
  ] as const)("%s is at %s", (name, path) => {
    const { path: found, value } = mark(name, "x");
    expect([found, value]).toEqual([path, "x"]);
  });

  test("are neither Kloudfuse's nor documented where there are none", () => {
    const marks: readonly Mark[] = Object.values(marksOf(streamOf({})));
    expect(
      marks.map(({ value, isKloudfuse, isDocumented, signal }) => [value, isKloudfuse, isDocumented, signal]),
    ).toEqual(Array.from({ length: 4 }, () => [undefined, false, false, undefined]));
  });

  test("are not known where their values are not", () => {
    const unknown = [`${HTTP}.url`];
    expect(marksOf(streamOf({}, { unknown })).url).toEqual({
      path: `${HTTP}.url`,
      value: UNKNOWN,
      isKloudfuse: false,
      isDocumented: false,
      signal: undefined,
    });
  });

  test.each([
    ["https://h/ingester/x", true],
    ["https://h/INGESTOR/x", true],
    ["https://h/ingest/x", false],
    ["https://h/xingester/x", false],
    ["https://h/ingester", false],
    ["https://h/kinesis/metrics", true],
    ["https://h/kinesis/logs/", true],
    ["https://h/kinesis/logs/x", false],
    ["https://h/kinesis/traces", false],
    ["https://h/xkinesis/logs", false],
    ["https://kloudfuse.example.com", true],
    ["https://KFUSE.example.com", true],
    ["https://klodfuse.example.com", true],
    ["https://metrcs.example.com", false],
    ["https://example.com", false],
  ])("url %s is Kloudfuse's: %j", (url, expected) => {
    expect(mark("url", url).isKloudfuse).toBe(expected);
  });

  test.each([
    ["https://h/ingester/kinesis/metrics", true],
    ["HTTPS://h:443/ingester/kinesis/logs", true],
    ["/ingester/kinesis/logs", true],
    ["https://h/ingester/kinesis/logs/", false],
    ["https://h/x/ingester/kinesis/logs", false],
    ["x/https://h/ingester/kinesis/logs", false],
    ["https://h/ingester/kinesis/traces", false],
  ])("url %s is documented: %j", (url, expected) => {
    expect(mark("url", url).isDocumented).toBe(expected);
  });

  test.each([
    ["my-Kloudfuse-x", true],
    ["kfuse", true],
    ["klodfuse", true],
    ["metrcs", false],
    ["other", false],
  ])("name %s is Kloudfuse's: %j", (name, expected) => {
    expect(
      [mark("endpointName", name), mark("prefix", name), mark("name", name)].map((one) => one.isKloudfuse),
    ).toEqual([expected, expected, expected]);
  });

  test.each([
    ["kloudfuse-metrics", true],
    ["kloudfuse-", true],
    ["kloudfuse", false],
    ["x-kloudfuse-logs", false],
  ])("name %s is documented: %j", (name, expected) => {
    expect([mark("endpointName", name), mark("name", name)].map((one) => one.isDocumented)).toEqual([
      expected,
      expected,
    ]);
  });

  test.each([
    ["kloudfuse-metrics-failures/", true],
    ["eu-west-1/kloudfuse-logs-failures/", true],
    ["kloudfuse-logs-failures", false],
    ["kloudfuse-traces-failures/", false],
  ])("prefix %s is documented: %j", (prefix, expected) => {
    expect(mark("prefix", prefix).isDocumented).toBe(expected);
  });

  test("name the signal", () => {
    expect([mark("url", "https://h/Metrics").signal, mark("name", "x-logs").signal]).toEqual(["metrics", "logs"]);
  });
});

describe("the signal in a text", () => {
  test.each([
    ["kloudfuse-metrics", "metrics"],
    ["KLOUDFUSE-LOGS", "logs"],
    ["logs-and-metrics", undefined],
    ["traces", undefined],
    ["", undefined],
  ])("%j is %s", (text, signal) => {
    expect(signalIn(text)).toBe(signal);
  });
});

describe("a delivery stream", () => {
  const recognized = (
    settings: StreamMarks,
    more: Partial<PlannedChange> = {},
    nearby: readonly string[] = [],
  ): string => {
    const resource = streamOf(settings, more);
    return recognize(resource, marksOf(resource), nearby);
  };
  const UNKNOWN_URL = { unknown: [`${HTTP}.url`] };
  const OTHER = "https://example.com";

  test("is one to Kloudfuse by any mark", () => {
    expect([
      recognized({ url: "https://kfuse.example.com" }),
      recognized({ url: OTHER, endpointName: "kfuse" }),
      recognized({ url: OTHER, prefix: "kfuse" }),
      recognized({ url: OTHER, name: "kfuse" }),
    ]).toEqual(["certain", "certain", "certain", "certain"]);
  });

  test("is none with another destination", () => {
    expect(recognized({ url: "https://kfuse.example.com", destination: "extended_s3" })).toBe("no");
  });

  test("is one with a destination that is not known", () => {
    expect(recognized({ name: "kfuse" }, { unknown: ["destination"] })).toBe("certain");
  });

  test("is none without a mark where its URL is known, whatever is near it", () => {
    expect(recognized({ url: OTHER }, {}, ["kloudfuse"])).toBe("no");
  });

  test("is possibly one where its URL is not known", () => {
    expect(recognized({ name: "x" }, UNKNOWN_URL, ["other"])).toBe("possible");
  });

  test("is one where its URL is not known and its address names Kloudfuse", () => {
    expect(recognized({}, { ...UNKNOWN_URL, address: `module.kfuse.${ADDRESS}` })).toBe("certain");
  });

  test("is one where its URL is not known and what is near it names Kloudfuse", () => {
    expect(recognized({}, UNKNOWN_URL, ["other", "Kloudfuse-role"])).toBe("certain");
  });
});
