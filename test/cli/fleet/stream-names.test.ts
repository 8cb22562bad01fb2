import { signalsOf, streamNamesOf } from "../../../cli/fleet/stream-names";
import { fleetTarget } from "../../helpers/fleet";

describe("the signals of a stack", () => {
  test.each([
    [{}, ["metrics", "logs"]],
    [{ create_metrics_stream: true, create_logs_stream: true }, ["metrics", "logs"]],
    [{ create_metrics_stream: false }, ["logs"]],
    [{ create_logs_stream: false }, ["metrics"]],
  ])("with the inputs %j are %j", (inputs, signals) => {
    expect(signalsOf(fleetTarget({ inputs }))).toEqual(signals);
  });
});

describe("the names of the streams of a stack", () => {
  test("are the guide's where the file has none", () => {
    expect(streamNamesOf(fleetTarget(), { fleet: "fleet.json" })).toEqual({
      fleet: "fleet.json",
      metricsStreamName: "kloudfuse-metrics",
      logsStreamName: "kloudfuse-logs",
    });
  });

  test("are the file's", () => {
    const inputs = { metrics_stream_name: "m", logs_stream_name: "l" };
    expect(streamNamesOf(fleetTarget({ inputs }), { fleet: "fleet.json" })).toMatchObject({
      metricsStreamName: "m",
      logsStreamName: "l",
    });
  });

  test("are of the only signal that the stack has a stream for", () => {
    const inputs = { create_metrics_stream: false, logs_stream_name: "l" };
    expect(streamNamesOf(fleetTarget({ inputs }), { fleet: "fleet.json" })).toEqual({
      fleet: "fleet.json",
      signal: "logs",
      metricsStreamName: "kloudfuse-metrics",
      logsStreamName: "l",
    });
  });

  test("are of the signal that is asked for", () => {
    expect(streamNamesOf(fleetTarget(), { fleet: "fleet.json", signal: "metrics" })).toMatchObject({
      signal: "metrics",
    });
  });
});
