import { endpointPath } from "../../../policies/rules/endpoint-path";
import { AFTER } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { checkGood, goodStream, HTTP, type StreamBlocks, STREAM } from "../../helpers/rule-plan";

const LOGS = "/ingester/kinesis/logs";
const checked = (url: unknown, settings: StreamBlocks = {}, more: Partial<PlannedChange> = {}): string[] =>
  checkGood(endpointPath, {
    stream: goodStream({ ...settings, http: { url, ...settings.http } }, more),
  });
const finding = (path: string, use = LOGS): string => `finding ${STREAM}: the path is ${path} | Use ${use}.`;

describe("KFF-END-002", () => {
  test.each([
    "/INGESTER/KINESIS/LOGS",
    "/ingestor/kinesis/logs",
    `${LOGS}/`,
    "/ingester/kinesis/metrics",
    "/",
    "/x/logs",
  ])("finds %s", (path) => {
    expect(checked(`https://kfuse.example.com${path}`)).toEqual([finding(path)]);
  });

  test.each(["https://kfuse.example.com", "HTTPS://kfuse.example.com", "https://user@kfuse.example.com"])(
    "reads the path behind %s",
    (origin) => {
      expect(checked(`${origin}${LOGS}`)).toEqual([]);
      expect(checked(`${origin}/x`)).toEqual([finding("/x")]);
    },
  );

  test("shows no query and no fragment", () => {
    expect(checked(`https://kfuse.example.com${LOGS}?key=s3cr3t`)).toEqual([finding(`${LOGS}?(removed)`)]);
    expect(checked(`https://kfuse.example.com${LOGS}#s3cr3t\ns3cr3t`)).toEqual([finding(`${LOGS}?(removed)`)]);
  });

  test("takes a metrics stream for one", () => {
    const metrics = { signal: "metrics", address: STREAM.replace("logs", "metrics") } as const;
    const at = (path: string): string[] => checked(`https://kfuse.example.com${path}`, metrics);
    expect(at("/ingester/kinesis/metrics")).toEqual([]);
    expect(at(LOGS)).toEqual([`finding ${metrics.address}: the path is ${LOGS} | Use /ingester/kinesis/metrics.`]);
  });

  test("accepts either path where the signal is undecided, and no other", () => {
    const undecided: StreamBlocks = {
      address: STREAM.replace("logs", "this"),
      http: { name: "kloudfuse" },
      backup: { prefix: "failed/" },
      values: { name: "telemetry" },
    };
    expect(checked("https://kfuse.example.com/x", undecided)).toEqual([
      `finding ${STREAM.replace("logs", "this")}: the path is /x | Use /ingester/kinesis/metrics or ${LOGS}.`,
    ]);
  });

  test("finds that there is no URL", () => {
    expect(checked(undefined)).toEqual([finding("")]);
  });

  test("says that the URL is not known, and quotes none that is sensitive", () => {
    expect(checked("", {}, { unknown: [`${HTTP}.url`] })).toEqual([
      `unknown ${STREAM}: the endpoint's URL is not known before the apply | ${AFTER}`,
    ]);
    expect(checked("https://kfuse.example.com/x", {}, { sensitive: [`${HTTP}.url`] })).toEqual([
      finding("(sensitive value)"),
    ]);
  });
});
