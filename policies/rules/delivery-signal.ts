import type { Mark } from "../kloudfuse";
import { finding, undetermined } from "../outcomes";
import { quoted, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const deliverySignal: Policy = {
  id: "KFF-DEL-010",
  severity: "error",
  title: "Path, prefix, endpoint name and stream name agree on the signal",
  why: "Kloudfuse reads metrics and logs differently: a stream that is half one and half the other loses data.",
  source: "Guide, steps 2 and 3",
  check: ({ streams }) =>
    streams.flatMap(({ resource, marks }) => {
      const all: readonly Mark[] = [marks.url, marks.prefix, marks.endpointName, marks.name];
      const named = all.filter(({ signal }) => signal !== undefined);
      const signals = new Set(named.map(({ signal }) => signal));
      if (signals.size > 1) {
        const shown = named.map(({ path, signal }) => `${path} says ${signal ?? ""}`);
        return [finding(resource, shown.join(", "), "Use the documented values of one signal.")];
      }
      if (signals.size === 1) {
        return [];
      }
      const values = all.map(({ path }) => `${path} is ${quoted(resource, path)}`).join(", ");
      return all.some(({ value }) => value === UNKNOWN)
        ? [undetermined(resource, `the signal is not known before the apply: ${values}`, AFTER_THE_APPLY)]
        : [
            finding(
              resource,
              `no setting says whether it carries metrics or logs: ${values}`,
              "Use the documented values of one signal.",
            ),
          ];
    }),
};

const AFTER_THE_APPLY = "Evaluate the plan again after the apply.";
