import { checkResponse } from "../../cli/probe/response";
import type { EndpointResponse } from "../../cli/probe/http";
import type { FirehoseRequest } from "../../cli/probe/request";
import { type Behaviour, type FirehoseEndpoint, startFirehoseEndpoint } from "./helpers/firehose-endpoint";
import { checksOf, faultsOf, namesOf, type ProbeRun, run } from "../helpers/run-probe";

// The endpoint of the tests is at a loopback address; what that means is the matter of probe-address.test.ts.
jest.mock("../../cli/probe/address", () => ({
  checkAddresses: () => ({ name: "address", verdict: "ok", found: "", remedy: "" }),
  checkPort: () => ({ name: "port", verdict: "ok", found: "", remedy: "" }),
}));

const KEY = "s3cr3t-access-key";

const REMEDY_OF_A_BAD_RESPONSE =
  "Let the ingester itself answer: a login page, or a proxy's own page in front of it, answers like this. Firehose counts it as a failed delivery.";

let endpoint: FirehoseEndpoint;

beforeAll(async () => {
  endpoint = await startFirehoseEndpoint({ accessKey: KEY });
});

beforeEach(() => {
  process.env["KLOUDFUSE_ACCESS_KEY"] = KEY;
  endpoint.reset();
});

afterAll(async () => {
  delete process.env["KLOUDFUSE_ACCESS_KEY"];
  await endpoint.stop();
});

async function probed(behaviour: Behaviour, options: Parameters<typeof run>[1] = {}): Promise<ProbeRun> {
  endpoint.behave(behaviour);
  return await run(endpoint.host, { signal: "logs", ...options }, { authorities: endpoint.authority });
}

/** What is wrong with the response to Firehose's request alone. */
const faults = (ran: ProbeRun): string[] =>
  faultsOf(ran).filter((fault) => !/(TLS chain|reachability test|records): /.test(fault));

describe("an endpoint that answers as AWS's specification demands", () => {
  test("is healthy, stage by stage", async () => {
    const ran = await probed("well");
    expect(namesOf(ran)).toEqual([
      "ok DNS",
      "ok address",
      "ok port",
      "ok TCP",
      "ok TLS protocol",
      "note TLS chain",
      "ok TLS name",
      "ok TLS expiry",
      "ok reachability test",
      "ok access key",
      "ok response status",
      "ok response content type",
      "ok response content encoding",
      "ok response content length",
      "ok response size",
      "ok response request id",
      "ok response timestamp",
      "ok response time",
      "note records",
    ]);
    expect(ran.exitCode).toBe(0);
  });

  test("is asked the guide's test first, without the access key, and 400 is the response that it wants", async () => {
    const ran = await probed("well");
    expect(checksOf(ran).find(({ name }) => name === "reachability test")?.found).toBe(
      "answered 400: reachable; the test proves nothing more",
    );
    const [first] = endpoint.received;
    expect(first).toMatchObject({ method: "POST", path: "/ingester/kinesis/logs", body: '{"test": true}' });
    expect(first?.headers).not.toHaveProperty("x-amz-firehose-access-key");
  });

  test("is asked once for metrics and once for logs, behind one connection test", async () => {
    const ran = await run(endpoint.host, {}, { authorities: endpoint.authority });
    expect(namesOf(ran).filter((name) => name === "ok TCP")).toHaveLength(1);
    const paths = endpoint.received.map(({ path }) => path);
    expect(paths.sort()).toEqual([
      "/ingester/kinesis/logs",
      "/ingester/kinesis/logs",
      "/ingester/kinesis/metrics",
      "/ingester/kinesis/metrics",
    ]);
    expect(ran.exitCode).toBe(0);
  });
});

