import { deliveryStream } from "../aws/delivery-stream";
import type { AwsContext } from "../aws/context";
import { describeStream, type StreamLookup } from "../aws/find-streams";
import { pause } from "../pause";

const POLL_INTERVAL_SECONDS = 3;

/** Shows the status of streams while the command waits. */
export interface WaitProgress {
  /** Shows the status of a stream after a number of seconds. */
  readonly show: (name: string, status: string, seconds: number) => void;
  readonly end: () => void;
}

/** Waits until no stream is in status CREATING, or the time is up. */
export async function waitUntilActive(
  context: Pick<AwsContext, "firehose" | "abortSignal">,
  found: readonly StreamLookup[],
  timeoutSeconds: number,
  progress: WaitProgress,
): Promise<StreamLookup[]> {
  const start = Date.now();
  const follow = async (first: StreamLookup): Promise<StreamLookup> => {
    const { signal, name } = first;
    let current = first;
    for (;;) {
      const status = current.stream?.status ?? "gone";
      const passed = Date.now() - start;
      progress.show(name, status, Math.round(passed / 1000));
      const left = timeoutSeconds * 1000 - passed;
      if (status !== "CREATING" || left <= 0) {
        return current;
      }
      await pause(Math.min(POLL_INTERVAL_SECONDS * 1000, left), context.abortSignal);
      const description = await describeStream(context, name);
      current = { ...first, stream: description && deliveryStream(signal, description) };
    }
  };
  try {
    return await Promise.all(
      found.map(async (each) => (each.stream?.status === "CREATING" ? await follow(each) : each)),
    );
  } finally {
    progress.end();
  }
}
