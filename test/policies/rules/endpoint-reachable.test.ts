import { endpointReachable } from "../../../policies/rules/endpoint-reachable";
import { AFTER } from "../../helpers/iam-plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const REMEDY = "Use the public host of Kloudfuse.";
const checked = (host: string, more: object = {}): string[] =>
  checkGood(endpointReachable, {
    stream: goodStream({ http: { url: `https://${host}/ingester/kinesis/logs` } }, more),
  });
const finding = (host: string, why: string): string => `finding ${STREAM}: the host is ${host}, ${why} | ${REMEDY}`;

describe("KFF-END-004", () => {
  test.each([
    ["0.1.2.3", "an address of this host (0.0.0.0/8)"],
    ["10.0.0.0", "a private address (10.0.0.0/8)"],
    ["10.255.255.255", "a private address (10.0.0.0/8)"],
    ["100.64.0.0", "a carrier-grade NAT address (100.64.0.0/10)"],
    ["100.127.255.255", "a carrier-grade NAT address (100.64.0.0/10)"],
    ["127.0.0.1", "a loopback address (127.0.0.0/8)"],
    ["169.254.169.254", "a link-local address (169.254.0.0/16)"],
    ["172.16.0.1", "a private address (172.16.0.0/12)"],
    ["172.31.255.255", "a private address (172.16.0.0/12)"],
    ["192.0.0.8", "a reserved address (192.0.0.0/24)"],
    ["192.0.2.1", "an address for documentation (192.0.2.0/24)"],
    ["192.168.1.20", "a private address (192.168.0.0/16)"],
    ["198.19.0.1", "an address for benchmarks (198.18.0.0/15)"],
    ["198.51.100.1", "an address for documentation (198.51.100.0/24)"],
    ["203.0.113.7", "an address for documentation (203.0.113.0/24)"],
    ["224.0.0.1", "a multicast address (224.0.0.0/4)"],
    ["255.255.255.255", "a reserved address (240.0.0.0/4)"],
    ["kfuse", "a name without a domain"],
    ["localhost", "a name in .localhost, which is not in the public DNS"],
    ["kfuse.local", "a name in .local, which is not in the public DNS"],
    ["ip-10-0-1-5.ec2.internal", "a name in .internal, which is not in the public DNS"],
    ["ingester.kfuse.svc", "a name in .svc, which is not in the public DNS"],
    ["ingester.kfuse.svc.cluster.local", "a name in .cluster.local, which is not in the public DNS"],
    ["kfuse.home.arpa", "a name in .home.arpa, which is not in the public DNS"],
    ["kfuse.invalid", "a name in .invalid, which is not in the public DNS"],
    ["kfuse.test", "a name in .test, which is not in the public DNS"],
    ["kfuse.example", "a name in .example, which is not in the public DNS"],
  ])("finds %s, %s", (host, why) => {
    expect(checked(host)).toEqual([finding(host, why)]);
  });

  test("reads the host without case, user info, port and final dot", () => {
    expect(checked("user:pw@KFUSE.Local:8443")).toEqual([
      finding("kfuse.local", "a name in .local, which is not in the public DNS"),
    ]);
    expect(checked("kfuse.local.")).toEqual([
      finding("kfuse.local.", "a name in .local, which is not in the public DNS"),
    ]);
  });

  test.each([
    "kfuse.example.com",
    "kfuse.example.com.",
    "34.120.10.20",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.1.1",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "mylocal.com",
    "<KLOUDFUSE_HOST>",
    "10.0.0.256",
    "",
  ])("leaves %s alone", (host) => {
    expect(checked(host)).toEqual([]);
  });

  test("says that the host is not known, and shows none that is sensitive", () => {
    expect(checked("x", { unknown: [`${HTTP}.url`] })).toEqual([
      `unknown ${STREAM}: the endpoint's host is not known before the apply | ${AFTER}`,
    ]);
    expect(checked("10.0.0.1", { sensitive: [`${HTTP}.url`] })).toEqual([
      finding("(sensitive value)", "(sensitive value)"),
    ]);
  });
});
