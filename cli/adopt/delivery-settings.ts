import { type InputName, inputOf, INPUTS } from "../../modules/inputs";
import type { StreamWithBackup } from "../aws/find-streams";
import type { AdoptionInventory } from "./inventory";
import { type AdoptedInputs, type AdoptionPart, decide, mergedInputs, mergedParts } from "./part";

/** Buffering, retry and attributes: what the streams have becomes inputs, as far as the inputs allow it. */
export const deliverySettingsPart = ({ streams }: Pick<AdoptionInventory, "streams">): AdoptionPart =>
  mergedParts([
    {
      inputs: commonOrOwn(streams, ({ destination }) => destination.bufferingSizeMb, {
        common: "bufferingSizeMb",
        metrics: "metricsBufferingSizeMb",
        logs: "logsBufferingSizeMb",
      }),
    },
    {
      inputs: commonOrOwn(streams, ({ destination }) => destination.bufferingIntervalSeconds, {
        common: "bufferingIntervalSeconds",
        metrics: "metricsBufferingIntervalSeconds",
        logs: "logsBufferingIntervalSeconds",
      }),
    },
    { inputs: retryInputs(streams) },
    attributesPart(streams),
  ]);

/** The inputs of one setting: that of both streams, and that of each. */
type SettingInputs = Readonly<Record<"common" | StreamWithBackup["signal"], InputName & `${string}uffering${string}`>>;

/** The input of both streams where they are alike, that of each where they differ. */
function commonOrOwn(
  streams: readonly StreamWithBackup[],
  valueOf: (stream: StreamWithBackup) => number | undefined,
  inputs: SettingInputs,
): AdoptedInputs {
  const values = streams.map((stream) => ({
    input: inputs[stream.signal],
    value: allowed(inputs.common, valueOf(stream)),
  }));
  const distinct = [...new Set(values.map(({ value }) => value))];
  if (distinct.length <= 1) {
    return inputWith(inputs.common, distinct[0]);
  }
  // One that is as the default needs no input of its own.
  const own = values.filter(({ value }) => value !== INPUTS[inputs.common].default);
  return mergedInputs(own.map(({ input, value }) => inputWith(input, value)));
}

/** One input, unless it has no value. */
const inputWith = (input: InputName, value: unknown): AdoptedInputs => (value === undefined ? {} : { [input]: value });

/** A value that the input accepts; of another one the default takes the place. */
const allowed = (input: InputName, value: number | undefined): number | undefined =>
  value !== undefined && inputOf(input).rules.every((rule) => rule.allows(value)) ? value : undefined;

/** The longer one: a shorter one would back up what is delivered now. */
function retryInputs(streams: readonly StreamWithBackup[]): AdoptedInputs {
  const durations = streams.flatMap(({ destination }) => destination.retryDurationSeconds ?? []);
  return durations.length === 0 ? {} : inputWith("retryDurationSeconds", Math.max(...durations));
}

/** The attributes of both streams: the values are in the file only, they may be secret. */
function attributesPart(streams: readonly StreamWithBackup[]): Partial<AdoptionPart> {
  const all = streams.map(({ destination }) => destination.commonAttributes);
  const names = [...new Set(all.flatMap((attributes) => Object.keys(attributes)))].sort();
  const conflicts = names.filter((name) => new Set(all.flatMap((attributes) => attributes[name] ?? [])).size > 1);
  if (conflicts.length > 0) {
    return {
      items: [
        decide(
          "streams",
          "common_attributes",
          `${conflicts.join(", ")}: the values of the two streams differ; the module has one map`,
          "Adopt each stream into a module of its own, with --signal, or set the same values on both streams first.",
        ),
      ],
    };
  }
  return { inputs: { commonAttributes: Object.fromEntries(all.flatMap((attributes) => Object.entries(attributes))) } };
}
