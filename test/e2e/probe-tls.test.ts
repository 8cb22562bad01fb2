import { createServer } from "node:net";
import {
  type CertificateKind,
  type EndpointOptions,
  type FirehoseEndpoint,
  startFirehoseEndpoint,
} from "./helpers/firehose-endpoint";
import { checksOf, faultsOf, namesOf, type ProbeRun, run } from "../helpers/run-probe";

jest.mock("../../cli/probe/address", () => ({
  checkAddresses: () => ({ name: "address", verdict: "ok", found: "", remedy: "" }),
  checkPort: () => ({ name: "port", verdict: "ok", found: "", remedy: "" }),
}));

const mockLookup = jest.fn<Promise<{ address: string }[]>, []>();
jest.mock("node:dns/promises", () => ({ lookup: () => mockLookup() }));

const KEY = "s3cr3t-access-key";
const WITHHELD_KEY = "note access key: Not sent: the TLS connection is not verified, and others could read the key.";

beforeEach(() => {
  process.env["KLOUDFUSE_ACCESS_KEY"] = KEY;
});

afterEach(() => {
  delete process.env["KLOUDFUSE_ACCESS_KEY"];
  mockLookup.mockReset();
});

async function probed(
  options: EndpointOptions,
  host: (endpoint: FirehoseEndpoint) => string = (endpoint) => endpoint.host,
): Promise<{ readonly ran: ProbeRun } & Pick<FirehoseEndpoint, "received" | "serverNames">> {
  const endpoint = await startFirehoseEndpoint(options);
  try {
    const ran = await run(host(endpoint), { signal: "logs" }, { authorities: endpoint.authority });
    return { ran, received: endpoint.received, serverNames: endpoint.serverNames };
  } finally {
    await endpoint.stop();
  }
}

const about = (ran: ProbeRun, stage: string): string[] => faultsOf(ran).filter((fault) => fault.includes(` ${stage}`));

/** What the host's name resolves to; the resolver of the machine is not asked. */
const resolvesTo = (...addresses: string[]): void => {
  mockLookup.mockResolvedValue(addresses.map((address) => ({ address })));
};

const failsToResolve = (code: string): void => {
  mockLookup.mockRejectedValue(Object.assign(new Error(`getaddrinfo ${code}`), { code }));
};

describe("the certificate", () => {
  test("of a known authority, for the host and in time is well, and the authority is named", async () => {
    const { ran } = await probed({});
    const found = new Map(checksOf(ran).map((check) => [check.name, check.found]));
    expect(found.get("TLS protocol")).toBe("TLSv1.3");
    expect(found.get("TLS chain")).toMatch(/^issued by "Test Root", authority "Test Root"/);
    expect(found.get("TLS name")).toBe('for "DNS:localhost, IP Address:127.0.0.1"');
    expect(found.get("TLS expiry")).toMatch(/^valid for 100 days, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(ran.exitCode).toBe(0);
  });

  test("of an authority that only this machine trusts is noted", async () => {
    const { ran } = await probed({});
    expect(faultsOf(ran)).toEqual([
      'note TLS chain: issued by "Test Root", authority "Test Root": this machine trusts it, but it is not one of Node\'s public authorities.',
      "note records: No record was tried: the request carried none.",
    ]);
  });

  test.each<[CertificateKind, RegExp]>([
    ["expired", /^problem TLS expiry: The certificate expired at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.$/],
    [
      "for another name",
      /^problem TLS name: The certificate is for "DNS:other\.example\.com", not for 127\.0\.0\.1\.$/,
    ],
    [
      "self-signed",
      /^problem TLS chain: The certificate is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\); issued by "localhost"\.$/,
    ],
    [
      "without intermediate",
      /^problem TLS chain: An intermediate certificate is missing, or the authority is not known \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\); issued by "Test Intermediate"\.$/,
    ],
  ])("that is %s is the one problem, and the protocol is evaluated all the same", async (certificate, fault) => {
    const { ran } = await probed({ certificate });
    const problems = faultsOf(ran).filter((found) => found.startsWith("problem"));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(fault);
    expect(namesOf(ran)).toContain("ok response request id");
    expect(ran.exitCode).toBe(1);
  });

  test.each<CertificateKind>(["expired", "for another name", "self-signed", "without intermediate"])(
    "that is %s keeps the access key back, and that is said",
    async (certificate) => {
      const { ran, received } = await probed({ certificate, accessKey: KEY });
      expect(faultsOf(ran)).toContain(WITHHELD_KEY);
      expect(faultsOf(ran)).toContain(
        "unknown response status: The endpoint answers 401 to a request without access key.",
      );
      expect(received).toHaveLength(2);
      expect(JSON.stringify(received)).not.toContain(KEY);
      expect(ran.output).not.toContain(KEY);
    },
  );

  test("of an authority that is not known is a problem", async () => {
    const endpoint = await startFirehoseEndpoint();
    try {
      // Not given an authority, Node knows its own alone.
      const ran = await run(endpoint.host, { signal: "logs" });
      expect(about(ran, "TLS chain")).toHaveLength(1);
      expect(about(ran, "TLS chain")[0]).toMatch(/^problem TLS chain: /);
      expect(JSON.stringify(endpoint.received)).not.toContain(KEY);
    } finally {
      await endpoint.stop();
    }
  });

  test("that expires within a fortnight is noted, and the access key is sent", async () => {
    const { ran, received } = await probed({ certificate: "expiring" });
    expect(about(ran, "TLS expiry")[0]).toMatch(/^note TLS expiry: The certificate expires in 10 days, at /);
    expect(received.at(-1)?.headers["x-amz-firehose-access-key"]).toBe(KEY);
    expect(ran.exitCode).toBe(0);
  });

  test("is asked for by the host's name", async () => {
    resolvesTo("127.0.0.1");
    const { ran, received, serverNames } = await probed(
      { certificate: "for another name" },
      ({ port }) => `other.example.com:${port}`,
    );
    expect(namesOf(ran)).toContain("ok TLS name");
    expect(received.at(-1)?.headers["x-amz-firehose-access-key"]).toBe(KEY);
    expect(serverNames).toEqual(["other.example.com", "other.example.com", "other.example.com"]);
    expect(received.at(-1)?.headers.host).toMatch(/^other\.example\.com:\d+$/);
  });

  test("is asked for without a name where the host is an address", async () => {
    const { serverNames } = await probed({});
    expect(serverNames).toEqual([]);
  });
});

