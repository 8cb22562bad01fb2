import {
  metricNoDataReason,
  metricSenders,
  metricSourceChecks,
  metricStreamOutcomes,
} from "../../../cli/verify/metric-sources";
import type { InspectedMetricStream } from "../../../cli/verify/read-metric-sources";
import { streamWith } from "../../helpers/delivery-stream";
import { expectedStackWith } from "../../helpers/fleet";
import { deployed, DETAILS } from "../../helpers/metric-streams";
import { last } from "../../helpers/metrics";
import { denied } from "../../helpers/outcomes";

const STREAM = streamWith({ signal: "metrics", name: "kloudfuse-metrics", arn: "arn:stream" });
const ROLE = "arn:aws:iam::123456789012:role/KloudfuseMetricStreamRole-eu-west-1";

const metricStream = (fields: Partial<InspectedMetricStream> = {}): InspectedMetricStream => ({
  name: "kloudfuse-metrics",
  destinationArn: "arn:stream",
  state: "running",
  outputFormat: "json",
  details: DETAILS,
  publishErrorRate: last(15, 0),
  ...fields,
});

const outcomesOf = (fields: Partial<InspectedMetricStream> = {}): string[] =>
  metricStreamOutcomes(metricStream(fields)).map(({ verdict, name, found }) => `${verdict} | ${name} | ${found}`);
const outcomeOf = (name: string, fields: Partial<InspectedMetricStream>): string | undefined =>
  outcomesOf(fields).find((line) => line.includes(` | ${name} | `));
const remedyOf = (name: string, fields: Partial<InspectedMetricStream>): string | undefined =>
  metricStreamOutcomes(metricStream(fields)).find((outcome) => outcome.name === name)?.remedy;

describe("a metric stream", () => {
  test("is ok as this project creates it", () => {
    expect(outcomesOf()).toEqual([
      "ok | state | running",
      "ok | output format | json",
      "ok | filters | 1 namespace: AWS/EC2",
      "ok | PublishErrorRate | 0% [▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁]",
    ]);
  });

  test("that is stopped is a problem with the command that starts it, and has no error rate", () => {
    const stopped = { state: "stopped", publishErrorRate: [] };
    expect(outcomesOf(stopped)).toEqual([
      "problem | state | stopped",
      "ok | output format | json",
      "ok | filters | 1 namespace: AWS/EC2",
    ]);
    expect(remedyOf("state", stopped)).toBe(
      "Start it: aws cloudwatch start-metric-streams --names kloudfuse-metrics. Metrics that it missed are not sent later.",
    );
  });

  test.each([
    ["", "unknown | state | AWS returns none"],
    ["paused", "unknown | state | paused"],
  ])("in the state %j is undetermined", (state, line) => {
    expect(outcomeOf("state", { state })).toBe(line);
  });

  test.each([
    ["opentelemetry1.0", "problem | output format | opentelemetry1.0; Kloudfuse reads json only"],
    ["opentelemetry0.7", "problem | output format | opentelemetry0.7; Kloudfuse reads json only"],
    ["", "problem | output format | AWS returns none; Kloudfuse reads json only"],
  ])("in the format %j is a problem", (outputFormat, line) => {
    expect(outcomeOf("output format", { outputFormat })).toBe(line);
  });

  test.each([
    [[undefined, 0.0004], "problem | PublishErrorRate | below 0.1% now [ ▂]"],
    [[0, 0.001], "problem | PublishErrorRate | 0.1% now [▁▂]"],
    [[1, 0], "problem | PublishErrorRate | 100% now [█▁]"],
    [[1, 0, 0, 0, 0, 0], "note | PublishErrorRate | 100% at worst, 0% now [█▁▁▁▁▁]"],
    [[1, undefined, undefined, undefined, undefined, undefined], "problem | PublishErrorRate | 100% now [█     ]"],
    [[undefined, 0], "ok | PublishErrorRate | 0% [ ▁]"],
    [
      [undefined, undefined],
      "note | PublishErrorRate | no data: CloudWatch should have a value for a running metric stream",
    ],
  ])("with the error rates %j", (publishErrorRate, line) => {
    expect(outcomeOf("PublishErrorRate", { publishErrorRate })).toBe(line);
  });

  test("is undetermined in what AWS denies, and nothing else", () => {
    expect(outcomesOf({ details: denied(), publishErrorRate: denied() })).toEqual([
      "ok | state | running",
      "ok | output format | json",
      "unknown | filters | AWS denied it.",
      "unknown | PublishErrorRate | AWS denied it.",
    ]);
  });

  test("that was deleted meanwhile is undetermined", () => {
    expect(outcomesOf({ details: undefined })).toEqual(["unknown | state | it no longer exists"]);
  });
});