describe("a response that refuses", () => {
  test.each([
    [
      401,
      "problem response status: The endpoint answers 401: the access key is missing or wrong. The stream sends no access key, or one that the endpoint does not know.",
      "Set access_key_secret_arn or access_key, or correct the secret's api_key; Firehose reads a secret again within 10 minutes.",
    ],
    [
      403,
      "problem response status: The endpoint answers 403: the access key is not allowed. The endpoint knows the access key, but does not allow it to write.",
      "Allow the key to ingest in Kloudfuse, or give the stream another key. A firewall or WAF in front of the ingester answers 403 too.",
    ],
    [
      404,
      "problem response status: The endpoint answers 404: the endpoint does not serve this path. A server answers at this host, but it is not Kloudfuse's Firehose endpoint.",
      "The URL must be https://<ingester>/ingester/kinesis/metrics or /logs; check the host and the ingress's paths.",
    ],
    [
      413,
      "problem response status: The endpoint answers 413: the request is too large. The endpoint, or the load balancer in front of it, accepts no request of this size. Firehose does not retry and does not back up the batch: it is lost.",
      "Raise the body limit of the ingress (proxy-body-size) above 64 MiB, or lower buffering_size_mb, for example to 2.",
    ],
    [
      429,
      "problem response status: The endpoint answers 429: too many requests. Firehose sends more requests than the endpoint accepts.",
      "Raise buffering_size_mb and buffering_interval_seconds, so that fewer and larger requests are sent, or raise the endpoint's limit.",
    ],
    [
      503,
      "problem response status: The endpoint answers 503: the endpoint fails. The ingester, or the load balancer in front of it, is overloaded, restarting or faulty; Firehose itself works.",
      "Look at the ingester's pods (kubectl get pods -n kfuse) and their logs. Firehose retries for retry_duration_seconds, then backs up the data: replay it when the ingester works.",
    ],
  ] as const)(
    "with %i is a problem with its meaning, the endpoint's words and what to do",
    async (status, found, remedy) => {
      const ran = await probed({ status });
      expect(faults(ran)).toEqual([`${found} The endpoint says "refused with ${status}".`]);
      expect(checksOf(ran).find(({ name }) => name === "response status")?.remedy).toBe(remedy);
      expect(namesOf(ran).slice(-3)).toEqual(["problem response status", "ok response time", "note records"]);
      expect(ran.exitCode).toBe(1);
    },
  );

  test.each([401, 403] as const)("the guide's test with %i is only a note, for it carries no key", async (status) => {
    const ran = await probed({ status });
    expect(faultsOf(ran)).toContain(
      `note reachability test: The endpoint answers ${status} to the guide's test, which carries no access key: reachable; the test proves nothing more.`,
    );
  });

  test.each([404, 503] as const)("the guide's test with %i is a problem", async (status) => {
    expect(namesOf(await probed({ status }))).toContain("problem reachability test");
  });

  test("a request without access key, where the key is not known, tells nothing of the stream", async () => {
    delete process.env["KLOUDFUSE_ACCESS_KEY"];
    const ran = await probed("well");
    expect(faults(ran)).toEqual([
      "unknown access key: KLOUDFUSE_ACCESS_KEY is not set, and no secret is known: the request carries no key.",
      "unknown response status: The endpoint answers 401 to a request without access key.",
    ]);
    expect(ran.exitCode).toBe(2);
  });

  test("a request without access key, where the stream is said to send none, is a problem", async () => {
    process.env["KLOUDFUSE_ACCESS_KEY"] = "";
    const ran = await probed("well");
    expect(namesOf(ran)).toContain("note access key");
    expect(namesOf(ran)).toContain("problem response status");
    expect(ran.exitCode).toBe(1);
  });

  test("another access key than the endpoint's is a problem", async () => {
    process.env["KLOUDFUSE_ACCESS_KEY"] = "another";
    expect(namesOf(await probed("well"))).toContain("problem response status");
  });

  test("with a redirect is a problem that names where it leads, and is not followed", async () => {
    const ran = await probed("redirect");
    expect(faults(ran)).toEqual([
      'problem response status: The endpoint answers 302: the endpoint redirects. Firehose does not follow redirects: every delivery fails. It redirects to "https://elsewhere.example.com/login".',
    ]);
    expect(namesOf(ran)).toContain("problem reachability test");
    expect(endpoint.received.map(({ path }) => path)).toEqual(["/ingester/kinesis/logs", "/ingester/kinesis/logs"]);
  });
});

