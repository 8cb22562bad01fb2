import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { setTimeout as wait } from "node:timers/promises";
import { types } from "node:util";
import { asObject } from "../../policies/json";
import { Denied, inWords } from "../aws/call";
import { CannotTell } from "../exit-codes";
import { bytesOf, type Item } from "./batch";
import type { RateLimit } from "./rate-limit";

/** A record that Firehose did not take, however often it was asked. */
export interface Refused {
  readonly item: Item;
  readonly reason: string;
  /** Whether Firehose refused the request, and not this record of it. */
  readonly isWholeRequest: boolean;
}

const ATTEMPTS = 10;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 10_000;

const THROTTLED = [
  "LimitExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailableException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
];

/** Puts batches on a stream, and what was refused of them again, with exponential back-off and full jitter. */
export class Sender {
  public constructor(
    private readonly firehose: FirehoseClient,
    private readonly streamName: string,
    private readonly rateLimit: RateLimit,
    private readonly abortSignal: AbortSignal,
    private readonly onAccepted: (items: readonly Item[]) => void,
  ) {}

  /**
   * Sends a batch until all of it is accepted, or as often as is sensible, or until the run is interrupted.
   *
   * @returns what was not accepted
   * @throws CannotTell when Firehose accepts nothing any more
   */
  public async send(batch: readonly Item[]): Promise<readonly Refused[]> {
    let refused: readonly Refused[] = batch.map((item) => ({ item, reason: "not sent", isWholeRequest: false }));
    for (let attempt = 0; attempt < ATTEMPTS && refused.length > 0 && !this.isInterrupted(); attempt++) {
      try {
        if (attempt > 0) {
          const longest = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** attempt, LONGEST_PAUSE_MILLISECONDS);
          await wait(Math.random() * longest, undefined, { signal: this.abortSignal });
        }
        const items = refused.map(({ item }) => item);
        await this.rateLimit.take(bytesOf(items), this.abortSignal);
        refused = await this.put(items);
      } catch (error) {
        if (!this.isInterrupted()) {
          throw error;
        }
      }
    }
    const [first] = refused;
    if (first?.isWholeRequest === true && !this.isInterrupted()) {
      throw new CannotTell(
        `Firehose takes no request on ${this.streamName} after ${ATTEMPTS} attempts (${first.reason}). Run the command again later, with a lower --rate.`,
      );
    }
    return refused;
  }

  private isInterrupted(): boolean {
    return this.abortSignal.aborted;
  }

  /** One request, which is not interrupted: nobody could tell what was accepted of it. */
  private async put(items: readonly Item[]): Promise<readonly Refused[]> {
    const command = new PutRecordBatchCommand({
      DeliveryStreamName: this.streamName,
      Records: items.map(({ data }) => ({ Data: data })),
    });
    let answer;
    try {
      answer = await this.firehose.send(command);
    } catch (error) {
      if (isPassing(error)) {
        const reason = inWords("firehose:PutRecordBatch", error).message;
        return items.map((item) => ({ item, reason, isWholeRequest: true }));
      }
      throw isKeyDenial(error)
        ? new Denied(
            `AWS refused firehose:PutRecordBatch on ${this.streamName} because of the stream's KMS key. Enable the key, and allow kms:GenerateDataKey and kms:Decrypt on it, through Firehose, to the user of this command.`,
          )
        : inWords(`firehose:PutRecordBatch on ${this.streamName}`, error);
    }
    const responses = answer.RequestResponses ?? [];
    const isAccepted = (_: Item, index: number): boolean => responses[index]?.RecordId !== undefined;
    this.onAccepted(items.filter(isAccepted));
    return items.flatMap((item, index) => {
      const { ErrorCode = "no answer", ErrorMessage = "" } = responses[index] ?? {};
      return isAccepted(item, index) ? [] : [{ item, reason: `${ErrorCode}: ${ErrorMessage}`, isWholeRequest: false }];
    });
  }
}

/** Whether the stream's key, and not the stream, refused the records. */
const isKeyDenial = (error: unknown): boolean =>
  types.isNativeError(error) &&
  (error.name === "InvalidKMSResourceException" ||
    (error.name.startsWith("AccessDenied") && /\bkms:/i.test(error.message)));

/** Throttling, a fault of the service, or of the network: asking again may help. */
function isPassing(error: unknown): boolean {
  if (!types.isNativeError(error)) {
    return false;
  }
  const status = "$metadata" in error ? asObject(error.$metadata)["httpStatusCode"] : undefined;
  const isNetwork = status === undefined && ("code" in error || error.name === "TimeoutError");
  return THROTTLED.includes(error.name) || isNetwork || (typeof status === "number" && status >= 500);
}