describe("the filters of a metric stream against Terraform's state", () => {
  test.each([
    [[{ ...deployed(DETAILS.includeFilters) }], "ok | filters | 1 namespace: AWS/EC2, as deployed", false],
    [[], "ok | filters | 1 namespace: AWS/EC2", true],
    [[{ ...deployed([]), name: "other" }], "ok | filters | 1 namespace: AWS/EC2", true],
    [[{ ...deployed([]), destinationArn: "arn:other" }], "ok | filters | 1 namespace: AWS/EC2", true],
  ])("are compared with those of the same metric stream: %#", (state, line, isNoted) => {
    const lines = metricStreamOutcomes(metricStream(), state).map(
      ({ verdict, name, found }) => `${verdict} | ${name} | ${found}`,
    );
    expect(lines).toContain(line);
    expect(lines.includes("note | Terraform | not in the state of --state")).toBe(isNoted);
  });
});

describe("the metric streams of a delivery stream", () => {
  const linesOf = (metricStreams: Parameters<typeof metricSourceChecks>[1]["metricStreams"]): string[] =>
    metricSourceChecks(STREAM, { metricStreams }).map(
      ({ verdict, subject, name, found }) => `${verdict} | ${subject} | ${name} | ${found}`,
    );

  test("are listed, and each is a subject", () => {
    expect(linesOf([metricStream(), metricStream({ name: "second", state: "stopped" })])).toEqual(
      expect.arrayContaining([
        "ok | kloudfuse-metrics | metric streams | kloudfuse-metrics, second",
        "ok | metric stream kloudfuse-metrics | state | running",
        "problem | metric stream second | state | stopped",
      ]),
    );
  });

  test("are a problem where a fleet file has one, and none points at the stream", () => {
    const expected = expectedStackWith({ hasMetricStream: true });
    const [none] = metricSourceChecks(STREAM, { metricStreams: [] }, { expected });
    expect(none).toMatchObject({
      verdict: "problem",
      found: "none points at the stream, but fleet.json creates one",
      remedy: "Deploy the stack, or correct create_metric_stream in fleet.json.",
    });
    expect(metricSourceChecks(STREAM, { metricStreams: [metricStream()] }, { expected })[0]?.verdict).toBe("ok");
    expect(metricSourceChecks(STREAM, { metricStreams: denied() }, { expected })[0]?.verdict).toBe("unknown");
  });

  test("may be none, or undetermined", () => {
    expect(linesOf([])).toEqual(["ok | kloudfuse-metrics | metric streams | none points at the stream"]);
    expect(linesOf(denied())).toEqual(["unknown | kloudfuse-metrics | metric streams | AWS denied it."]);
  });

  test("put records with the roles that are known", () => {
    const metricStreams = [
      metricStream(),
      metricStream({ details: denied() }),
      metricStream({ details: undefined }),
      metricStream({ details: { ...DETAILS, roleArn: "" } }),
    ];
    expect(metricSenders(STREAM, { metricStreams })).toEqual([
      { service: "metricStreams", roleArn: ROLE, stream: STREAM },
    ]);
    expect(metricSenders(STREAM, { metricStreams: denied() })).toEqual([]);
  });
});

describe("the reason why no metric comes in", () => {
  const stopped = metricStream({ name: "b", state: "stopped" });

  test.each<[() => Parameters<typeof metricNoDataReason>[1]["metricStreams"], string]>([
    [() => [], "no metric stream points at the stream"],
    [() => [metricStream({ name: "a", state: "stopped" })], "the metric stream a is stopped"],
    [() => [metricStream({ name: "a", state: "stopped" }), stopped], "the metric streams a, b are stopped"],
    [() => [metricStream({ name: "a" }), stopped], "the metric stream a runs, but nothing arrives"],
    [
      () => [metricStream({ name: "a" }), metricStream({ name: "c" })],
      "the metric streams a, c run, but nothing arrives",
    ],
    [denied, "whether a metric stream points at the stream could not be determined"],
  ])("%#", (metricStreams, found) => {
    expect(metricNoDataReason(STREAM, { metricStreams: metricStreams() }).found).toBe(found);
  });

  test("comes with what to do", () => {
    const remedyOfSilence = (metricStreams: Parameters<typeof metricNoDataReason>[1]["metricStreams"]): string =>
      metricNoDataReason(STREAM, { metricStreams }).remedy;
    expect(remedyOfSilence([])).toBe(
      "Create a CloudWatch metric stream with firehose_arn arn:stream (create_metric_stream = true).",
    );
    expect(remedyOfSilence([metricStream({ name: "a", state: "stopped" }), stopped])).toBe(
      "Start it: aws cloudwatch start-metric-streams --names a b.",
    );
    expect(remedyOfSilence(denied())).toBe(
      "Make sure that a CloudWatch metric stream with firehose_arn arn:stream exists and runs.",
    );
  });
});
