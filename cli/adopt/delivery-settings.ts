import { type InputName, inputOf, INPUTS, type InputValues } from "../../modules/inputs";
import type { StreamWithBackup } from "../aws/find-streams";
import type { AdoptionInventory } from "./inventory";
import { type AdoptionPart, decide, mergedInputs, mergedParts } from "./part";

/** Buffering, retry and attributes: the values of the streams become inputs, if the inputs accept them. */
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

/** The inputs of one setting: the one for both streams, and the one for each stream. */
type SettingInputs = Readonly<Record<"common" | StreamWithBackup["signal"], InputName & `${string}uffering${string}`>>;

/** The input for both streams where their values are equal, else the inputs for each stream. */
function commonOrOwn(
  streams: readonly StreamWithBackup[],
  valueOf: (stream: StreamWithBackup) => number | undefined,
  inputs: SettingInputs,
): InputValues {
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
const inputWith = (input: InputName, value: unknown): InputValues => (value === undefined ? {} : { [input]: value });

/** The value if the input accepts it; otherwise the default applies. */
const allowed = (input: InputName, value: number | undefined): number | undefined =>
  value !== undefined && inputOf(input).rules.every((rule) => rule.allows(value)) ? value : undefined;

/** The longer duration: with the shorter one, data that is delivered now would be backed up. */
function retryInputs(streams: readonly StreamWithBackup[]): InputValues {
  const durations = streams.flatMap(({ destination }) => destination.retryDurationSeconds ?? []);
  return durations.length === 0 ? {} : inputWith("retryDurationSeconds", Math.max(...durations));
}

/** The attributes of both streams. Their values may be secret: they are written to the file only. */
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
