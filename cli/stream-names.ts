import { LIMITS } from "../modules/limits";
import { requirement } from "../modules/rules";
import { UnusableInput } from "./exit-codes";
import type { StreamNames } from "./options";

/**
 * Rejects names that no stream can have, and one name for both streams: everything in it would be counted twice.
 *
 * @throws UnusableInput when a name cannot be used
 */
export function checkStreamNames({ metricsStreamName, logsStreamName }: StreamNames): void {
  checkStreamName("--metrics-stream-name", metricsStreamName);
  checkStreamName("--logs-stream-name", logsStreamName);
  if (metricsStreamName !== undefined && metricsStreamName === logsStreamName) {
    throw new UnusableInput(
      `--logs-stream-name must not equal --metrics-stream-name, got "${logsStreamName}" for both. Name the stream of each signal, or choose one with --signal.`,
    );
  }
}

/** @throws UnusableInput when no stream can have the name */
export function checkStreamName(option: string, name: string | undefined): void {
  const broken = name === undefined ? undefined : LIMITS.streamName.find((rule) => !rule.allows(name));
  if (broken !== undefined) {
    throw new UnusableInput(
      `${requirement(broken, option)}, got ${JSON.stringify(name)}. Use the name of a delivery stream.`,
    );
  }
}
