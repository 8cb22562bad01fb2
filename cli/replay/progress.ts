import { Format, Presets, SingleBar } from "cli-progress";
import type { BackupObject } from "../backup/objects";
import { plural, readableBytes, readableNumber } from "../numbers";
import { shortened } from "../text";
import type { Refusal } from "./refusal";

/** The part of a ledger that the progress shows. */
export interface ProgressSource {
  readonly summary: { readonly records: number; readonly bytes: number };
  readonly finished: { readonly objects: number; readonly bytes: number };
  readonly refusal: Refusal | undefined;
}

/** Shows the progress of a replay. */
export interface Progress {
  /** Adds an object to the total. */
  addToTotal: (object: BackupObject) => void;
  show: (ledger: ProgressSource) => void;
  stop: () => void;
}

const nothing = (): void => undefined;

/** For output without a terminal. */
export const NO_PROGRESS: Progress = { addToTotal: nothing, show: nothing, stop: nothing };

const MAX_REASON = 60;

/** The text beside the bar: what was accepted of the total, and what Firehose refused in the latest request. */
export function progressText(ledgers: readonly ProgressSource[], totalObjects: number, seconds: number): string {
  const sum = (valueOf: (ledger: ProgressSource) => number): number =>
    ledgers.reduce((total, ledger) => total + valueOf(ledger), 0);
  const bytes = sum(({ summary }) => summary.bytes);
  const records = sum(({ summary }) => summary.records);
  const objects = sum(({ finished }) => finished.objects);
  const rate = readableBytes(Math.round(bytes / Math.max(seconds, 0.001)));
  const refusal = ledgers.at(-1)?.refusal;
  return [
    `${readableNumber(objects)} of ${plural(totalObjects, "object")}`,
    `${plural(records, "record")} accepted, ${readableBytes(bytes)}, ${rate}/s`,
    ...(refusal === undefined ? [] : [refusalText(refusal)]),
  ].join(" | ");
}

const refusalText = ({ records, attempt, maxAttempts, reason }: Refusal): string =>
  `refused: ${plural(records, "record")}, attempt ${attempt} of ${maxAttempts} (${shortened(reason, MAX_REASON)})`;

/** A progress bar on standard error. It advances with the objects that have nothing left to do. */
export function progressBar(): Progress {
  const start = performance.now();
  const total = { objects: 0, bytes: 0 };
  const ledgers = new Set<ProgressSource>();
  const bar = new SingleBar(
    {
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      format: "{bar} {percentage}% | {text}",
      formatBar: Format.BarFormat,
    },
    Presets.shades_classic,
  );
  const text = (): string => progressText([...ledgers], total.objects, (performance.now() - start) / 1000);
  // A bar with a total of 0 is full.
  bar.start(1, 0, { text: text() });
  return {
    addToTotal: ({ size }) => {
      total.objects += 1;
      total.bytes += size;
      bar.setTotal(total.bytes);
    },
    show: (ledger) => {
      ledgers.add(ledger);
      bar.update(
        [...ledgers].reduce((bytes, { finished }) => bytes + finished.bytes, 0),
        { text: text() },
      );
    },
    stop: () => {
      bar.stop();
    },
  };
}
