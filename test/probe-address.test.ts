import { judgeAddresses, judgePort } from "../cli/probe/address";
import { endpointOf } from "../cli/probe/endpoint";
import { faultsOf, run } from "./helpers/run-probe";

describe("an address", () => {
  test.each([
    ["10.0.0.0", "private"],
    ["10.255.255.255", "private"],
    ["172.16.0.0", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["100.64.0.0", "private"],
    ["100.127.255.255", "private"],
    ["fc00::1", "private"],
    ["fdff::1", "private"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.255", "loopback"],
    ["::1", "loopback"],
    ["169.254.169.254", "link-local"],
    ["fe80::1", "link-local"],
    ["febf::1", "link-local"],
    ["0.0.0.0", "unspecified"],
    ["::", "unspecified"],
    ["::ffff:10.0.0.1", "private"],
    ["::ffff:127.0.0.1", "loopback"],
  ])("%s is pointed out as %s", (address, kind) => {
    expect(judgeAddresses([address])).toMatchObject({
      verdict: "problem",
      found: `Not a public address: ${address} (${kind}). Firehose comes from the internet, and cannot reach a VPC.`,
    });
  });

  test.each([
    "9.255.255.255",
    "11.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "fec0::1",
  ])("%s is public", (address) => {
    expect(judgeAddresses([address])).toMatchObject({ verdict: "ok", found: `${address}: public` });
  });

  test("that is private beside a public one is pointed out alone", () => {
    expect(judgeAddresses(["8.8.8.8", "10.0.0.1"]).found).toBe(
      "Not a public address: 10.0.0.1 (private). Firehose comes from the internet, and cannot reach a VPC.",
    );
  });
});

describe("a port", () => {
  test("443 is well", () => {
    expect(judgePort(443)).toMatchObject({ verdict: "ok" });
  });

  test("other than 443 is a problem", () => {
    expect(judgePort(8443)).toEqual({
      name: "port",
      verdict: "problem",
      found: "8443. Firehose delivers to port 443 only.",
      remedy: "Serve the endpoint on port 443, and leave the port out of the stream's URL.",
    });
  });

  test("and address of this machine are both found before a connection is", async () => {
    expect(faultsOf(await run("127.0.0.1:1", { signal: "metrics" })).slice(0, 2)).toEqual([
      "problem address: Not a public address: 127.0.0.1 (loopback). Firehose comes from the internet, and cannot reach a VPC.",
      "problem port: 1. Firehose delivers to port 443 only.",
    ]);
  });
});

describe("the host", () => {
  test.each([
    ["ingester.example.com", "ingester.example.com", 443],
    ["203.0.113.7", "203.0.113.7", 443],
    ["localhost:8443", "localhost", 8443],
    ["203.0.113.7:65535", "203.0.113.7", 65535],
  ])("%s is read", (text, hostname, port) => {
    expect(endpointOf(text)).toEqual({ hostname, port });
  });

  test.each([
    "",
    "https://ingester.example.com",
    "ingester.example.com/ingester",
    "ingester.example.com:",
    "ingester.example.com:0",
    "ingester.example.com:65536",
    "ingester.example.com:443:443",
    "<kloudfuse-ingester-host>",
    "256.1.1.1",
    "::1",
    "in gester",
    "-ingester.example.com",
  ])("%p is refused with the rule, what was received and what to do", async (text) => {
    await expect(run(text)).rejects.toThrow(
      `host must be a DNS name or an IPv4 address, with a port behind a colon if it is not 443, got "${text}". ` +
        "Give the ingester's host without scheme and path, such as ingester.example.com.",
    );
  });

  test("is refused without the password in it", () => {
    expect(() => endpointOf("https://user:pa55word@ingester.example.com")).toThrow(/got "https:\/\/\*\*\*@ingester/);
  });
});

describe("--timeout", () => {
  test.each(["0", "181", "1.5", "-1", "", "ten"])("%p is refused", async (timeout) => {
    await expect(run("127.0.0.1:1", { timeout })).rejects.toThrow(
      `--timeout must be a whole number from 1 to 180, got "${timeout}".`,
    );
  });
});
