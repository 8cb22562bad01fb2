import { InterruptedError } from "../../../cli/aws/call";
import {
  describeStream as describeStream,
  findStreams,
  otherStreamsText,
  type StreamLookup,
  streamsWithBackup,
  type StreamWithBackup,
} from "../../../cli/aws/find-streams";
import type { AwsContext } from "../../../cli/aws/context";
import { clientSettings } from "../../../cli/aws/settings";
import type { StreamNames } from "../../../cli/options";
import { LOGS, METRICS } from "../../helpers/account";
import {
  aborted,
  actionOf,
  firehoseError,
  firehoseStub,
  jsonAnswer,
  type Respond,
  s3Stub,
} from "../../helpers/aws-stub";

const ENDPOINT = "https://kfuse.example.com/ingester/kinesis/";

/** The URL of each stream; undefined: it has no HTTP endpoint. */
let streams = new Map<string, string | undefined>();
let calls: string[] = [];
let denied: string[] = [];

beforeEach(() => {
  streams = new Map();
  calls = [];
  denied = [];
});

/** Lists two names a page. */
const respond: Respond = (request) => {
  const action = actionOf(request);
  const { DeliveryStreamName: name = "", ExclusiveStartDeliveryStreamName: last } = JSON.parse(
    request.body.toString(),
  ) as { DeliveryStreamName?: string; ExclusiveStartDeliveryStreamName?: string };
  calls.push(`${action} ${name}`.trim());
  if (denied.includes(action)) {
    return firehoseError(400, "AccessDeniedException");
  }
  if (action === "ListDeliveryStreams") {
    const names = [...streams.keys()].sort();
    const from = last === undefined ? 0 : names.indexOf(last) + 1;
    return jsonAnswer({
      DeliveryStreamNames: names.slice(from, from + 2),
      HasMoreDeliveryStreams: names.length > from + 2,
    });
  }
  if (!streams.has(name)) {
    return firehoseError(400, "ResourceNotFoundException");
  }
  const url = streams.get(name);
  return jsonAnswer({
    DeliveryStreamDescription: {
      DeliveryStreamName: name,
      DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`,
      DeliveryStreamStatus: "ACTIVE",
      Destinations: [
        url === undefined ? {} : { HttpEndpointDestinationDescription: { EndpointConfiguration: { Url: url } } },
      ],
    },
  });
};

const context = (own = respond): AwsContext => {
  const { signal } = new AbortController();
  return {
    region: "eu-west-1",
    settings: clientSettings({ region: "eu-west-1" }, signal),
    firehose: firehoseStub(own),
    s3: s3Stub(() => ({})),
    abortSignal: signal,
  };
};

const find = async (options: StreamNames = {}): Promise<StreamLookup[]> => await findStreams(context(), options);
const shown = (found: readonly StreamLookup[]): unknown[] =>
  found.map(({ signal, name, stream, isRequired, othersInRegion }) => ({
    signal,
    name,
    isFound: stream !== undefined,
    isRequired,
    ...(othersInRegion === undefined ? {} : { othersInRegion }),
  }));

describe("the search for streams", () => {
  test("finds both by the guide's names, and lists no others", async () => {
    streams.set(METRICS, `${ENDPOINT}metrics`).set(LOGS, `${ENDPOINT}logs`);
    expect(shown(await find())).toEqual([
      { signal: "metrics", name: METRICS, isFound: true, isRequired: false },
      { signal: "logs", name: LOGS, isFound: true, isRequired: false },
    ]);
    expect(calls.sort()).toEqual([`DescribeDeliveryStream ${LOGS}`, `DescribeDeliveryStream ${METRICS}`]);
  });

  test("asks for the stream of one signal alone", async () => {
    streams.set(METRICS, `${ENDPOINT}metrics`).set(LOGS, `${ENDPOINT}logs`);
    expect(shown(await find({ signal: "logs" }))).toEqual([
      { signal: "logs", name: LOGS, isFound: true, isRequired: true },
    ]);
  });

  test("finds a stream by the name that is chosen", async () => {
    streams.set("own", `${ENDPOINT}elsewhere`);
    expect(shown(await find({ signal: "logs", logsStreamName: "own", metricsStreamName: "other" }))).toEqual([
      { signal: "logs", name: "own", isFound: true, isRequired: true },
    ]);
  });

  test("does not look for another one than the name that is chosen", async () => {
    streams.set("own", `${ENDPOINT}logs`);
    expect(shown(await find({ signal: "logs", logsStreamName: "missing" }))).toEqual([
      { signal: "logs", name: "missing", isFound: false, isRequired: true, othersInRegion: ["own"] },
    ]);
  });

  test("finds a stream of another name by its endpoint, on any page", async () => {
    streams.set("a", undefined).set("b", `${ENDPOINT}metrics`).set("c", `${ENDPOINT}logs`);
    expect(shown(await find({ signal: "logs" }))).toEqual([
      { signal: "logs", name: "c", isFound: true, isRequired: true },
    ]);
  });

  test("does not choose between two streams to one endpoint", async () => {
    streams.set("a", `${ENDPOINT}logs`).set("b", `${ENDPOINT}logs`);
    await expect(find({ signal: "logs" })).rejects.toThrow(
      "--logs-stream-name is required: several streams deliver to /ingester/kinesis/logs. Choose one of a, b.",
    );
  });

  test("requires no stream that was not asked for, where the other one is deployed", async () => {
    streams.set(LOGS, `${ENDPOINT}logs`);
    expect(shown(await find())).toEqual([
      { signal: "metrics", name: METRICS, isFound: false, isRequired: false, othersInRegion: [LOGS] },
      { signal: "logs", name: LOGS, isFound: true, isRequired: false },
    ]);
  });

  test("requires both where neither is deployed", async () => {
    expect(shown(await find())).toEqual([
      { signal: "metrics", name: METRICS, isFound: false, isRequired: true, othersInRegion: [] },
      { signal: "logs", name: LOGS, isFound: false, isRequired: true, othersInRegion: [] },
    ]);
  });

  test("does not fail because the names of others may not be listed", async () => {
    denied = ["ListDeliveryStreams"];
    expect(shown(await find({ signal: "logs", logsStreamName: "missing" }))).toEqual([
      { signal: "logs", name: "missing", isFound: false, isRequired: true },
    ]);
  });

  test("fails where a stream is to be found by its endpoint, and none may be listed", async () => {
    denied = ["ListDeliveryStreams"];
    await expect(find({ signal: "logs" })).rejects.toThrow(
      "AWS denied firehose:ListDeliveryStreams. Grant it to the user or role that runs this command.",
    );
  });

  test("fails where no stream may be described", async () => {
    denied = ["DescribeDeliveryStream"];
    await expect(find({ signal: "logs" })).rejects.toThrow("AWS denied firehose:DescribeDeliveryStream.");
  });

  test("ends when the command is interrupted while it lists the names of others", async () => {
    const own: Respond = (request) =>
      actionOf(request) === "ListDeliveryStreams" ? aborted(request) : respond(request);
    await expect(findStreams(context(own), { signal: "logs", logsStreamName: "missing" })).rejects.toThrow(
      InterruptedError,
    );
  });
});

describe("the description of a stream", () => {
  test("is undefined where there is none", async () => {
    expect(await describeStream(context(), LOGS)).toBeUndefined();
  });

  test("is AWS's own", async () => {
    streams.set(LOGS, `${ENDPOINT}logs`);
    expect((await describeStream(context(), LOGS))?.DeliveryStreamStatus).toBe("ACTIVE");
  });
});

describe("the names in a region", () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index}`);

  test.each([
    [undefined, ""],
    [[], ": the region has no delivery stream"],
    [["own"], ": the only stream is own"],
    [["a", "b"], ": the streams are a, b"],
    [names(10), ": the streams are s0, s1, s2, s3, s4, s5, s6, s7, s8, s9"],
    [names(11), ": the streams are s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, 1 more"],
  ])("%j are the text %j", (list, text) => {
    expect(otherStreamsText(list, ": ")).toBe(text);
  });
});

describe("the streams with a backup", () => {
  const withBackup = async (options: StreamNames = {}): Promise<StreamWithBackup[]> =>
    await streamsWithBackup(context(), options);

  test("leave out a signal that is not deployed", async () => {
    streams.set(LOGS, `${ENDPOINT}logs`);
    expect((await withBackup()).map(({ name }) => name)).toEqual([LOGS]);
  });

  test("are none where a stream that is asked for does not exist", async () => {
    streams.set(METRICS, `${ENDPOINT}metrics`);
    await expect(withBackup({ signal: "logs" })).rejects.toThrow(
      "There is no delivery stream kloudfuse-logs in eu-west-1: the only stream is kloudfuse-metrics. Name it with --logs-stream-name, its region with --region, or choose only the other stream with --signal.",
    );
  });

  test("are none where one has no HTTP endpoint", async () => {
    streams.set(LOGS, undefined);
    await expect(withBackup({ signal: "logs" })).rejects.toThrow(
      "kloudfuse-logs has no HTTP endpoint. Choose another stream with --logs-stream-name.",
    );
  });

  test("are none where the name is a fleet file's, which the error names", async () => {
    const options: StreamNames = { signal: "logs", logsStreamName: LOGS, fleet: "fleet.json" };
    await expect(withBackup(options)).rejects.toThrow(
      "There is no delivery stream kloudfuse-logs in eu-west-1: the region has no delivery stream. Deploy the stack, or correct logs_stream_name in fleet.json.",
    );
    streams.set(LOGS, undefined);
    await expect(withBackup(options)).rejects.toThrow(
      "kloudfuse-logs has no HTTP endpoint. Correct logs_stream_name in fleet.json.",
    );
  });
});
