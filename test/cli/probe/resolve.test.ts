import { lookup } from "node:dns/promises";
import { InterruptedError } from "../../../cli/aws/call";
import { resolveAddresses, type ResolvedHost } from "../../../cli/probe/resolve";

const mockLookup = jest.fn<Promise<readonly { readonly address: string }[]>, Parameters<typeof lookup>>();
jest.mock("node:dns/promises", () => ({
  lookup: async (...call: Parameters<typeof lookup>) => await mockLookup(...call),
}));

beforeEach(() => {
  mockLookup.mockReset();
});

const resolved = async (hostname: string): Promise<ResolvedHost> =>
  await resolveAddresses(hostname, { abortSignal: new AbortController().signal });

const failing = (code: string): void => {
  mockLookup.mockRejectedValue(Object.assign(new Error(`getaddrinfo ${code} ingester`), { code }));
};

describe("a host", () => {
  test("has all addresses of its name, each once", async () => {
    mockLookup.mockResolvedValue([{ address: "203.0.113.7" }, { address: "2001:db8::7" }, { address: "203.0.113.7" }]);
    expect(await resolved("ingester.example.com")).toEqual({
      outcome: {
        name: "DNS",
        verdict: "ok",
        found: "ingester.example.com resolves to 203.0.113.7, 2001:db8::7",
        remedy: "",
      },
      addresses: ["203.0.113.7", "2001:db8::7"],
    });
    expect(mockLookup).toHaveBeenCalledWith("ingester.example.com", { all: true });
  });

  test.each(["203.0.113.7", "2001:db8::7"])("that is the address %s is not looked up", async (address) => {
    expect(await resolved(address)).toEqual({
      outcome: { name: "DNS", verdict: "ok", found: `${address} is an IP address already`, remedy: "" },
      addresses: [address],
    });
    expect(mockLookup).not.toHaveBeenCalled();
  });

  test("without an address is a problem", async () => {
    failing("ENOTFOUND");
    expect(await resolved("ingester")).toEqual({
      outcome: {
        name: "DNS",
        verdict: "problem",
        found: "ingester has no address.",
        remedy: "Correct the host's name in the stream's URL (kloudfuse_ingester_host), or create its DNS record.",
      },
      addresses: [],
    });
  });

  test.each(["EAI_AGAIN", "ETIMEOUT"])("is unknown where the resolver answers %s", async (code) => {
    failing(code);
    expect(await resolved("ingester")).toEqual({
      outcome: {
        name: "DNS",
        verdict: "unknown",
        found: `ingester could not be resolved: getaddrinfo ${code} ingester.`,
        remedy: "Look at this machine's resolver and network, and run the command again.",
      },
      addresses: [],
    });
  });

  test("is unknown where the resolver does not answer within 10 seconds", async () => {
    jest.useFakeTimers();
    mockLookup.mockReturnValue(new Promise(() => undefined));
    const resolving = resolved("ingester");
    await jest.advanceTimersByTimeAsync(10_000);
    jest.useRealTimers();
    expect((await resolving).outcome).toMatchObject({
      verdict: "unknown",
      found: "ingester could not be resolved: no response within 10 s.",
    });
  });

  test("is not resolved once the command is interrupted", async () => {
    await expect(resolveAddresses("ingester", { abortSignal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
  });
});
