import { gunzipSync } from "node:zlib";
import { type FirehoseEndpoint, startFirehoseEndpoint } from "../../e2e/helpers/firehose-endpoint";
import { Json } from "../../e2e/helpers/json";
import { setEnvironment } from "../../helpers/environment";
import { checksOf, faultsOf, type ProbeRun, run } from "../../helpers/run-probe";

jest.mock("../../../cli/probe/address", () => ({
  checkAddresses: () => ({ name: "address", verdict: "ok", found: "", remedy: "" }),
  checkPort: () => ({ name: "port", verdict: "ok", found: "", remedy: "" }),
}));

const KEY = "s3cr3t-access-key";
let endpoint: FirehoseEndpoint;
let restore = (): void => undefined;

beforeAll(async () => {
  endpoint = await startFirehoseEndpoint({ accessKey: KEY });
});

beforeEach(() => {
  endpoint.reset();
  restore = setEnvironment({ KLOUDFUSE_ACCESS_KEY: KEY });
});

afterEach(() => {
  restore();
});

afterAll(async () => {
  await endpoint.stop();
});

const probed = async (options: Parameters<typeof run>[1] = {}): Promise<ProbeRun> =>
  await run(endpoint.host, options, { authorities: endpoint.authority });

const summary = ({ output }: ProbeRun): unknown => Json.parse(output).at("summary").value;

describe("the probe of a host", () => {
  test("tries both streams of the guide, and asks AWS nothing", async () => {
    const ran = await probed();
    expect(ran.exitCode).toBe(0);
    expect(new Set(checksOf(ran).map(({ subject }) => subject))).toEqual(
      new Set([
        endpoint.host,
        `https://${endpoint.host}/ingester/kinesis/metrics`,
        `https://${endpoint.host}/ingester/kinesis/logs`,
      ]),
    );
    expect(summary(ran)).toMatchObject({ account: null, regions: [], exitCode: 0 });
  });

  test("sends a record only with --send", async () => {
    await probed({ signal: "logs" });
    await probed({ signal: "logs", send: true });
    const counts = endpoint.received
      .filter(({ body }) => body.includes("requestId"))
      .map(({ body }) => Json.parse(body).at("records").list.length);
    expect(counts).toEqual([0, 1]);
    const record = Json.parse(endpoint.received.at(-1)?.body ?? "").at("records", 0, "data").text;
    expect(gunzipSync(Buffer.from(record, "base64")).toString()).toContain("CONTROL_MESSAGE");
  });

  test("ends with 1 when the response breaks a rule", async () => {
    endpoint.behave("wrong request id");
    expect((await probed({ signal: "logs" })).exitCode).toBe(1);
  });

  test("ends with 2 when something is unknown, and nothing is a problem", async () => {
    restore();
    restore = setEnvironment({ KLOUDFUSE_ACCESS_KEY: undefined });
    const ran = await probed({ signal: "logs" });
    expect({ exitCode: ran.exitCode, faults: faultsOf(ran).filter((fault) => fault.startsWith("problem")) }).toEqual({
      exitCode: 2,
      faults: [],
    });
  });

  test("prints the key nowhere, which the endpoint repeats", async () => {
    endpoint.behave("echoes its headers");
    const { output } = await probed();
    expect(output).toContain("***");
    expect(output).not.toContain(KEY);
  });

  test("connects to nothing in a dry run, and prints no key", async () => {
    const ran = await probed({ dryRun: true });
    expect(ran.exitCode).toBe(0);
    expect(
      Json.parse(ran.output)
        .at("requests")
        .list.map((each) => each.at("signal").text),
    ).toEqual(["metrics", "logs"]);
    expect(ran.output).not.toContain(KEY);
    expect(endpoint.serverNames).toEqual([]);
    expect(endpoint.received).toEqual([]);
  });

  test("waits for a response as long as it should", async () => {
    endpoint.behave("slow");
    const faults = faultsOf(await probed({ signal: "logs", timeout: "1" }));
    expect(faults).toContain("problem response: No response within 1 s; Firehose waits 180 s.");
  });
});

describe("an option that cannot be used", () => {
  test.each(["0", "181", "1.5", "x"])("is --timeout %s", async (timeout) => {
    await expect(probed({ timeout })).rejects.toThrow(
      `--timeout must be a whole number from 1 to 180, got "${timeout}". Use a number in this range.`,
    );
    expect(endpoint.received).toEqual([]);
  });

  test.each(["1", "180"])("is not --timeout %s", async (timeout) => {
    expect((await probed({ timeout, signal: "logs" })).exitCode).toBe(0);
  });
});
