import { endpointPart } from "../../../cli/adopt/endpoint";
import { decisionsWith, guideStream, linesOf } from "../../helpers/adoption";

const partOf = (...urls: readonly string[]) =>
  endpointPart(
    {
      streams: urls.map((url, index) => guideStream(index === 0 ? "metrics" : "logs", { destination: { url } })),
    },
    decisionsWith(),
  );

describe("the host of the ingester", () => {
  test("is that of both streams; port 443 may be named", () => {
    const part = partOf(
      "https://kfuse.example.com/ingester/kinesis/metrics",
      "https://kfuse.example.com:443/ingester/kinesis/logs",
    );
    expect(part).toEqual({ items: [], inputs: { kloudfuseIngesterHost: "kfuse.example.com" } });
  });

  test.each([
    ["http://kfuse.example.com/ingester/kinesis/metrics", "http://kfuse.example.com/ingester/kinesis/metrics"],
    [
      "https://kfuse.example.com:8443/ingester/kinesis/metrics",
      "https://kfuse.example.com:8443/ingester/kinesis/metrics",
    ],
    ["https://kfuse.example.com/other", "https://kfuse.example.com/other"],
    [
      "https://kfuse.example.com/ingester/kinesis/metrics?key=s3cr3t",
      "https://kfuse.example.com/ingester/kinesis/metrics",
    ],
    [
      "https://a:s3cr3t@kfuse.example.com/ingester/kinesis/metrics",
      "https://kfuse.example.com/ingester/kinesis/metrics",
    ],
    ["<host>", "is not a URL"],
  ])("is a decision for %s, of which no secret is shown", (url, shown) => {
    expect(linesOf(partOf(url))).toEqual([
      `decide stream kloudfuse-metrics: endpoint URL: ${shown}; the module delivers to https://<ingester host>/ingester/kinesis/metrics`,
    ]);
  });

  test("is one: two are a decision", () => {
    expect(
      linesOf(partOf("https://a.example.com/ingester/kinesis/metrics", "https://b.example.com/ingester/kinesis/logs")),
    ).toEqual([
      "decide streams: kloudfuse_ingester_host: the streams deliver to a.example.com and b.example.com; the module has one host",
    ]);
  });

  test("is the one that the user names", () => {
    const streams = [guideStream("metrics", { destination: { url: "<host>" } })];
    expect(endpointPart({ streams }, decisionsWith({ ingesterHost: "b.example.com" }))).toEqual({
      inputs: { kloudfuseIngesterHost: "b.example.com" },
    });
  });
});
