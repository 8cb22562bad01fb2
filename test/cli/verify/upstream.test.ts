import { upstreamOf } from "../../../cli/verify/upstream";
import { readLogSources } from "../../../cli/verify/read-log-sources";
import { readMetricSources } from "../../../cli/verify/read-metric-sources";
import { type VerifyContext, verifyContext } from "../../../cli/verify/context";
import { clientSettings } from "../../../cli/aws/settings";
import { firehoseStub, s3Stub } from "../../helpers/aws-stub";
import { streamWith } from "../../helpers/delivery-stream";
import { filter, forwarding } from "../../helpers/log-sources";

jest.mock("../../../cli/verify/read-log-sources", () => ({ readLogSources: jest.fn() }));
jest.mock("../../../cli/verify/read-metric-sources", () => ({ readMetricSources: jest.fn() }));

function context(): VerifyContext {
  const { signal } = new AbortController();
  const settings = clientSettings({ region: "eu-west-1" }, signal);
  const aws = {
    region: "eu-west-1",
    settings,
    firehose: firehoseStub(() => ({})),
    s3: s3Stub(() => ({})),
    abortSignal: signal,
  };
  return verifyContext(aws, { now: new Date(), waitedSeconds: undefined, deployed: undefined });
}

beforeEach(() => {
  jest.mocked(readLogSources).mockReset();
  jest.mocked(readMetricSources).mockReset();
});

describe("what feeds a stream", () => {
  test("of logs is its subscriptions, about the stream, with their role", async () => {
    jest.mocked(readLogSources).mockResolvedValue({
      policies: [],
      subscribed: { filters: [filter("/ecs/api")], count: 1, isComplete: true, errors: [] },
      forwarding: forwarding(),
    });
    const { checks, senders, noDataReason: silence } = await upstreamOf(context(), streamWith(), []);
    expect(new Set(checks.map(({ subject }) => subject))).toEqual(new Set(["kloudfuse-logs"]));
    expect(checks.map(({ name }) => name)).toContain("subscription filters");
    expect(senders.map(({ service, roleArn }) => [service, roleArn])).toEqual([
      ["logs", "arn:aws:iam::123456789012:role/delivery"],
    ]);
    expect(silence.found).not.toBe("");
    expect(readMetricSources).not.toHaveBeenCalled();
  });

  test("of metrics is its metric streams", async () => {
    jest.mocked(readMetricSources).mockResolvedValue({ metricStreams: [], otherMetricStreams: [] });
    const {
      checks,
      senders,
      noDataReason: silence,
    } = await upstreamOf(context(), streamWith({ signal: "metrics" }), []);
    expect(checks.map(({ name, found }) => [name, found])).toEqual([["metric streams", "none points at the stream"]]);
    expect(senders).toEqual([]);
    expect(silence.found).not.toBe("");
    expect(readLogSources).not.toHaveBeenCalled();
  });

  test("of metrics is looked for at the logs stream too, which it may feed by mistake", async () => {
    const misdirected = { name: "all", destinationArn: "arn:logs", state: "running", outputFormat: "json" };
    jest.mocked(readMetricSources).mockResolvedValue({ metricStreams: [], otherMetricStreams: [misdirected] });
    const [metrics, logs] = [streamWith({ signal: "metrics" }), streamWith({ arn: "arn:logs" })];
    const { checks } = await upstreamOf(context(), metrics, [metrics, logs]);
    expect(checks.filter(({ verdict }) => verdict === "problem").map(({ subject, name }) => [subject, name])).toEqual([
      ["metric stream all", "destination"],
    ]);
  });
});