describe("TLS", () => {
  test("1.2 is well", async () => {
    const { ran } = await probed({ maxVersion: "TLSv1.2" });
    expect(checksOf(ran).find(({ name }) => name === "TLS protocol")).toMatchObject({
      verdict: "ok",
      found: "TLSv1.2",
    });
  });

  test("1.1 is a problem, and no request is sent", async () => {
    const { ran, received } = await probed({ maxVersion: "TLSv1.1" });
    expect(faultsOf(ran)).toEqual(["problem TLS protocol: The endpoint supports TLSv1.1 only."]);
    expect(received).toEqual([]);
  });

  test("that is not spoken at all is a problem, and no request is sent", async () => {
    const received = new Array<string>();
    const server = createServer((socket) => {
      socket
        .on("error", () => undefined)
        .once("data", (data) => {
          received.push(data.toString("latin1"));
          socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const ran = await run(`127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`, { signal: "logs" });
    await new Promise((resolve) => server.close(resolve));
    expect(faultsOf(ran)).toHaveLength(1);
    expect(faultsOf(ran)[0]).toMatch(/^problem TLS: No TLS connection: /);
    expect(received.join("")).not.toContain("POST");
    expect(ran.exitCode).toBe(1);
  });
});

describe("the connection", () => {
  test("to a name without address is a problem, and nothing is tried", async () => {
    failsToResolve("ENOTFOUND");
    const ran = await run("nowhere.example.com", { signal: "logs" });
    expect(faultsOf(ran)).toEqual(["problem DNS: nowhere.example.com has no address."]);
    expect(namesOf(ran)).toEqual(["problem DNS", "ok port", "ok access key"]);
    expect(ran.exitCode).toBe(1);
  });

  test("to a name that the resolver cannot determine is unknown, and no problem", async () => {
    failsToResolve("EAI_AGAIN");
    const ran = await run("ingester.example.com", { signal: "logs" });
    expect(faultsOf(ran)).toEqual(["unknown DNS: ingester.example.com could not be resolved: getaddrinfo EAI_AGAIN."]);
    expect(ran.exitCode).toBe(2);
  });

  test("that is refused is a problem, and nothing further is tried", async () => {
    const endpoint = await startFirehoseEndpoint();
    await endpoint.stop();
    const ran = await run(endpoint.host, { signal: "logs" });
    expect(faultsOf(ran)).toEqual([`problem TCP: No connection to port ${endpoint.port} of 127.0.0.1 (ECONNREFUSED).`]);
    expect(namesOf(ran)).toEqual(["ok DNS", "ok address", "ok port", "problem TCP", "ok access key"]);
    expect(ran.exitCode).toBe(1);
  });

  test("to one of two addresses is a problem that names the other, and the request goes to the one", async () => {
    resolvesTo("127.0.0.2", "127.0.0.1");
    const { ran, received } = await probed({}, ({ port }) => `localhost:${port}`);
    expect(about(ran, "TCP")[0]).toMatch(
      /^problem TCP: Connected to 127\.0\.0\.1 in \d+ ms, not to 127\.0\.0\.2 \(ECONNREFUSED\)\.$/,
    );
    expect(received).toHaveLength(2);
  });

  test("over IPv4 alone is only noted, for this machine may have no IPv6", async () => {
    resolvesTo("::1", "127.0.0.1");
    const { ran } = await probed({}, ({ port }) => `localhost:${port}`);
    expect(about(ran, "TCP")[0]).toMatch(/^note TCP: Connected to 127\.0\.0\.1 in \d+ ms, not to ::1 \(\w+\)\.$/);
    expect(ran.exitCode).toBe(0);
  });
});
