import { decisionsOf } from "../../../cli/adopt/options";

const OPTIONS = { format: "table", out: "." } as const;

describe("the options of adopt", () => {
  test("that are left out decide nothing", () => {
    const { keeps, ...decisions } = decisionsOf(OPTIONS);
    expect(decisions).toEqual({
      module: undefined,
      accessKey: undefined,
      ingesterHost: undefined,
      metricStreamName: undefined,
      streamNames: {},
    });
    expect([keeps("role"), keeps("bucket"), keeps("sources")]).toEqual([false, false, false]);
  });

  test("are decisions", () => {
    const { module, accessKey, ingesterHost, metricStreamName, streamNames, keeps } = decisionsOf({
      ...OPTIONS,
      module: "module.a",
      accessKey: "none",
      ingesterHost: "kfuse.example.com",
      metricStreamName: "all",
      metricsStreamName: "a",
      logsStreamName: "b",
      keep: ["bucket"],
    });
    expect([module?.text, accessKey, ingesterHost, metricStreamName]).toEqual([
      "module.a",
      { kind: "none" },
      "kfuse.example.com",
      "all",
    ]);
    expect(streamNames).toEqual({ metrics: "a", logs: "b" });
    expect([keeps("role"), keeps("bucket")]).toEqual([false, true]);
  });

  test("name a host, not a URL", () => {
    expect(() => decisionsOf({ ...OPTIONS, ingesterHost: "https://kfuse.example.com" })).toThrow(
      '--ingester-host must be a DNS name or an IPv4 address, without scheme, port, path or placeholder, got "https://kfuse.example.com". Use the host name only, such as kfuse.example.com.',
    );
  });
});