describe("a response of 200 that breaks the specification", () => {
  test.each<[Behaviour, string[]]>([
    [
      "timestamp as text",
      [
        expect.stringMatching(
          /^problem response timestamp: timestamp is "\d{13}"; it must be a number of milliseconds\.$/,
        ) as string,
      ],
    ],
    [
      "wrong request id",
      [
        expect.stringMatching(
          /^problem response request id: requestId is "another"; the request's is "[0-9a-f-]{36}"\.$/,
        ) as string,
      ],
    ],
    ["not JSON", ['problem response body: It must be a JSON object, and begins "OK".']],
    [
      "HTML",
      [
        'problem response content type: It is "text/html"; it must be application/json.',
        'problem response body: It must be a JSON object, and begins "<h1>Please sign in</h1>".',
      ],
    ],
    ["compressed", ['problem response content encoding: It is "gzip"; there must be none.']],
    ["without length", ["problem response content length: There is none; a response with a body must have it."]],
    ["oversized", ["problem response size: The response has 1 MiB or more; headers and body together must have less."]],
    ["empty", ["problem response body: It is empty; it must be JSON with requestId and timestamp."]],
  ])("%s: names exactly what breaks", async (behaviour, expected) => {
    const ran = await probed(behaviour);
    expect(faults(ran)).toEqual(expected);
    const remedies = checksOf(ran).filter(({ name, verdict }) => verdict === "problem" && name.startsWith("response"));
    expect(new Set(remedies.map(({ remedy }) => remedy))).toEqual(new Set([REMEDY_OF_A_BAD_RESPONSE]));
    expect(ran.exitCode).toBe(1);
  });

  test("is read no further than 1 MiB, so that an endless one ends", async () => {
    const ran = await probed("endless");
    expect(faults(ran)).toEqual([
      "problem response content length: There is none; a response with a body must have it.",
      "problem response size: The response has 1 MiB or more; headers and body together must have less.",
    ]);
  });

  test("is only noted where Firehose takes it: a timestamp in seconds", async () => {
    const ran = await probed("timestamp in seconds");
    expect(faults(ran)).toEqual(["note response timestamp: timestamp is 1700000000: more than a day off."]);
    expect(ran.exitCode).toBe(0);
  });

  test("is only noted where Firehose takes it: an error message", async () => {
    const ran = await probed("with error message");
    expect(faults(ran)).toEqual([
      'note response error message: The endpoint answers 200, and says "half of it was dropped".',
    ]);
    expect(ran.exitCode).toBe(0);
  });
});

describe("no response", () => {
  test("in time is a problem that says how long was waited, and how long Firehose waits", async () => {
    const ran = await probed("slow", { timeout: "1" });
    expect(faults(ran)).toEqual(["problem response: No response within 1 s; Firehose waits 180 s."]);
    expect(checksOf(ran).at(-2)?.remedy).toBe(
      "Check the ingester's load and the timeouts of the load balancer, or lower buffering_size_mb so that a request holds less. Run the command with --timeout 180 to see whether a response comes at all.",
    );
    expect(ran.exitCode).toBe(1);
  });

  test("for a while is no problem where one comes in time", async () => {
    const ran = await probed("slow");
    expect(faults(ran)).toEqual([]);
    expect(checksOf(ran).at(-2)?.found).toMatch(/^[1-4]\.\d\d s$/);
  });

  test("but a closed connection is a problem", async () => {
    const ran = await probed("closed");
    expect(faults(ran)).toEqual([
      "problem response: The connection was closed: the connection was closed before the end of the response. Firehose connected, and the endpoint closed the connection before it answered.",
    ]);
    expect(namesOf(ran)).toContain("problem reachability test");
    expect(ran.exitCode).toBe(1);
  });

  test("but something that is not HTTP is a problem", async () => {
    const ran = await probed("not HTTP");
    expect(faults(ran)).toHaveLength(1);
    expect(faults(ran)[0]).toMatch(
      /^problem response: The response violates Firehose's protocol: the response is not HTTP \(HPE_/,
    );
    expect(ran.exitCode).toBe(1);
  });
});

