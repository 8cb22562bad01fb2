import { gunzipSync } from "node:zlib";
import { probeCommand } from "../../cli/commands/probe";
import { UndeterminedError } from "../../cli/exit-codes";
import { asObject } from "../../iam/json";
import { type FirehoseEndpoint, SLOW_MILLISECONDS, startFirehoseEndpoint } from "./helpers/firehose-endpoint";
import { checksOf, run } from "../helpers/run-probe";
import { fakeTerminal } from "../helpers/terminal";

const KEY = "s3cr3t-access-key";
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

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

const trusting = (): { authorities: string } => ({ authorities: endpoint.authority });

/** The request that the endpoint received as from Firehose. */
async function sent(options: Parameters<typeof run>[1]): Promise<FirehoseEndpoint["received"][number]> {
  await run(endpoint.host, options, trusting());
  const [one, ...others] = endpoint.received.filter(({ headers }) => "x-amz-firehose-request-id" in headers);
  if (one === undefined || others.length > 0) {
    throw new Error(`Not one request but ${others.length + (one === undefined ? 0 : 1)}`);
  }
  return one;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  const json: unknown = JSON.parse(text);
  return asObject(json);
}

/** The data of the records, decoded from Base64. */
function recordsOf(body: string): Buffer[] {
  const { records } = parsed(body);
  return (Array.isArray(records) ? records : []).map((record) =>
    Buffer.from(String(asObject(record)["data"]), "base64"),
  );
}

describe("the request", () => {
  test("is the one that Firehose sends", async () => {
    const { method, path, headers, body } = await sent({ signal: "metrics" });
    const { requestId, timestamp, ...rest } = parsed(body);
    expect([method, path]).toEqual(["POST", "/ingester/kinesis/metrics"]);
    expect(requestId).toMatch(GUID);
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(Number.isInteger(timestamp)).toBe(true);
    expect(rest).toEqual({ records: [] });
    expect(headers).toEqual({
      host: endpoint.host,
      connection: "close",
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": expect.stringMatching(/^\d+$/) as string,
      "user-agent": "Amazon Kinesis Data Firehose Agent/1.0",
      "x-amz-firehose-protocol-version": "1.0",
      "x-amz-firehose-request-id": requestId,
      "x-amz-firehose-source-arn": "arn:aws:firehose:us-east-1:000000000000:deliverystream/kloudfuse-metrics",
      "x-amz-firehose-access-key": KEY,
    });
  });

  test.each(["metrics", "logs"] as const)("for %s carries no record without --send", async (signal) => {
    expect(recordsOf((await sent({ signal })).body)).toEqual([]);
  });

  test("for logs carries with --send exactly one control message of CloudWatch Logs", async () => {
    const records = recordsOf((await sent({ signal: "logs", send: true })).body);
    expect(records).toHaveLength(1);
    const message = parsed(gunzipSync(records[0] ?? Buffer.alloc(0)).toString("utf8"));
    expect(message).toEqual({
      messageType: "CONTROL_MESSAGE",
      owner: "CloudwatchLogs",
      logGroup: "",
      logStream: "",
      subscriptionFilters: [],
      logEvents: [
        { id: "", timestamp: expect.any(Number) as number, message: "CWL CONTROL MESSAGE: kloudfuse-firehose probe" },
      ],
    });
  });

  test("for metrics carries with --send exactly one marked metric of nothing, on a line of its own", async () => {
    const records = recordsOf((await sent({ signal: "metrics", send: true })).body);
    expect(records.map((record) => record.toString("utf8").replace(/\d{13}/, "<ms>"))).toEqual([
      '{"metric_stream_name":"kloudfuse-firehose-probe","account_id":"000000000000","region":"us-east-1",' +
        '"namespace":"kloudfuse-firehose/probe","metric_name":"probe","dimensions":{},"timestamp":<ms>,' +
        '"value":{"max":0.0,"min":0.0,"sum":0.0,"count":0.0},"unit":"None"}\n',
    ]);
  });
});

