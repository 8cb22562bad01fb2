import { endpointOneHost } from "../../../policies/rules/endpoint-one-host";
import type { JsonObject } from "../../../iam/json";
import { AFTER, ROLE_ARN } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const METRICS = STREAM.replace("logs", "metrics");
const URL = "https://other.example.com/ingester/kinesis/metrics";

/** Metrics of the same environment, to another host. */
const metrics = (
  {
    url = URL,
    http = {},
    backup = {},
    values = {},
  }: { url?: string; http?: JsonObject; backup?: JsonObject; values?: JsonObject } = {},
  more: Partial<PlannedChange> = {},
): PlannedChange => goodStream({ address: METRICS, signal: "metrics", http: { url, ...http }, backup, values }, more);

const finding = (address: string, own: string, first: string): string =>
  `finding ${address}: the host is ${own}, another stream's is ${first} | Use one ingester host.`;

describe("KFF-END-003", () => {
  test("finds two hosts in one environment", () => {
    expect(checkGood(endpointOneHost, {}, [metrics()])).toEqual([
      finding(METRICS, "other.example.com", "kfuse.example.com"),
    ]);
  });

  test.each([
    ["one host", "https://kfuse.example.com/ingester/kinesis/metrics"],
    ["one host in another case", "https://KFUSE.example.com/ingester/kinesis/metrics"],
    ["one host with user info", "https://user@kfuse.example.com/ingester/kinesis/metrics"],
    ["one host with a port", "https://kfuse.example.com:443/ingester/kinesis/metrics"],
    ["no host", "ingester/kinesis/metrics"],
  ])("accepts %s", (_, url) => {
    expect(checkGood(endpointOneHost, {}, [metrics({ url })])).toEqual([]);
  });

  test.each<[string, PlannedChange]>([
    ["another role", metrics({ http: { role_arn: `${ROLE_ARN}-2` } })],
    ["another bucket", metrics({ backup: { bucket_arn: "arn:aws:s3:::stage" } })],
    ["another name", metrics({ values: { name: "stage-metrics" } })],
    ["another region", metrics({ values: { region: "us-east-1" } })],
    ["another module", { ...metrics(), address: `module.stage.${METRICS}` }],
  ])("takes a stream with %s for another environment", (_, stream) => {
    expect(checkGood(endpointOneHost, {}, [stream])).toEqual([]);
  });

  test("ignores the case of the signal in the names", () => {
    expect(checkGood(endpointOneHost, {}, [metrics({ values: { name: "kloudfuse-METRICS" } })])).toHaveLength(1);
  });

  test("compares with the first stream of the environment", () => {
    const third = { ...metrics({ url: "https://third.example.com/" }), address: STREAM.replace("logs", "third") };
    expect(checkGood(endpointOneHost, {}, [metrics(), third])).toEqual([
      finding(METRICS, "other.example.com", "kfuse.example.com"),
      finding(third.address, "third.example.com", "kfuse.example.com"),
    ]);
  });

  test("compares streams whose name, role and bucket are known by reference", () => {
    const unknown = [`${HTTP}.role_arn`, `${BACKUP}.bucket_arn`, "name"];
    const references = {
      [`${HTTP}.role_arn`]: ["aws_iam_role.firehose.arn"],
      [`${BACKUP}.bucket_arn`]: ["aws_s3_bucket.backup.arn"],
    };
    const stream = goodStream({}, { unknown, references });
    expect(checkGood(endpointOneHost, { stream }, [metrics({}, { unknown, references })])).toHaveLength(1);
  });

  test("says that a host is not known, and shows none that is sensitive", () => {
    expect(checkGood(endpointOneHost, { stream: goodStream({}, { unknown: [`${HTTP}.url`] }) })).toEqual([
      `unknown ${STREAM}: the endpoint's host is not known before the apply | ${AFTER}`,
    ]);
    expect(checkGood(endpointOneHost, {}, [metrics({}, { sensitive: [`${HTTP}.url`] })])).toEqual([
      finding(METRICS, "(sensitive value)", "kfuse.example.com"),
    ]);
    const stream = goodStream({}, { sensitive: [`${HTTP}.url`] });
    expect(checkGood(endpointOneHost, { stream }, [metrics()])).toEqual([
      finding(METRICS, "other.example.com", "(sensitive value)"),
    ]);
  });
});
