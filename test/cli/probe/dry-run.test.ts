import { dryRun, type ProbeRequest } from "../../../cli/probe/dry-run";
import { firehoseRequest } from "../../../cli/probe/request";
import type { ProbeTarget } from "../../../cli/probe/target";
import { problem } from "../../../cli/checks/check";
import { accessKeyOf, targetWith } from "../../helpers/probe";
import { fakeTerminal } from "../../helpers/terminal";

const KEY = "s3cr3t";
const NOW = 1_700_000_000_000;
const SCOPE = { accountId: undefined, regions: [], evaluatedAt: new Date("2026-11-26T04:08:31Z"), checks: [] };

const planned = (fields: Partial<ProbeTarget> = {}, key: string | undefined = KEY): ProbeRequest => {
  const target = targetWith({ contentEncoding: "NONE", ...fields });
  return { target, request: firehoseRequest(target, accessKeyOf(key), [], NOW) };
};

const text = (...requests: readonly ProbeRequest[]): string =>
  dryRun(requests, SCOPE, { format: "table" }, fakeTerminal({ isTTY: false }));
const json = (...requests: readonly ProbeRequest[]): unknown =>
  JSON.parse(dryRun(requests, SCOPE, { format: "json" }, fakeTerminal()));

describe("a dry run", () => {
  test("shows the request, with the key masked", () => {
    const own = planned();
    const { requestId, json: body } = own.request;
    expect(text(own)).toBe(
      [
        "# kloudfuse-logs",
        "POST /ingester/kinesis/logs HTTP/1.1",
        "Host: kfuse.example.com",
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        "User-Agent: Amazon Kinesis Data Firehose Agent/1.0",
        "X-Amz-Firehose-Protocol-Version: 1.0",
        `X-Amz-Firehose-Request-Id: ${requestId}`,
        "X-Amz-Firehose-Source-Arn: arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
        "X-Amz-Firehose-Access-Key: ***",
        "",
        body,
        "",
        "# Nothing was sent.",
        "",
      ].join("\n"),
    );
  });

  test("says that the body would be compressed", () => {
    expect(text(planned({ contentEncoding: "GZIP" }))).toContain(
      "\n# The body would be sent GZIP-compressed.\n# Nothing was sent.\n",
    );
  });

  test("shows no key where there is none", () => {
    expect(
      text({ ...planned(), request: firehoseRequest(targetWith(), accessKeyOf(undefined), [], NOW) }),
    ).not.toContain("Access-Key");
  });

  test("masks the key wherever it stands", () => {
    const own = planned({
      url: new URL(`https://kfuse.example.com/logs?key=${KEY}`),
      commonAttributes: { key: KEY },
    });
    expect(text(own)).not.toContain(KEY);
    expect(JSON.stringify(json(own))).not.toContain(KEY);
  });

  test("shows one request after the other", () => {
    expect(text(planned(), planned({ subject: "kloudfuse-metrics" })).match(/^# kloudfuse-.*$/gm)).toEqual([
      "# kloudfuse-logs",
      "# kloudfuse-metrics",
    ]);
  });

  test("shows what is wrong with other streams", () => {
    const checks = [{ subject: "kloudfuse-metrics", ...problem("stream", "There is none.", "Deploy it.") }];
    const output = dryRun([planned()], { ...SCOPE, checks }, { format: "table" }, fakeTerminal({ isTTY: false }));
    expect(output).toMatch(
      /# Nothing was sent\.\n# .*\nproblem\t-\tkloudfuse-metrics\tstream\tThere is none\.\tDeploy it\.\n/,
    );
  });

  test("is JSON for machines", () => {
    const own = planned({ contentEncoding: "GZIP" });
    expect(json(own)).toEqual({
      requests: [
        {
          signal: "logs",
          subject: "kloudfuse-logs",
          method: "POST",
          url: "https://kfuse.example.com/ingester/kinesis/logs",
          headers: { ...own.request.headers, "X-Amz-Firehose-Access-Key": "***" },
          isCompressed: true,
          body: { requestId: own.request.requestId, timestamp: NOW, records: [] },
        },
      ],
      summary: {
        account: null,
        regions: [],
        evaluatedAt: "2026-11-26T04:08:31.000Z",
        counts: { problem: 0, unknown: 0, note: 0, ok: 0 },
        exitCode: 0,
      },
      checks: [],
    });
  });
});