describe("--dry-run", () => {
  test("prints the request of each signal with the key masked, and connects to nothing", async () => {
    const { exitCode, output } = await run(endpoint.host, { dryRun: true, format: "table" }, trusting());
    const readable = output.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>").replace(/\d{13}/g, "<ms>");
    expect(readable.replace(/Content-Length: \d+/g, "Content-Length: <n>")).toBe(
      ["metrics", "logs"]
        .map(
          (signal) => `# https://${endpoint.host}/ingester/kinesis/${signal}
POST /ingester/kinesis/${signal} HTTP/1.1
Host: ${endpoint.host}
Content-Type: application/json
Content-Encoding: gzip
Content-Length: <n>
User-Agent: Amazon Kinesis Data Firehose Agent/1.0
X-Amz-Firehose-Protocol-Version: 1.0
X-Amz-Firehose-Request-Id: <id>
X-Amz-Firehose-Source-Arn: arn:aws:firehose:us-east-1:000000000000:deliverystream/kloudfuse-${signal}
X-Amz-Firehose-Access-Key: ***

{"requestId":"<id>","timestamp":<ms>,"records":[]}

# The body would be sent GZIP-compressed.
# Nothing was sent.
`,
        )
        .join("\n"),
    );
    expect(output).not.toContain(KEY);
    expect(endpoint.received).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test("prints JSON with the key masked", async () => {
    const { exitCode, output } = await run(endpoint.host, { dryRun: true, signal: "logs" }, trusting());
    expect(parsed(output)).toMatchObject({
      requests: [
        {
          signal: "logs",
          method: "POST",
          url: `https://${endpoint.host}/ingester/kinesis/logs`,
          headers: { "X-Amz-Firehose-Access-Key": "***" },
          isCompressed: true,
          body: { records: [] },
        },
      ],
      checks: [],
    });
    expect(output).not.toContain(KEY);
    expect(exitCode).toBe(0);
  });

  test("shows no access key header where there is no key", async () => {
    delete process.env["KLOUDFUSE_ACCESS_KEY"];
    const { output } = await run(endpoint.host, { dryRun: true }, trusting());
    expect(output).not.toContain("X-Amz-Firehose-Access-Key");
  });

  test("with --send shows the record, and sends it no more than without", async () => {
    const { output } = await run(endpoint.host, { dryRun: true, send: true, signal: "metrics" }, trusting());
    const { requests } = parsed(output);
    const [request] = Array.isArray(requests) ? requests.map(asObject) : [];
    expect(recordsOf(JSON.stringify(request?.["body"]))).toHaveLength(1);
    expect(endpoint.received).toEqual([]);
  });
});

describe("the access key", () => {
  test.each(["table", "json"] as const)("is masked in what the endpoint says, printed as %s", async (format) => {
    endpoint.behave("echoes its headers");
    const { output } = await run(endpoint.host, { signal: "logs", format }, trusting());
    expect(endpoint.received.at(-1)?.headers["x-amz-firehose-access-key"]).toBe(KEY);
    expect(output).toContain("***");
    expect(output).not.toContain(KEY);
    expect(output.replace(/\s|│/g, "")).not.toContain(KEY);
  });

  test.each([
    ["has white space", "two words", "have no white space"],
    ["ends with a line break", "key\n", "have no white space"],
    ["is no ASCII", "schlüssel", "contain only ASCII characters"],
    ["is too long", "x".repeat(4097), "have 1 to 4096 bytes"],
  ])("that %s is refused without being shown", async (_, key, rule) => {
    process.env["KLOUDFUSE_ACCESS_KEY"] = key;
    const refused = run(endpoint.host, {}, trusting());
    await expect(refused).rejects.toThrow(
      `KLOUDFUSE_ACCESS_KEY must ${rule}, got a value that is not shown. Set it to nothing but the key.`,
    );
    expect(endpoint.received).toEqual([]);
  });

  test("is no option, so that it stands in no list of processes", () => {
    expect(probeCommand().options.map(({ long }) => long)).toEqual([
      "--format",
      "--signal",
      "--metrics-stream-name",
      "--logs-stream-name",
      "--region",
      "--profile",
      "--all",
      "--dry-run",
      "--send",
      "--timeout",
    ]);
  });
});

describe("the command", () => {
  test("ends in order when it is interrupted, and prints nothing", async () => {
    endpoint.behave("slow");
    const controller = new AbortController();
    const write = jest.spyOn(process.stdout, "write");
    const start = Date.now();
    const running = run(endpoint.host, {}, { ...trusting(), abortSignal: controller.signal });
    const wait = setInterval(() => {
      if (endpoint.received.length > 0) {
        controller.abort(new UndeterminedError("Interrupted before the end."));
      }
    }, 5);
    await expect(running).rejects.toThrow(new UndeterminedError("Interrupted before the end."));
    clearInterval(wait);
    write.mockRestore();
    expect(Date.now() - start).toBeLessThan(SLOW_MILLISECONDS);
  });

  test("prints the subjects to read, and a line that sums it up", async () => {
    const terminal = fakeTerminal({ columns: 120 });
    const { exitCode } = await run(endpoint.host, { format: "table" }, { ...trusting(), terminal });
    const text = terminal.written();
    expect(text).toMatch(/^No AWS account used, evaluated /);
    expect(text).toContain(` ${endpoint.host} `);
    expect(text).toContain(` https://${endpoint.host}/ingester/kinesis/metrics `);
    expect(text).toContain(` https://${endpoint.host}/ingester/kinesis/logs `);
    expect(text).toMatch(/\n30 checks: 2 problems, 0 unknown, 3 notes, 25 ok\n$/);
    // The endpoint of the tests is at a loopback address and another port.
    expect(exitCode).toBe(1);
  });

  test("only counts successful checks without --all", async () => {
    const { output } = await run(endpoint.host, { format: "table", all: false }, trusting());
    const [header = "", ...lines] = output.trimEnd().split("\n");
    expect(header).toMatch(/^# No AWS account used, evaluated /);
    expect(lines.pop()).toBe("# 30 checks: 2 problems, 0 unknown, 3 notes, 25 ok (list them with --all)");
    expect(lines.map((line) => line.split("\t").slice(0, 4))).toEqual([
      ["problem", "-", endpoint.host, "address"],
      ["problem", "-", endpoint.host, "port"],
      ["note", "-", endpoint.host, "TLS chain"],
      ["note", "-", `https://${endpoint.host}/ingester/kinesis/metrics`, "records"],
      ["note", "-", `https://${endpoint.host}/ingester/kinesis/logs`, "records"],
    ]);
  });

  test("prints no color where there is no terminal", async () => {
    const { output } = await run(endpoint.host, { format: "table" }, trusting());
    expect(output).not.toContain("\u001b");
  });

  test("says with every fault what to do", async () => {
    endpoint.behave({ status: 503 });
    const faults = checksOf(await run(endpoint.host, {}, trusting())).filter(({ verdict }) => verdict !== "ok");
    expect(faults.filter(({ remedy }) => !/^[A-Z].*\.$/.test(remedy))).toEqual([]);
    expect(faults.filter(({ found }) => !found.endsWith("."))).toEqual([]);
  });

  test("helps with exit codes and examples", () => {
    let help = "";
    probeCommand()
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp();
    expect(help).toContain(
      "Exit code: 0 healthy, 1 a problem was found, 2 something could not be determined, or unusable input, 130 Ctrl-C.",
    );
    expect(help).toContain("Examples:\n  kloudfuse-firehose probe\n");
    expect(help).toContain("KLOUDFUSE_ACCESS_KEY");
  });
});
