import { setTimeout as delay } from "node:timers/promises";
import { InterruptedError } from "./aws/call";

/** Waits. @throws UndeterminedError when the command is interrupted */
export async function pause(milliseconds: number, abortSignal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal: abortSignal });
  } catch {
    throw new InterruptedError();
  }
}
