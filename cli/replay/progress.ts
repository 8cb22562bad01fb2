import { Format, Presets, SingleBar } from "cli-progress";
import type { BackupObject } from "../backup/objects";
import { readableBytes } from "../numbers";

/** Shows how a replay comes on. */
export interface Progress {
  /** There is more to do than was known. */
  expect: (object: BackupObject) => void;
  objectRead: (object: BackupObject) => void;
  recordsSent: (records: number, bytes: number) => void;
  stop: () => void;
}

const nothing = (): void => undefined;

/** Nothing, where nobody watches. */
export const NO_PROGRESS: Progress = { expect: nothing, objectRead: nothing, recordsSent: nothing, stop: nothing };

/** A bar on the terminal's standard error: how much of the backup is gone through, the rate, the time left. */
export function progressBar(): Progress {
  const start = performance.now();
  let [total, records, bytes] = [0, 0, 0];
  const bar = new SingleBar(
    {
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
      format: "{bar} {percentage}% | {records} records, {sent} | {rate}/s | {eta_formatted} left",
      formatBar: Format.BarFormat,
    },
    Presets.shades_classic,
  );
  const payload = () => ({
    records,
    sent: readableBytes(bytes),
    rate: readableBytes(Math.round((bytes * 1000) / Math.max(performance.now() - start, 1))),
  });
  // A bar of nothing is full: the total is told as it becomes known.
  bar.start(1, 0, payload());
  return {
    expect: ({ size }) => {
      total += size;
      bar.setTotal(total);
    },
    objectRead: ({ size }) => {
      bar.increment(size, payload());
    },
    recordsSent: (moreRecords, moreBytes) => {
      records += moreRecords;
      bytes += moreBytes;
      bar.update(payload());
    },
    stop: () => {
      bar.stop();
    },
  };
}
