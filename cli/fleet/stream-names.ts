import type { FleetTarget } from "../../fleet";
import { asString } from "../../iam/json";
import { type InputName, INPUTS, variableName } from "../../modules/inputs";
import { SIGNAL_NAMES, type SignalName } from "../../modules/signals";
import type { StreamNames } from "../options";

const CREATE_INPUTS = {
  metrics: "createMetricsStream",
  logs: "createLogsStream",
} as const satisfies Record<SignalName, InputName>;

/** The streams of a fleet's stacks that a command reads. */
export interface StreamSelection {
  /** Path of the fleet file. */
  readonly fleet: string;
  /** Missing: every signal that a stack has a stream for. */
  readonly signal?: SignalName;
}

/**
 * The signals that a stack has a stream for, by the fleet file.
 *
 * @param only undefined: all of them
 */
export const signalsOf = ({ inputs }: FleetTarget, only?: SignalName): readonly SignalName[] =>
  SIGNAL_NAMES.filter((signal) => (only ?? signal) === signal && inputs[variableName(CREATE_INPUTS[signal])] !== false);

/** The names of the streams that a stack has by the fleet file; a missing stream is a problem. */
export function streamNamesOf(target: FleetTarget, { fleet, signal }: StreamSelection): StreamNames {
  const [only, ...others] = signalsOf(target, signal);
  return {
    fleet,
    ...(only === undefined || others.length > 0 ? {} : { signal: only }),
    metricsStreamName: text(target, "metricsStreamName"),
    logsStreamName: text(target, "logsStreamName"),
  };
}

function text({ inputs }: FleetTarget, name: "metricsStreamName" | "logsStreamName"): string {
  return asString(inputs[variableName(name)]) ?? INPUTS[name].default;
}
