import { createServer, type Server } from "node:net";
import { InterruptedError } from "../../../cli/aws/call";
import { causeOf } from "../../../cli/causes/diagnose";
import { connectTcp } from "../../../cli/probe/tcp";

const signal = new AbortController().signal;
let server: Server;
let port = 0;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" ? (address?.port ?? 0) : 0;
});

afterEach(() => {
  server.close();
});

describe("an endpoint", () => {
  test("is reached at its address", async () => {
    expect(await connectTcp(["127.0.0.1"], port, { abortSignal: signal })).toEqual({
      outcome: {
        name: "TCP",
        verdict: "ok",
        found: expect.stringMatching(/^connected to 127\.0\.0\.1 in \d+ ms$/) as string,
        remedy: "",
      },
      address: "127.0.0.1",
    });
  });

  test("is not reached where nothing listens", async () => {
    const { address, outcome } = await connectTcp(["127.0.0.2", "127.0.0.3"], port, { abortSignal: signal });
    expect(address).toBeUndefined();
    expect(outcome).toEqual({
      name: "TCP",
      verdict: "problem",
      found: `No connection to port ${port} of 127.0.0.2 (ECONNREFUSED), 127.0.0.3 (ECONNREFUSED).`,
      remedy: causeOf("unreachable").fix,
    });
  });

  test("is a problem where one IPv4 address of two is not reached, and the other one is used", async () => {
    const { address, outcome } = await connectTcp(["127.0.0.2", "127.0.0.1"], port, { abortSignal: signal });
    expect(address).toBe("127.0.0.1");
    expect(outcome.verdict).toBe("problem");
    expect(outcome.found).toMatch(/^Connected to 127\.0\.0\.1 in \d+ ms, not to 127\.0\.0\.2 \(ECONNREFUSED\)\.$/);
    expect(outcome.remedy).toBe("Fix the address that accepts no connection, or remove it from the DNS.");
  });

  test("is noted where IPv6 alone is not reached: this machine may have none", async () => {
    const { address, outcome } = await connectTcp(["::1", "127.0.0.1"], port, { abortSignal: signal });
    expect({ address, verdict: outcome.verdict }).toEqual({ address: "127.0.0.1", verdict: "note" });
    expect(outcome.found).toMatch(/^Connected to 127\.0\.0\.1 in \d+ ms, not to ::1 \(E[A-Z]+\)\.$/);
    expect(outcome.remedy).toBe(
      "No action needed if this machine has no IPv6. Otherwise fix the address, or remove it from the DNS.",
    );
  });

  test("is a problem where IPv6 and an IPv4 address are not reached", async () => {
    const { outcome } = await connectTcp(["::1", "127.0.0.2", "127.0.0.1"], port, { abortSignal: signal });
    expect(outcome.verdict).toBe("problem");
  });

  test("is not tried once the command is interrupted", async () => {
    await expect(connectTcp(["127.0.0.1"], port, { abortSignal: AbortSignal.abort() })).rejects.toThrow(
      InterruptedError,
    );
  });
});
