import { specialRange } from "../../../policies/endpoints/address-range";

describe("the range of an address", () => {
  test.each([
    ["10.0.0.0", "private"],
    ["100.64.0.0", "private"],
    ["fc00::1", "private"],
    ["127.0.0.1", "loopback"],
    ["169.254.169.254", "link-local"],
    ["0.0.0.0", "unspecified"],
    ["255.255.255.255", "broadcast"],
    ["224.0.0.0", "multicast"],
    ["2001:2::1", "benchmarking"],
    ["64:ff9b::808:808", "NAT64"],
    ["64:ff9b:1::1", "NAT64"],
    ["192.0.2.1", "reserved, such as for documentation or benchmarks"],
    ["2002::1", "special-purpose"],
    ["not an address", "special-purpose"],
    ["::ffff:10.0.0.1", "private"],
  ])("%s: %s", (address, range) => {
    expect(specialRange(address)).toBe(range);
  });

  test.each(["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "2600::1", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(specialRange(address)).toBeUndefined();
    },
  );
});
