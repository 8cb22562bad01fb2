import type { Mark, Marks, PlannedStream } from "../kloudfuse";
import { finding, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { typoIn } from "../typo";

/** Names, in messages, of the settings that name the signal. */
const MARKS = {
  url: "the path",
  prefix: "the prefix",
  endpointName: "the endpoint's name",
  name: "the stream's name",
} as const satisfies Record<keyof Marks, string>;

export const deliverySignal: Policy = {
  id: "KFF-DEL-010",
  severity: "error",
  title: "Path, prefix, endpoint name and stream name agree on the signal",
  why: "Kloudfuse misreads metrics on the logs path, and failed data under the other signal's prefix is replayed to the wrong stream.",
  source: "Guide, steps 2 and 3",
  check: ({ streams }) =>
    streams.flatMap((stream) => [...disagreement(stream), ...typos(stream), ...undecided(stream)]),
};

const marksOf = ({ marks }: PlannedStream): readonly (readonly [string, Mark])[] => [
  [MARKS.url, marks.url],
  [MARKS.prefix, marks.prefix],
  [MARKS.endpointName, marks.endpointName],
  [MARKS.name, marks.name],
];

function disagreement(stream: PlannedStream): PolicyOutcome[] {
  const naming = (signal: Mark["signal"]): string =>
    marksOf(stream)
      .filter(([, mark]) => mark.signal === signal)
      .map(([what]) => what)
      .join(", ");
  const [metrics, logs] = [naming("metrics"), naming("logs")];
  return metrics === "" || logs === ""
    ? []
    : [
        finding(
          stream.resource,
          `metrics according to ${metrics}; logs according to ${logs}`,
          "Name one signal everywhere.",
        ),
      ];
}

/** Typos in the names; KFF-END-002 and KFF-DEL-004 report typos in path and prefix. */
function typos({ resource, marks }: PlannedStream): PolicyOutcome[] {
  return [marks.endpointName, marks.name].flatMap(({ path, value }) => {
    const found = typeof value === "string" ? typoIn(value) : undefined;
    return found === undefined
      ? []
      : [
          finding(
            resource,
            `${path} has ${redactedText(resource, path, `"${found.typo}"`)}, likely a typo`,
            `Write ${found.word}, if that is intended.`,
          ),
        ];
  });
}

function undecided(stream: PlannedStream): PolicyOutcome[] {
  const { resource } = stream;
  const marks = marksOf(stream);
  const unknowns = marks.filter(([, { value }]) => value === UNKNOWN);
  if (unknowns.length > 0) {
    return [unknownOutcome(resource, `whether ${unknowns.map(([what]) => what).join(", ")} names the same signal`)];
  }
  return marks.every(([, { signal }]) => signal === undefined)
    ? [
        undeterminedOutcome(
          resource,
          "nothing names its signal: whether it carries metrics or logs is undetermined",
          "Name metrics or logs in its path, prefix and names.",
        ),
      ]
    : [];
}
