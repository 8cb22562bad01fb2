import type { FleetTarget } from "../../fleet";
import { variableName } from "../../modules/inputs";
import { type SignalName, SIGNAL_NAMES, SIGNALS } from "../../modules/signals";
import { hostOf } from "../../policies/endpoints/host";
import { findKloudfuse, HTTP, type PlannedStream } from "../../policies/kloudfuse";
import { type Plan, redactedText } from "../../policies/plan";
import { cappedNames } from "../capped-names";
import { signalsOf, streamNamesOf } from "../fleet/stream-names";
import type { Limitation } from "./report";

/** The origin of a plan, for messages. */
export interface PlanSource {
  /** The plan as JSON. */
  readonly file: string;
  /** Path of the fleet file. */
  readonly fleet: string;
  /** The commands that create the plan. */
  readonly howTo: string;
}

/**
 * Compares the streams of a plan and the host that they deliver to with the inputs of its stack. A plan that differs
 * was created before the fleet file changed, or is of another root in the same account and region: its findings count,
 * and it does not pass.
 */
export function inputLimitations(target: FleetTarget, plan: Plan, source: PlanSource): Limitation[] {
  const kloudfuse = findKloudfuse(plan);
  if (kloudfuse.limitations.some(({ kind }) => kind === "noStream")) {
    return [];
  }
  const expected = expectedStreams(target, source.fleet);
  const planned = [
    ...kloudfuse.streams.filter(({ resource }) => !resource.isForgotten),
    ...kloudfuse.possibleStreams.filter(({ name }) => typeof name === "string" && expected.has(name)),
  ];
  return [...mismatch(target, planned, expected, source), ...notShown(planned, source)];
}

/** The streams that the stack creates by the fleet file: name and signal. */
function expectedStreams(target: FleetTarget, fleet: string): ReadonlyMap<string, SignalName> {
  const names = streamNamesOf(target, { fleet });
  return new Map(
    signalsOf(target).map((signal) => [names[`${signal}StreamName`] ?? SIGNALS[signal].streamName, signal]),
  );
}

function mismatch(
  target: FleetTarget,
  planned: readonly PlannedStream[],
  expected: ReadonlyMap<string, SignalName>,
  { file, fleet, howTo }: PlanSource,
): Limitation[] {
  const differences = [
    ...differentNames(planned, expected),
    ...planned.flatMap((stream) => differentSignal(stream, expected)),
    ...differentHosts(planned, target),
  ].map(([inPlan, inFile]) => `the plan has ${inPlan}, ${fleet} has ${inFile}`);
  return differences.length === 0
    ? []
    : [
        {
          kind: "otherInputs",
          message: `${file} is older than the inputs of its stack, or the plan of another root: ${differences.join("; ")}.`,
          remedy: `Run npm run synth, and plan the stack again: ${howTo}`,
          isUnusable: true,
        },
      ];
}

/** What the plan has, and what the fleet file has instead. */
type Difference = readonly [inPlan: string, inFile: string];

function differentNames(planned: readonly PlannedStream[], expected: ReadonlyMap<string, SignalName>): Difference[] {
  const known = planned.filter(({ name }) => typeof name === "string");
  const names = new Set(known.map(({ name }) => name));
  // A stream whose name is not known may be the one that is missing.
  const isMissing = known.length === planned.length && [...expected.keys()].some((name) => !names.has(name));
  const isOther = known.some(({ name }) => typeof name === "string" && !expected.has(name));
  return isMissing || isOther ? [[streamList(known.map(shownName)), streamList([...expected.keys()])]] : [];
}

const streamList = (names: readonly string[]): string =>
  names.length === 0 ? "no stream" : `the stream${names.length === 1 ? "" : "s"} ${cappedNames([...names].sort())}`;

/** A stream with the name of one signal that delivers to the path of the other one: their names are swapped. */
function differentSignal(stream: PlannedStream, expected: ReadonlyMap<string, SignalName>): Difference[] {
  const { name, url } = stream;
  const signal = typeof name === "string" ? expected.get(name) : undefined;
  const planned = SIGNAL_NAMES.find((each) => typeof url === "string" && url.endsWith(SIGNALS[each].endpointPath));
  return signal === undefined || planned === undefined || planned === signal
    ? []
    : [[`${shownName(stream)} for ${planned}`, `it for ${signal}`]];
}

function differentHosts(planned: readonly PlannedStream[], { inputs }: FleetTarget): Difference[] {
  const expected = inputs[variableName("kloudfuseIngesterHost")];
  const hosts = planned.flatMap(({ resource, url }) => {
    const host = hostOf(url);
    return host === undefined || typeof expected !== "string" || host === expected.toLowerCase()
      ? []
      : [redactedText(resource, `${HTTP}.url`, host)];
  });
  return hosts.length === 0 ? [] : [[`the host ${cappedNames([...new Set(hosts)])}`, String(expected)]];
}

const shownName = ({ resource, name }: PlannedStream): string => redactedText(resource, "name", String(name));

/** What cannot be compared does not pass. */
function notShown(planned: readonly PlannedStream[], { file, howTo }: PlanSource): Limitation[] {
  const streams = planned.filter(({ name, url }) => typeof name !== "string" || hostOf(url) === undefined);
  return streams.length === 0
    ? []
    : [
        {
          kind: "unknownInputs",
          message: `${file} does not show the name or host of ${cappedNames(streams.map(({ resource }) => resource.address))}: it may be the plan of another root.`,
          remedy: `Run npm run synth, which writes both into the stack, and plan the stack again: ${howTo}`,
          isUnusable: true,
        },
      ];
}
