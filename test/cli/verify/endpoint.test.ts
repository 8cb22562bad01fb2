import { expectedStackWith } from "../../helpers/fleet";
import { endpointOutcomes } from "../../../cli/verify/endpoint";
import { outcomeLine } from "../../helpers/outcomes";

const HOST = "https://kfuse.example.com";
const GOOD = [
  "ok endpoint scheme: https",
  "ok endpoint host: kfuse.example.com",
  "ok endpoint path: /ingester/kinesis/logs",
];
const lines = (url: string): string[] => endpointOutcomes("logs", url).map(outcomeLine);
const faults = (url: string): string[] => lines(url).filter((line) => !line.startsWith("ok "));

describe("the URL of a stream", () => {
  test.each(["", ":443", "/"])("is as documented", (port) => {
    expect(lines(`${HOST}${port === "/" ? "" : port}/ingester/kinesis/logs`)).toEqual(GOOD);
  });

  test("has the host of the fleet file, whatever its case", () => {
    const hostOutcome = (host: string): unknown =>
      endpointOutcomes("logs", `${HOST}/ingester/kinesis/logs`, expectedStackWith({ host }))[1];
    expect(hostOutcome("KFuse.example.com")).toMatchObject({ verdict: "ok", found: "kfuse.example.com" });
    expect(hostOutcome("other.example.com")).toEqual({
      name: "endpoint host",
      verdict: "problem",
      found: "kfuse.example.com, other.example.com in fleet.json",
      remedy: "Deploy the stack, or correct kloudfuse_ingester_host in fleet.json.",
    });
  });

  test("has the path of its own signal", () => {
    expect(endpointOutcomes("metrics", `${HOST}/ingester/kinesis/metrics`).map(({ verdict }) => verdict)).toEqual([
      "ok",
      "ok",
      "ok",
    ]);
    expect(faults(`${HOST}/ingester/kinesis/metrics`)).toEqual([
      "problem endpoint path: /ingester/kinesis/metrics, documented /ingester/kinesis/logs",
    ]);
  });

  test.each([
    ["http://kfuse.example.com/ingester/kinesis/logs", "problem endpoint scheme: http"],
    [`${HOST}:8443/ingester/kinesis/logs`, "problem endpoint host: kfuse.example.com:8443"],
    [
      `${HOST}/ingester/kinesis/logs/`,
      "problem endpoint path: /ingester/kinesis/logs/, documented /ingester/kinesis/logs",
    ],
    [HOST, "problem endpoint path: /, documented /ingester/kinesis/logs"],
    ["", "problem endpoint URL: is not a URL"],
    ["kfuse.example.com", "problem endpoint URL: is not a URL"],
  ])("%s has one fault", (url, fault) => {
    expect(faults(url)).toEqual([fault]);
  });

  test("has a long path shortened", () => {
    const [fault = ""] = faults(`${HOST}/${"x".repeat(300)}`);
    expect(fault).toBe(`problem endpoint path: /${"x".repeat(198)}…, documented /ingester/kinesis/logs`);
  });

  test.each([
    `${HOST}/ingester/kinesis/logs?key=s3cr3t`,
    "https://s3cr3t@kfuse.example.com/ingester/kinesis/logs",
    "https://user:s3cr3t@kfuse.example.com/ingester/kinesis/logs",
  ])("shows no query and no credentials", (url) => {
    expect(lines(url)).toEqual([...GOOD, "note endpoint URL: has a query or credentials, not shown here"]);
    expect(JSON.stringify(endpointOutcomes("logs", url))).not.toContain("s3cr3t");
  });

  test("says what to set, for each fault", () => {
    const remedies = endpointOutcomes("logs", "http://kfuse.example.com:80/").map(({ remedy }) => remedy);
    expect(remedies).toEqual([
      "Firehose delivers over HTTPS only: set https://<ingester host>/ingester/kinesis/logs.",
      "",
      "Kloudfuse accepts logs only at https://<ingester host>/ingester/kinesis/logs: correct the URL.",
    ]);
  });
});
