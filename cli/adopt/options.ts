import { LIMITS } from "../../modules/limits";
import type { SignalName } from "../../modules/signals";
import { UnusableInput } from "../exit-codes";
import type { OutputFormat, StreamOptions } from "../options";
import { type AccessKeySource, parseAccessKeySource } from "./access-key-source";
import type { KeptPart } from "./kept-parts";
import { type ModuleAddress, parseModuleAddress } from "./module-address";

/** The options as they are on the command line. */
export interface AdoptOptions extends StreamOptions {
  readonly format: OutputFormat;
  readonly module?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly accessKey?: string;
  readonly ingesterHost?: string;
  readonly metricStreamName?: string;
  readonly keep?: readonly KeptPart[];
}

/** What the user decided. */
export interface AdoptionDecisions {
  /** Undefined: the root stack. */
  readonly module: ModuleAddress | undefined;
  readonly accessKey: AccessKeySource | undefined;
  readonly ingesterHost: string | undefined;
  readonly metricStreamName: string | undefined;
  /** The stream names in the options; the name of the error log group contains both, also with `--signal`. */
  readonly streamNames: Readonly<Partial<Record<SignalName, string>>>;
  readonly keeps: (part: KeptPart) => boolean;
}

/** @throws UnusableInput when an option cannot be used */
export function decisionsOf({
  module,
  accessKey,
  ingesterHost,
  metricStreamName,
  metricsStreamName,
  logsStreamName,
  keep = [],
}: AdoptOptions): AdoptionDecisions {
  const violated =
    ingesterHost === undefined ? undefined : LIMITS.ingesterHost.find((rule) => !rule.allows(ingesterHost));
  if (violated !== undefined) {
    throw new UnusableInput(
      `--ingester-host must ${violated.text}, got ${violated.received(ingesterHost)}. Use the host name only, such as kfuse.example.com.`,
    );
  }
  return {
    module: module === undefined ? undefined : parseModuleAddress(module),
    accessKey: accessKey === undefined ? undefined : parseAccessKeySource(accessKey),
    ingesterHost,
    metricStreamName,
    streamNames: {
      ...(metricsStreamName === undefined ? {} : { metrics: metricsStreamName }),
      ...(logsStreamName === undefined ? {} : { logs: logsStreamName }),
    },
    keeps: (part) => keep.includes(part),
  };
}
