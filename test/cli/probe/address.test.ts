import { checkAddresses, checkPort } from "../../../cli/probe/address";
import { faultsOf, run } from "../../helpers/run-probe";

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
    ["192.0.2.0", "reserved, such as for documentation or benchmarks"],
    ["192.0.2.255", "reserved, such as for documentation or benchmarks"],
    ["198.51.100.1", "reserved, such as for documentation or benchmarks"],
    ["203.0.113.1", "reserved, such as for documentation or benchmarks"],
    ["2001:db8::1", "reserved, such as for documentation or benchmarks"],
    ["3fff::1", "reserved, such as for documentation or benchmarks"],
    ["198.18.0.0", "reserved, such as for documentation or benchmarks"],
    ["198.19.255.255", "reserved, such as for documentation or benchmarks"],
    ["2001:2::1", "benchmarking"],
    ["240.0.0.1", "reserved, such as for documentation or benchmarks"],
    ["255.255.255.255", "broadcast"],
    ["224.0.0.0", "multicast"],
    ["239.255.255.255", "multicast"],
    ["ff02::1", "multicast"],
    ["64:ff9b::808:808", "NAT64"],
    ["64:ff9b:1::1", "NAT64"],
    ["fec0::1", "special-purpose"],
    ["2002::1", "special-purpose"],
    ["fe80::1%eth0", "link-local"],
    ["not an address", "special-purpose"],
    ["::ffff:10.0.0.1", "private"],
    ["::ffff:127.0.0.1", "loopback"],
  ])("%s is pointed out as %s", (address, kind) => {
    expect(checkAddresses([address])).toMatchObject({
      verdict: "problem",
      found: `Not a public address: ${address} (${kind}). Firehose connects from the internet, and cannot reach a VPC.`,
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
    "192.0.1.255",
    "192.0.3.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
  ])("%s is public", (address) => {
    expect(checkAddresses([address])).toMatchObject({ verdict: "ok", found: `${address}: public` });
  });

  test("that is private beside a public one is pointed out alone", () => {
    expect(checkAddresses(["8.8.8.8", "10.0.0.1"]).found).toBe(
      "Not a public address: 10.0.0.1 (private). Firehose connects from the internet, and cannot reach a VPC.",
    );
  });
});

describe("a port", () => {
  test("443 is well", () => {
    expect(checkPort(443)).toMatchObject({ verdict: "ok" });
  });

  test("other than 443 is a problem", () => {
    expect(checkPort(8443)).toEqual({
      name: "port",
      verdict: "problem",
      found: "8443. Firehose delivers to port 443 only.",
      remedy: "Serve the endpoint on port 443, and leave the port out of the stream's URL.",
    });
  });

  test("and address of this machine are both found before a connection is", async () => {
    expect(faultsOf(await run("127.0.0.1:1", { signal: "metrics" })).slice(0, 2)).toEqual([
      "problem address: Not a public address: 127.0.0.1 (loopback). Firehose connects from the internet, and cannot reach a VPC.",
      "problem port: 1. Firehose delivers to port 443 only.",
    ]);
  });
});

describe("--timeout", () => {
  test.each(["0", "181", "1.5", "-1", "", "ten"])("%p is refused", async (timeout) => {
    await expect(run("127.0.0.1:1", { timeout })).rejects.toThrow(
      `--timeout must be a whole number from 1 to 180, got "${timeout}". Use a number in this range.`,
    );
  });
});
