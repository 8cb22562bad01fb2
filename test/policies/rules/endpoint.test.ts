import type { Policy } from "../../../policies/policy";
import { deliverySignal } from "../../../policies/rules/delivery-signal";
import { endpointHttps } from "../../../policies/rules/endpoint-https";
import { endpointOneHost } from "../../../policies/rules/endpoint-one-host";
import { endpointPath } from "../../../policies/rules/endpoint-path";
import { endpointReachable } from "../../../policies/rules/endpoint-reachable";
import { BACKUP, HTTP, outcomesOf, STREAM } from "../../helpers/rule-plan";

const URL = `${HTTP}.url`;
const finding = (found: string, remedy: string): string => `finding ${STREAM}.logs: ${found} → ${remedy}`;
const unknown = (what: string): string =>
  `unknown ${STREAM}.logs: ${what} is not known before the apply → Evaluate the plan again after the apply.`;
const url = (policy: Policy, value: string, ...sensitive: readonly string[]): string[] =>
  outcomesOf(policy, { edits: { [STREAM]: { set: { [URL]: value }, sensitive } } });
const withHost = (host: string): string[] => url(endpointReachable, `https://${host}/ingester/kinesis/logs`);
const UNREACHABLE = "Use a name or address of the ingester that is reachable from the internet.";

describe("the host", () => {
  test.each([
    "kfuse.example.com",
    "KFUSE.example.com.",
    "8.8.8.8",
    "11.0.0.0",
    "9.255.255.255",
    "172.32.0.0",
    "172.15.255.255",
    "100.128.0.0",
    "192.169.0.0",
    "223.255.255.255",
    "local.example.com",
  ])("may be %s", (host) => {
    expect(withHost(host)).toEqual([]);
  });

  test.each([
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "255.255.255.255",
  ])("must not be the address %s", (host) => {
    expect(withHost(host)).toEqual([finding(`${host} is an address that is not on the internet`, UNREACHABLE)]);
  });

  test.each(["localhost", "kfuse"])("must not be %s, without a domain", (host) => {
    expect(withHost(host)).toEqual([finding(`${host} is a name without a domain`, UNREACHABLE)]);
  });

  test.each([
    "ingester.kfuse.svc.cluster.local",
    "ingester.kfuse.svc",
    "ip-10-0-1-5.ec2.internal",
    "kfuse.LAN",
    "a.home.arpa",
    "kfuse.local.",
  ])("must not be %s, which the internet does not know", (host) => {
    expect(withHost(host)).toEqual([finding(`${host} is a name that the internet does not know`, UNREACHABLE)]);
  });

  test("is found behind user info and in front of a port", () => {
    expect(url(endpointReachable, "https://user:s3cr3t@10.0.0.1:8443/x")).toEqual([
      finding("10.0.0.1 is an address that is not on the internet", UNREACHABLE),
    ]);
  });

  test("is not quoted where it is sensitive", () => {
    expect(url(endpointReachable, "https://10.0.0.1/x", URL)).toEqual([
      finding("(sensitive value) is an address that is not on the internet", UNREACHABLE),
    ]);
  });

  test.each(["https://<host>/x", "kfuse"])("is left to KFF-END-001 in %s", (value) => {
    expect(url(endpointReachable, value)).toEqual([]);
  });

  test("may be unknown", () => {
    expect(outcomesOf(endpointReachable, { edits: { [STREAM]: { unknown: [URL] } } })).toEqual([
      unknown("the endpoint's host"),
    ]);
  });
});

describe("the URL", () => {
  test.each(["http://kfuse.example.com/x", "https://kfuse.example.com:8443/x", "https://<host>/x"])(
    "must be https on port 443: %s",
    (value) => {
      expect(url(endpointHttps, value)).toEqual([
        finding(`${URL} is ${JSON.stringify(value)}`, "Give https://<host><path>, without port or placeholder."),
      ]);
    },
  );

  test.each([
    "/ingestor/kinesis/logs",
    "/INGESTER/KINESIS/LOGS",
    "/ingester/kinesis/logs/",
    "/ingester/kinesis/metrics",
  ])("must have the documented path, not %s", (path) => {
    expect(url(endpointPath, `https://kfuse.example.com${path}`)).toEqual([
      finding(`the path is ${path}`, "Use /ingester/kinesis/logs."),
    ]);
  });

  test("is quoted without its query", () => {
    expect(url(endpointPath, "https://kfuse.example.com/x?key=s3cr3t")).toEqual([
      finding("the path is /x?(removed)", "Use /ingester/kinesis/logs."),
    ]);
  });

  test("may be unknown", () => {
    expect(outcomesOf(endpointPath, { edits: { [STREAM]: { unknown: [URL] } } })).toEqual([
      unknown("the endpoint's URL"),
    ]);
  });
});

describe("the hosts of one module", () => {
  const both = { signals: ["metrics", "logs"] } as const;

  test("are one", () => {
    expect(outcomesOf(endpointOneHost, { options: both })).toEqual([]);
  });

  test("must not be two, and are the same in any case", () => {
    const edits = (host: string) => ({
      [`${STREAM}.logs`]: { set: { [URL]: `https://${host}/ingester/kinesis/logs` } },
    });
    expect(outcomesOf(endpointOneHost, { options: both, edits: edits("KFUSE.example.com") })).toEqual([]);
    expect(outcomesOf(endpointOneHost, { options: both, edits: edits("other.example.com") })).toEqual([
      finding("the host is other.example.com, another stream's is kfuse.example.com", "Use one ingester host."),
    ]);
  });
});

describe("the signal", () => {
  const PREFIX = `${BACKUP}.prefix`;
  const signal = (set: Readonly<Record<string, string>>, unknownPaths: readonly string[] = []): string[] =>
    outcomesOf(deliverySignal, { edits: { [STREAM]: { set, unknown: unknownPaths } } });
  const ONE = "Use the documented values of one signal.";

  test("is one", () => {
    expect(signal({})).toEqual([]);
    expect(signal({ [URL]: "https://kfuse.example.com/x", name: "kloudfuse" })).toEqual([]);
  });

  test("must not be two", () => {
    expect(signal({ [URL]: "https://kfuse.example.com/ingester/kinesis/metrics" })).toEqual([
      finding(`${URL} says metrics, ${PREFIX} says logs, ${HTTP}.name says logs, name says logs`, ONE),
    ]);
  });

  test("must be said", () => {
    const none = {
      [URL]: "https://kfuse.example.com/x",
      [PREFIX]: "failed/",
      [`${HTTP}.name`]: "telemetry",
      name: "kloudfuse",
    };
    const values = `${URL} is "https://kfuse.example.com/x", ${PREFIX} is "failed/", ${HTTP}.name is "telemetry", name is "kloudfuse"`;
    expect(signal(none)).toEqual([finding(`no setting says whether it carries metrics or logs: ${values}`, ONE)]);
    expect(signal(none, [PREFIX])).toEqual([
      `unknown ${STREAM}.logs: the signal is not known before the apply: ${values.replace('"failed/"', "not known before the apply")} → Evaluate the plan again after the apply.`,
    ]);
  });
});
