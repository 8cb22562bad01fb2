import type { FirehoseClient } from "@aws-sdk/client-firehose";
import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";
import { setTimeout as wait } from "node:timers/promises";
import { types } from "node:util";
import { AccessDeniedError, InterruptedError, toUserError } from "../aws/call";
import { UndeterminedError } from "../exit-codes";
import { type Batch, bytesOf, type Item } from "./batch";
import type { AttemptEvent, RefusedItem } from "./events";
import type { Ledger } from "./ledger";
import { MAX_ATTEMPTS } from "./limits";
import { putRecordBatch } from "./put-record-batch";
import type { RateLimit } from "./rate-limit";

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;

/** What sending a batch requires. */
export interface SenderContext {
  /**
   * Must be configured with one attempt: the sender itself retries, so that it never sends accepted records again. Must
   * have no abort signal: it would be unknown which records were accepted.
   */
  readonly firehose: FirehoseClient;
  readonly streamName: string;
  readonly rateLimit: RateLimit;
  readonly abortSignal: AbortSignal;
  /** Throws when nothing may be sent any more, or a batch could not be recorded. */
  readonly ledger: Pick<Ledger, "reserve" | "assertMaySend">;
  /** Milliseconds to wait before an attempt, from 2. @default backOffMs */
  readonly delayMs?: (attempt: number) => number;
}

/** Milliseconds to wait before an attempt, from 2: exponential with full jitter. */
export const backOffMs = (attempt: number): number =>
  Math.random() * Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);

/**
 * Sends a batch, and what was refused of it again, and yields the response to each request.
 *
 * @throws UndeterminedError when Firehose refuses the last request as a whole, or the replay is interrupted
 */
export async function* sendBatch(batch: Batch, context: SenderContext): AsyncGenerator<AttemptEvent> {
  const { rateLimit, abortSignal, ledger, streamName, delayMs = backOffMs } = context;
  ledger.reserve(batch);
  let left = batch.items;
  for (let attempt = 1; left.length > 0; attempt++) {
    try {
      if (attempt > 1) {
        await wait(delayMs(attempt), undefined, { signal: abortSignal });
      }
      await rateLimit.acquire(bytesOf(left), abortSignal);
      abortSignal.throwIfAborted();
    } catch {
      throw new InterruptedError();
    }
    ledger.assertMaySend();
    const isLast = attempt === MAX_ATTEMPTS;
    const { accepted, refused, isWholeRequest } = await put(batch, left, context);
    yield { kind: "attempt", batch, attempt, accepted, refused, isLast: isLast && !isWholeRequest };
    if (isLast && isWholeRequest) {
      throw new UndeterminedError(
        `Firehose refused every request on ${streamName}, ${MAX_ATTEMPTS} times (${refused[0]?.reason ?? ""}). Correct the cause, or if it is throttling choose a lower --rate, and run the command again.`,
      );
    }
    left = isLast ? [] : refused.map(({ item }) => item);
  }
}

interface PutResponse {
  readonly accepted: readonly Item[];
  readonly refused: readonly RefusedItem[];
  /** Whether Firehose refused the request, and not single records of it. */
  readonly isWholeRequest: boolean;
}

/** One request. */
async function put(
  { items: all, body }: Batch,
  items: readonly Item[],
  { firehose, streamName, ledger }: SenderContext,
): Promise<PutResponse> {
  try {
    const records = items === all ? body.whole() : body.part(items.map(({ range }) => range));
    const responses = await putRecordBatch(firehose, streamName, records, () => {
      ledger.assertMaySend();
    });
    const accepted = new Array<Item>();
    const refused = new Array<RefusedItem>();
    for (const [index, item] of items.entries()) {
      const { RecordId, ErrorCode = "no response", ErrorMessage = "" } = responses[index] ?? {};
      if (typeof RecordId !== "string") {
        refused.push({ item, reason: `${String(ErrorCode)}: ${String(ErrorMessage)}` });
      } else {
        accepted.push(item);
      }
    }
    return { accepted, refused, isWholeRequest: false };
  } catch (error) {
    if (isRetryable(error)) {
      const reason = toUserError("firehose:PutRecordBatch", error).message;
      return { accepted: [], refused: items.map((item) => ({ item, reason })), isWholeRequest: true };
    }
    throw isKeyDenial(error)
      ? new AccessDeniedError(
          `AWS refused firehose:PutRecordBatch on ${streamName} because of the stream's KMS key. Enable the key, and allow kms:GenerateDataKey and kms:Decrypt on it, through Firehose, to the user of this command.`,
        )
      : toUserError(`firehose:PutRecordBatch on ${streamName}`, error);
  }
}

/** Whether the SDK classifies an error as throttling, or as a temporary error of the service or the network. */
const isRetryable = (error: unknown): boolean =>
  isSdkError(error) && (isThrottlingError(error) || isTransientError(error) || isServerError(error));

const isSdkError = (error: unknown): error is Parameters<typeof isTransientError>[0] => types.isNativeError(error);

/** Whether the records were refused because of the stream's key. */
const isKeyDenial = (error: unknown): boolean =>
  types.isNativeError(error) &&
  (error.name === "InvalidKMSResourceException" ||
    (error.name.startsWith("AccessDenied") && /\bkms:/i.test(error.message)));