describe("what local sockets are too fast or too small for", () => {
  const request: FirehoseRequest = {
    requestId: "id",
    json: "{}",
    recordCount: 0,
    isKeyKnown: true,
    accessKey: KEY,
    path: "/",
    headers: {},
    body: Buffer.alloc(0),
  };
  const body = Buffer.from('{"requestId":"id","timestamp":1000}');
  const good: EndpointResponse = {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8", "content-length": String(body.length) },
    body,
    bytes: 200,
    milliseconds: 30_000,
  };
  const broken = (response: Partial<EndpointResponse>, other: Partial<FirehoseRequest> = {}): string[] =>
    checkResponse({ ...good, ...response }, { ...request, ...other }, 1000)
      .filter(({ verdict }) => verdict !== "ok")
      .map(({ verdict, name, found }) => `${verdict} ${name}: ${found}`);

  test("30 seconds are well, and more are worth a note", () => {
    expect(broken({})).toEqual([]);
    expect(broken({ milliseconds: 30_001 })).toEqual(["note response time: 30.00 s; Firehose gives up after 180 s."]);
  });

  test("a byte less than 1 MiB is well, and 1 MiB is too much", () => {
    expect(broken({ bytes: 1024 * 1024 - 1 })).toEqual([]);
    expect(broken({ bytes: 1024 * 1024 })).toHaveLength(1);
  });

  test("an error message of 8192 characters is noted, and a longer one breaks the specification", () => {
    const saying = (length: number): Partial<EndpointResponse> => ({
      body: Buffer.from(JSON.stringify({ requestId: "id", timestamp: 1000, errorMessage: "x".repeat(length) })),
    });
    expect(broken(saying(8192))[0]).toMatch(/^note response error message: /);
    expect(broken(saying(8193))).toEqual([
      "problem response error message: errorMessage must be a text of at most 8192 characters.",
    ]);
  });

  test("201 is no success", () => {
    expect(broken({ status: 201 })[0]).toMatch(/^problem response status: The endpoint answers 201: /);
  });

  test.each(["[]", "null", '"text"', "1"])("the JSON %s is no object", (text) => {
    expect(broken({ body: Buffer.from(text) })[0]).toMatch(/^problem response body: It must be a JSON object/);
  });

  test("what is missing is named", () => {
    expect(broken({ body: Buffer.from("{}"), headers: {} })).toEqual([
      "problem response content type: There is none; it must be application/json.",
      "problem response content length: There is none; a response with a body must have it.",
      'problem response request id: requestId is missing; the request\'s is "id".',
      "problem response timestamp: timestamp is missing; it must be a number of milliseconds.",
    ]);
  });

  test("400 to a request without record could be about that alone; with a record it is a problem", () => {
    expect(broken({ status: 400, body: Buffer.alloc(0) })[0]).toMatch(
      /^unknown response status: .* The request carried no record; Firehose's requests always do\.$/,
    );
    expect(broken({ status: 400, body: Buffer.alloc(0) }, { recordCount: 1 })[0]).toMatch(/^problem response status: /);
  });

  test("text of the endpoint commands no terminal", () => {
    expect(broken({ body: Buffer.from("\u001b[2J\u202egone\r\nnext") })).toEqual([
      'problem response body: It must be a JSON object, and begins "[2J gone next".',
    ]);
  });

  test("text of the endpoint is masked before it is shortened, so that no half of the key is left", () => {
    const [found = ""] = broken({ body: Buffer.from(`${"x".repeat(195)}${KEY}`) });
    expect(found).toContain("***");
    expect(found).not.toContain("s3c");
  });

  test.each([
    ["a key", 'a"k3y\\'],
    ["a key as JSON writes it", 'a\\"k3y\\\\'],
  ])("%s is masked", (_, text) => {
    const [found = ""] = broken({ body: Buffer.from(`it is ${text}!`) }, { accessKey: 'a"k3y\\' });
    expect(found).toContain('begins "it is ***!"');
  });
});
