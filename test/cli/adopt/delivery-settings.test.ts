import { deliverySettingsPart } from "../../../cli/adopt/delivery-settings";
import { guideStream, linesOf } from "../../helpers/adoption";

const inputsOf = (metrics: object, logs: object): object => {
  const { inputs } = deliverySettingsPart({
    streams: [guideStream("metrics", { destination: metrics }), guideStream("logs", { destination: logs })],
  });
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "commonAttributes"));
};

describe("the settings of the streams", () => {
  test("are common inputs where both are alike", () => {
    const settings = { bufferingSizeMb: 1, bufferingIntervalSeconds: 15, retryDurationSeconds: 600 };
    expect(inputsOf(settings, settings)).toEqual(settings);
  });

  test("are inputs of each stream where they differ, but for the default", () => {
    expect(
      inputsOf(
        { bufferingSizeMb: 1, bufferingIntervalSeconds: 60 },
        { bufferingSizeMb: 2, bufferingIntervalSeconds: 900 },
      ),
    ).toEqual({
      metricsBufferingSizeMb: 1,
      logsBufferingSizeMb: 2,
      logsBufferingIntervalSeconds: 900,
      retryDurationSeconds: 300,
    });
  });

  test("are the defaults where AWS does not show them, or the input does not accept them", () => {
    const hidden = { bufferingSizeMb: undefined, retryDurationSeconds: undefined };
    expect(inputsOf({ ...hidden, bufferingIntervalSeconds: 14 }, { ...hidden, bufferingIntervalSeconds: 0 })).toEqual(
      {},
    );
  });

  test("retry as long as the stream that retries longer", () => {
    expect(inputsOf({ retryDurationSeconds: 0 }, { retryDurationSeconds: 7200 })).toMatchObject({
      retryDurationSeconds: 7200,
    });
  });

  test("have the attributes of both streams", () => {
    const { inputs } = deliverySettingsPart({
      streams: [
        guideStream("metrics", { destination: { commonAttributes: { a: "1", b: "2" } } }),
        guideStream("logs", { destination: { commonAttributes: { b: "2", c: "3" } } }),
      ],
    });
    expect(inputs.commonAttributes).toEqual({ a: "1", b: "2", c: "3" });
  });

  test("have no attribute with two values, which are not shown", () => {
    const part = deliverySettingsPart({
      streams: [
        guideStream("metrics", { destination: { commonAttributes: { a: "s3cr3t", b: "2" } } }),
        guideStream("logs", { destination: { commonAttributes: { a: "other" } } }),
      ],
    });
    expect(linesOf(part)).toEqual([
      "decide streams: common_attributes: a: the values of the two streams differ; the module has one map",
    ]);
    expect(part.inputs.commonAttributes).toBeUndefined();
  });
});
