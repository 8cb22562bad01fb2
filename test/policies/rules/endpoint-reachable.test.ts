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
    ["0.1.2.3", "not a public address (unspecified)"],
    ["10.0.0.0", "not a public address (private)"],
    ["10.255.255.255", "not a public address (private)"],
    ["100.64.0.0", "not a public address (private)"],
    ["100.127.255.255", "not a public address (private)"],
    ["127.0.0.1", "not a public address (loopback)"],
    ["169.254.169.254", "not a public address (link-local)"],
    ["172.16.0.1", "not a public address (private)"],
    ["172.31.255.255", "not a public address (private)"],
    ["192.0.0.8", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["192.0.2.1", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["192.168.1.20", "not a public address (private)"],
    ["198.19.0.1", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["198.51.100.1", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["203.0.113.7", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["224.0.0.1", "not a public address (multicast)"],
    ["255.255.255.255", "not a public address (broadcast)"],
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
