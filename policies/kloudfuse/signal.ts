import { type Signal, SIGNAL_NAMES, SIGNALS } from "../../modules/signals";
import type { PlannedResource } from "../plan";
import { type Marks, signalIn } from "./recognize";

/** The signal that a stream carries, by the majority of its URL, prefix, names and label; undefined on a tie. */
export function signalOf(resource: PlannedResource, { url, prefix, name, endpointName }: Marks): Signal | undefined {
  const votes = [url, prefix, name, endpointName].map(({ signal }) => signal);
  const all = [...votes, signalIn(resource.label)];
  const [metrics, logs] = SIGNAL_NAMES.map((signal) => all.filter((vote) => vote === signal).length);
  return metrics === logs ? undefined : SIGNALS[(metrics ?? 0) > (logs ?? 0) ? "metrics" : "logs"];
}
