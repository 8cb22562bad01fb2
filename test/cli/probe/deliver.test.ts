import type { Check } from "../../../cli/checks/check";
import { type Delivery, deliver } from "../../../cli/probe/deliver";
import { firehoseRequest } from "../../../cli/probe/request";
import type { ProbeTarget } from "../../../cli/probe/target";
import {
  type Behaviour,
  type EndpointOptions,
  type FirehoseEndpoint,
  startFirehoseEndpoint,
} from "../../e2e/helpers/firehose-endpoint";
import { accessKeyOf, probeContext, targetWith } from "../../helpers/probe";

const KEY = "s3cr3t";
let endpoint: FirehoseEndpoint;

async function start(options: EndpointOptions = {}): Promise<void> {
  endpoint = await startFirehoseEndpoint(options);
}

afterEach(async () => {
  await endpoint.stop();
});

function delivery(fields: Partial<ProbeTarget> = {}, key: string | undefined = KEY, records = 0): Delivery {
  const target = targetWith({ url: new URL(`https://${endpoint.host}/ingester/kinesis/logs`), ...fields });
  const data = Array.from({ length: records }, () => Buffer.from("record"));
  return { target, key: accessKeyOf(key), request: (sent) => firehoseRequest(target, sent, data, Date.now()) };
}

const run = async (...deliveries: readonly Delivery[]): Promise<Check[]> =>
  await deliver(deliveries, probeContext({ authorities: endpoint.authority, timeoutMs: 1000 }));

const about = (checks: readonly Check[], subject: string): string[] =>
  checks.filter((check) => check.subject === subject).map(({ verdict, name }) => `${verdict} ${name}`);

const ANSWERED = [
  "ok response status",
  "ok response content type",
  "ok response content encoding",
  "ok response content length",
  "ok response size",
  "ok response request id",
  "ok response timestamp",
  "ok response time",
];

const keysReceived = (): unknown[] => endpoint.received.map(({ headers }) => headers["x-amz-firehose-access-key"]);

describe("a delivery", () => {
  test("sends the guide's test without the key, and then the stream's request with it", async () => {
    await start({ accessKey: KEY });
    const checks = await run(delivery());
    expect(about(checks, "kloudfuse-logs")).toEqual([
      "ok reachability test",
      "ok access key",
      ...ANSWERED,
      "note records",
    ]);
    expect(endpoint.received.map(({ body }) => body === '{"test": true}')).toEqual([true, false]);
    expect(keysReceived()).toEqual([undefined, KEY]);
  });

  test("with a record says nothing of records that were not tried", async () => {
    await start();
    expect(about(await run(delivery({}, KEY, 1)), "kloudfuse-logs").at(-1)).toBe("ok response time");
  });

  test("withholds the key where the connection is not verified", async () => {
    await start({ certificate: "expired" });
    const checks = await run(delivery());
    expect(checks.find(({ name }) => name === "access key")?.found).toBe(
      "Not sent: the TLS connection is not verified, and others could read the key.",
    );
    expect(keysReceived()).toEqual([undefined, undefined]);
  });

  test("without a key is sent where the connection is not verified", async () => {
    await start({ certificate: "expired" });
    const { outcome } = accessKeyOf(undefined);
    const own = { ...delivery(), key: { ...accessKeyOf(undefined), outcome: { ...outcome, found: "none" } } };
    expect((await run(own)).find(({ name }) => name === "access key")?.found).toBe("none");
  });

  test("says what came of no response, and is no success", async () => {
    await start({ behaviour: "closed" });
    expect(about(await run(delivery()), "kloudfuse-logs")).toEqual([
      "problem reachability test",
      "ok access key",
      "problem response",
      "note records",
    ]);
  });

  test("is not tried without a connection", async () => {
    await start();
    const url = new URL(`https://127.0.0.2:${endpoint.port}/logs`);
    const checks = await run(delivery({ url }));
    expect(about(checks, `127.0.0.2:${endpoint.port}`).at(-1)).toBe("problem TCP");
    expect(about(checks, "kloudfuse-logs")).toEqual(["ok access key"]);
  });
});

describe("several deliveries", () => {
  test("to one endpoint connect to it once", async () => {
    await start();
    const checks = await run(
      delivery(),
      delivery({ subject: "kloudfuse-metrics", url: new URL(`https://${endpoint.host}/ingester/kinesis/metrics`) }),
    );
    expect(checks.filter(({ name }) => name === "TCP")).toHaveLength(1);
    expect(about(checks, "kloudfuse-logs")).toContain("ok response status");
    expect(about(checks, "kloudfuse-metrics")).toContain("ok response status");
    expect(new Set(endpoint.received.map(({ path }) => path))).toEqual(
      new Set(["/ingester/kinesis/logs", "/ingester/kinesis/metrics"]),
    );
  });

  test("to two endpoints check each of them", async () => {
    await start();
    const url = new URL(`https://localhost:${endpoint.port}/logs`);
    const checks = await run(delivery(), delivery({ url }));
    expect(checks.filter(({ name }) => name === "TCP").map(({ subject }) => subject)).toEqual([
      endpoint.host,
      `localhost:${endpoint.port}`,
    ]);
  });
});

test.each<[Behaviour, string]>([
  ["wrong request id", "problem response request id"],
  ["timestamp as text", "problem response timestamp"],
  ["not JSON", "problem response body"],
  ["compressed", "problem response content encoding"],
  ["without length", "problem response content length"],
  ["oversized", "problem response size"],
])("an endpoint that answers %p is a problem", async (behaviour, expected) => {
  await start({ behaviour });
  expect(about(await run(delivery()), "kloudfuse-logs")).toContain(expected);
});
