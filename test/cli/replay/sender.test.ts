import { UndeterminedError } from "../../../cli/exit-codes";
import type { Batch, Item } from "../../../cli/replay/batch";
import type { AttemptEvent } from "../../../cli/replay/events";
import { RateLimit } from "../../../cli/replay/rate-limit";
import { backOffMs, sendBatch, type SenderContext } from "../../../cli/replay/sender";
import { backupObject, batchOf, item } from "../../fixtures/replay";
import { firehoseError, firehoseStub, type Respond, type StubResponse } from "../../helpers/aws-stub";
import { Json } from "../../e2e/helpers/json";

const object = backupObject("key");
const [A, B, C] = [item(object, 0, "a"), item(object, 1, "b"), item(object, 2, "c")];
const SLOW_DOWN = "ServiceUnavailableException: Slow down.";

/** Data of the records in each request. */
let requests: string[][] = [];
/** The attempts that were waited for. */
let delays: number[] = [];
let ledgerCalls: string[] = [];
let abort = new AbortController();

beforeEach(() => {
  requests = [];
  delays = [];
  ledgerCalls = [];
  abort = new AbortController();
});

/** Responds to the records of a request, of which some are refused. */
const refusing =
  (isRefused: (data: string, request: number) => boolean): Respond =>
  ({ body }) => {
    const records = Json.parse(body.toString()).at("Records").list;
    const data = records.map((record) => Buffer.from(record.at("Data").text, "base64").toString());
    requests.push(data);
    const RequestResponses = data.map((one) =>
      isRefused(one, requests.length)
        ? { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." }
        : { RecordId: one },
    );
    return { body: JSON.stringify({ FailedPutCount: 0, RequestResponses }) };
  };

/** Responds with an error to so many requests. */
const failing =
  (count: number, error: StubResponse | (() => never)): Respond =>
  (request) => {
    if (requests.length < count) {
      requests.push([]);
      return typeof error === "function" ? error() : error;
    }
    return refusing(() => false)(request);
  };

const context = (respond: Respond, overrides: Partial<SenderContext> = {}): SenderContext => ({
  firehose: firehoseStub(respond),
  streamName: "kloudfuse-logs",
  rateLimit: new RateLimit(undefined),
  abortSignal: abort.signal,
  ledger: {
    reserve: () => ledgerCalls.push("reserve"),
    assertMaySend: () => ledgerCalls.push("assertMaySend"),
  },
  delayMs: (attempt) => {
    delays.push(attempt);
    return 0;
  },
  ...overrides,
});

async function send(batch: Batch, sender: SenderContext): Promise<AttemptEvent[]> {
  const events = new Array<AttemptEvent>();
  for await (const event of sendBatch(batch, sender)) {
    events.push(event);
  }
  return events;
}

const shown = (events: readonly AttemptEvent[]): unknown[] =>
  events.map(({ attempt, accepted, refused, isLast }) => ({
    attempt,
    accepted: accepted.map(dataOf),
    refused: refused.map(({ item: one, reason }) => `${dataOf(one)}: ${reason}`),
    isLast,
  }));
/** Of the records above. */
const dataOf = ({ index }: Item): string => [A, B, C][index]?.data.toString() ?? "";

describe("the sender", () => {
  test("sends a batch once when everything is accepted", async () => {
    const events = await send(batchOf(A, B), context(refusing(() => false)));
    expect(shown(events)).toEqual([{ attempt: 1, accepted: ["a", "b"], refused: [], isLast: false }]);
    expect({ requests, delays }).toEqual({ requests: [["a", "b"]], delays: [] });
    expect(ledgerCalls).toEqual(["reserve", "assertMaySend", "assertMaySend"]);
  });

  test("sends again only what was refused, in its order", async () => {
    const sender = context(refusing((data, request) => (data === "c" ? request < 3 : data === "a" && request < 2)));
    expect(shown(await send(batchOf(A, B, C), sender))).toEqual([
      { attempt: 1, accepted: ["b"], refused: [`a: ${SLOW_DOWN}`, `c: ${SLOW_DOWN}`], isLast: false },
      { attempt: 2, accepted: ["a"], refused: [`c: ${SLOW_DOWN}`], isLast: false },
      { attempt: 3, accepted: ["c"], refused: [], isLast: false },
    ]);
    expect({ requests, delays }).toEqual({ requests: [["a", "b", "c"], ["a", "c"], ["c"]], delays: [2, 3] });
  });

  test("gives up on a record that is refused in the tenth attempt", async () => {
    const events = await send(batchOf(A, B), context(refusing((data) => data === "b")));
    expect(events).toHaveLength(10);
    expect(shown(events).at(-2)).toEqual({ attempt: 9, accepted: [], refused: [`b: ${SLOW_DOWN}`], isLast: false });
    expect(shown(events).at(-1)).toEqual({ attempt: 10, accepted: [], refused: [`b: ${SLOW_DOWN}`], isLast: true });
    expect(delays).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("does not give up on a record that is accepted in the tenth attempt", async () => {
    const events = await send(batchOf(A), context(refusing((_, request) => request < 10)));
    expect(shown(events).at(-1)).toEqual({ attempt: 10, accepted: ["a"], refused: [], isLast: true });
  });

  test("treats a record without a response as refused", async () => {
    const sender = context(({ body }) =>
      requests.length === 0 && requests.push([]) === 1
        ? { body: '{"RequestResponses":[{"RecordId":"1"}]}' }
        : refusing(() => false)({ method: "", path: "", query: {}, headers: {}, body }),
    );
    expect(shown(await send(batchOf(A, B), sender))).toEqual([
      { attempt: 1, accepted: ["a"], refused: ["b: no response: "], isLast: false },
      { attempt: 2, accepted: ["b"], refused: [], isLast: false },
    ]);
  });

  const reset = (): never => {
    throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  };
  test.each<[string, StubResponse | (() => never)]>([
    ["ServiceUnavailableException", firehoseError(503, "ServiceUnavailableException")],
    ["ThrottlingException", firehoseError(400, "ThrottlingException")],
    ["LimitExceededException", firehoseError(429, "TooManyRequestsException")],
    ["InternalFailure", firehoseError(500, "InternalFailure")],
    ["a gateway that times out", firehoseError(504, "GatewayTimeout")],
    ["a connection that is reset", reset],
  ])("retries a whole request after %s, up to the tenth attempt", async (_, error) => {
    const events = await send(batchOf(A, B), context(failing(9, error)));
    expect(events.map(({ accepted, refused, isLast }) => [accepted.length, refused.length, isLast])).toEqual([
      ...Array.from({ length: 9 }, () => [0, 2, false]),
      [2, 0, true],
    ]);
  });

  test("stops when the whole request is refused in the tenth attempt", async () => {
    const events = new Array<AttemptEvent>();
    const sending = async (): Promise<void> => {
      const sender = context(failing(10, firehoseError(503, "ServiceUnavailableException", "Slow down.")));
      for await (const event of sendBatch(batchOf(A), sender)) {
        events.push(event);
      }
    };
    await expect(sending()).rejects.toThrow(
      new UndeterminedError(
        "Firehose refused every request on kloudfuse-logs, 10 times (firehose:PutRecordBatch failed: ServiceUnavailableException: Slow down.). Correct the cause, or if it is throttling choose a lower --rate, and run the command again.",
      ),
    );
    expect(events.map(({ isLast }) => isLast)).toEqual(Array.from({ length: 10 }, () => false));
  });

  test.each([
    [
      firehoseError(400, "ResourceNotFoundException", "Not there."),
      "firehose:PutRecordBatch on kloudfuse-logs failed: ResourceNotFoundException: Not there.",
    ],
    [
      firehoseError(400, "InvalidArgumentException", "No."),
      "firehose:PutRecordBatch on kloudfuse-logs failed: InvalidArgumentException: No.",
    ],
    [
      firehoseError(400, "ExpiredTokenException"),
      "AWS refused the credentials at firehose:PutRecordBatch on kloudfuse-logs (ExpiredTokenException). Renew them, for example with aws sso login, and run the command again.",
    ],
    [
      firehoseError(400, "AccessDeniedException", "not authorized to perform: firehose:PutRecordBatch"),
      "AWS denied firehose:PutRecordBatch on kloudfuse-logs. Grant it to the user or role that runs this command.",
    ],
    [
      firehoseError(400, "AccessDeniedException", "not authorized to perform: kms:GenerateDataKey on key/1"),
      "AWS refused firehose:PutRecordBatch on kloudfuse-logs because of the stream's KMS key. Enable the key, and allow kms:GenerateDataKey and kms:Decrypt on it, through Firehose, to the user of this command.",
    ],
    [
      firehoseError(400, "InvalidKMSResourceException"),
      "AWS refused firehose:PutRecordBatch on kloudfuse-logs because of the stream's KMS key. Enable the key, and allow kms:GenerateDataKey and kms:Decrypt on it, through Firehose, to the user of this command.",
    ],
  ])("does not retry %j", async (error, message) => {
    await expect(send(batchOf(A), context(failing(10, error)))).rejects.toThrow(new UndeterminedError(message));
    expect(requests).toHaveLength(1);
  });

  test("sends nothing when the ledger says so, also not what was refused", async () => {
    const lost = new UndeterminedError("Another process has the journal.");
    let isLost = false;
    const sender = context(
      refusing(() => {
        isLost = true;
        return true;
      }),
      {
        ledger: {
          reserve: () => undefined,
          assertMaySend: () => {
            if (isLost) {
              throw lost;
            }
          },
        },
      },
    );
    await expect(send(batchOf(A), sender)).rejects.toBe(lost);
    expect(requests).toHaveLength(1);
    await expect(send(batchOf(A), sender)).rejects.toBe(lost);
    expect(requests).toHaveLength(1);
  });

  test("stops while it waits for the next attempt when it is interrupted", async () => {
    const sender = context(
      refusing(() => true),
      {
        delayMs: () => {
          abort.abort();
          return 60_000;
        },
      },
    );
    await expect(send(batchOf(A), sender)).rejects.toThrow("Interrupted before the end.");
    expect(requests).toHaveLength(1);
  });

  test.each([
    [2, 200],
    [3, 400],
    [7, 6400],
    [8, 10_000],
    [10, 10_000],
  ])("waits before attempt %d for up to %d ms, at random", (attempt, maxMs) => {
    const random = jest.spyOn(Math, "random");
    try {
      random.mockReturnValue(0);
      expect(backOffMs(attempt)).toBe(0);
      random.mockReturnValue(0.5);
      expect(backOffMs(attempt)).toBe(maxMs / 2);
    } finally {
      random.mockRestore();
    }
  });
});
