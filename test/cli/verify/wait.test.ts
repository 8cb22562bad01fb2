import { setTimeout as delay } from "node:timers/promises";
import { AccessDeniedError, UnrecoverableError } from "../../../cli/aws/call";
import type { StreamLookup } from "../../../cli/aws/find-streams";
import { waitUntilActive } from "../../../cli/verify/wait";
import { firehoseError, firehoseStub, jsonAnswer, type Respond } from "../../helpers/aws-stub";
import { streamWith } from "../../helpers/delivery-stream";

const found = (status: string, name = "kloudfuse-logs"): StreamLookup => ({
  signal: "logs",
  name,
  stream: streamWith({ name, status }),
  isRequired: true,
});
const described = (DeliveryStreamStatus: string, DeliveryStreamName = "kloudfuse-logs"): ReturnType<Respond> =>
  jsonAnswer({
    DeliveryStreamDescription: {
      DeliveryStreamName,
      DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${DeliveryStreamName}`,
      DeliveryStreamStatus,
      DeliveryStreamType: "DirectPut",
      VersionId: "1",
      Destinations: [],
      HasMoreDestinations: false,
    },
  });

jest.mock("node:timers/promises", () => ({ setTimeout: jest.fn() }));
const pause = jest.mocked(delay);

/** Time stands still but for the pauses, which last no time. */
let clock = 0;
beforeEach(() => {
  clock = 1_000_000;
  jest.spyOn(Date, "now").mockImplementation(() => clock);
  pause.mockReset().mockImplementation((milliseconds = 0) => {
    clock += milliseconds;
    return Promise.resolve(undefined);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Waits, and says which statuses were shown, how long the pauses were and which calls were made. */
async function wait(
  streams: readonly StreamLookup[],
  statuses: readonly string[],
  timeoutSeconds = 600,
  respond?: Respond,
): Promise<{
  readonly results: readonly (string | undefined)[];
  readonly shown: readonly string[];
  readonly calls: number;
}> {
  const shown = new Array<string>();
  const rest = [...statuses];
  let calls = 0;
  const firehose = firehoseStub((request) => {
    calls++;
    return respond?.(request) ?? described(rest.shift() ?? "ACTIVE");
  });
  const progress = {
    show: (name: string, status: string, seconds: number) => shown.push(`${name} ${status} ${seconds}`),
    end: () => shown.push("end"),
  };
  const context = { firehose, abortSignal: new AbortController().signal };
  try {
    const all = await waitUntilActive(context, streams, timeoutSeconds, progress);
    return { results: all.map(({ stream }) => stream?.status), shown, calls };
  } finally {
    expect(shown.at(-1)).toBe("end");
  }
}

const pauses = (): unknown[] => pause.mock.calls.map(([milliseconds]) => milliseconds);

describe("the waiting for streams", () => {
  test.each(["ACTIVE", "CREATING_FAILED", "DELETING"])("asks nothing of a stream in status %s", async (status) => {
    expect(await wait([found(status)], [])).toEqual({ results: [status], shown: ["end"], calls: 0 });
  });

  test("asks nothing of a stream that does not exist", async () => {
    const missing: StreamLookup = { signal: "logs", name: "kloudfuse-logs", stream: undefined, isRequired: true };
    expect(await wait([missing], [])).toEqual({ results: [undefined], shown: ["end"], calls: 0 });
  });

  test("keeps what is known of a stream that disappears while it waits", async () => {
    const fleet: StreamLookup = { ...found("CREATING"), fleet: "fleet.json" };
    const context = {
      firehose: firehoseStub(() => firehoseError(400, "ResourceNotFoundException")),
      abortSignal: new AbortController().signal,
    };
    const progress = { show: () => undefined, end: () => undefined };
    expect(await waitUntilActive(context, [fleet], 600, progress)).toEqual([{ ...fleet, stream: undefined }]);
  });

  test("asks every three seconds until the stream is active, and shows each status", async () => {
    expect(await wait([found("CREATING")], ["CREATING", "ACTIVE"])).toEqual({
      results: ["ACTIVE"],
      shown: ["kloudfuse-logs CREATING 0", "kloudfuse-logs CREATING 3", "kloudfuse-logs ACTIVE 6", "end"],
      calls: 2,
    });
    expect(pauses()).toEqual([3000, 3000]);
  });

  test("ends when the creation fails", async () => {
    expect((await wait([found("CREATING")], ["CREATING_FAILED"])).results).toEqual(["CREATING_FAILED"]);
  });

  test("ends when the time is up, with a last look at exactly that time", async () => {
    expect(await wait([found("CREATING")], ["CREATING", "CREATING", "CREATING"], 4)).toEqual({
      results: ["CREATING"],
      shown: ["kloudfuse-logs CREATING 0", "kloudfuse-logs CREATING 3", "kloudfuse-logs CREATING 4", "end"],
      calls: 2,
    });
    expect(pauses()).toEqual([3000, 1000]);
  });

  test("ends when somebody deletes the stream", async () => {
    const gone: Respond = () => firehoseError(400, "ResourceNotFoundException");
    expect(await wait([found("CREATING")], [], 600, gone)).toEqual({
      results: [undefined],
      shown: ["kloudfuse-logs CREATING 0", "kloudfuse-logs gone 3", "end"],
      calls: 1,
    });
  });

  test("keeps the order of the streams, and waits only for those that are being created", async () => {
    const { results, shown } = await wait([found("ACTIVE", "one"), found("CREATING", "two")], ["ACTIVE"]);
    expect(results).toEqual(["ACTIVE", "ACTIVE"]);
    expect(shown).toEqual(["two CREATING 0", "two ACTIVE 3", "end"]);
  });

  test("ends the progress where AWS does not describe the stream", async () => {
    const denied: Respond = () => firehoseError(400, "AccessDeniedException");
    await expect(wait([found("CREATING")], [], 600, denied)).rejects.toThrow(
      new AccessDeniedError(
        "AWS denied firehose:DescribeDeliveryStream. Grant it to the user or role that runs this command.",
      ),
    );
  });

  test("ends with the command", async () => {
    pause.mockRejectedValue(Object.assign(new Error("stop"), { name: "AbortError" }));
    await expect(wait([found("CREATING")], [])).rejects.toThrow(new UnrecoverableError("Interrupted before the end."));
  });
});
