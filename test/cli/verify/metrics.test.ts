import { eachMetric, intervalOf, METRICS, retryOf } from "../../../cli/verify/metrics";
import { measuredStream } from "../../helpers/metrics";

test("each metric has the series of its own id", () => {
  const ids = Object.keys(METRICS);
  const metrics = eachMetric((id) => [ids.indexOf(id)]);
  expect(Object.entries(metrics)).toEqual(ids.map((id, index) => [id, [index]]));
});

describe("the times of a stream", () => {
  test("are its own", () => {
    const stream = measuredStream("FailedDataOnly", { bufferingIntervalSeconds: 15, retryDurationSeconds: 0 });
    expect([intervalOf(stream), retryOf(stream)]).toEqual([15, 0]);
  });

  test("are the documented ones where AWS names none", () => {
    const stream = measuredStream("FailedDataOnly", {
      bufferingIntervalSeconds: undefined,
      retryDurationSeconds: undefined,
    });
    expect([intervalOf(stream), retryOf(stream)]).toEqual([60, 300]);
  });
});
