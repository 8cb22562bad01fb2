import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logGroups, type LogGroupsOptions } from "../../../cli/log-groups/log-groups";
import { Json } from "../../e2e/helpers/json";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import {
  actionOf,
  bodyOf,
  firehoseError,
  jsonAnswer,
  type StubRequest,
  type StubResponse,
} from "../../helpers/aws-stub";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/interrupt", () => ({ interruptSignal: () => new AbortController().signal }));

const LOGS_ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";

let aws: AwsServer;
let overrides: Readonly<Record<string, StubResponse>> = {};
/** The names of the log groups; /fed feeds the stream. */
let names: string[] = [];

const DEFAULTS: Readonly<Record<string, (request: StubRequest) => StubResponse>> = {
  DescribeDeliveryStream: (request) =>
    bodyOf(request).at("DeliveryStreamName").text === "kloudfuse-logs"
      ? jsonAnswer({
          DeliveryStreamDescription: {
            DeliveryStreamName: "kloudfuse-logs",
            DeliveryStreamARN: LOGS_ARN,
            DeliveryStreamStatus: "ACTIVE",
            Destinations: [],
          },
        })
      : firehoseError(400, "ResourceNotFoundException"),
  ListDeliveryStreams: () => jsonAnswer({ DeliveryStreamNames: ["kloudfuse-logs"], HasMoreDeliveryStreams: false }),
  DescribeAccountPolicies: () => jsonAnswer({ accountPolicies: [] }),
  DescribeLogGroups: () =>
    jsonAnswer({ logGroups: names.map((logGroupName) => ({ logGroupName, logGroupClass: "STANDARD" })) }),
  DescribeSubscriptionFilters: (request) =>
    jsonAnswer({
      subscriptionFilters:
        bodyOf(request).at("logGroupName").text === "/fed" ? [{ filterName: "f", destinationArn: LOGS_ARN }] : [],
    }),
  GetMetricData: (request) =>
    jsonAnswer({
      MetricDataResults: bodyOf(request)
        .at("MetricDataQueries")
        .list.map((query) => ({ Id: query.at("Id").text, StatusCode: "Complete", Timestamps: [], Values: [] })),
    }),
};

beforeEach(async () => {
  overrides = {};
  names = ["/fed", "/open"];
  aws = await startAwsServer((request) => {
    const action = actionOf(request);
    return overrides[action] ?? DEFAULTS[action]?.(request) ?? firehoseError(400, "Unexpected");
  });
});

afterEach(async () => {
  await aws.close();
});

async function run(
  options: Partial<LogGroupsOptions> = {},
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const terminal = fakeTerminal({ isTTY: false });
  const exitCode = await logGroups({ format: "json", prefix: [], exclude: [], ...options }, terminal);
  return { exitCode, output: terminal.written() };
}

describe("the file of log groups", () => {
  let folder = "";
  let file = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-log-groups-"));
    file = join(folder, "log-groups.auto.tfvars");
    writeFileSync(file, "log_groups = {}\n");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("has what would be printed", async () => {
    const { output: printed } = await run({ format: "tfvars" });
    const { exitCode, output } = await run({ format: "tfvars", out: file });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: `Wrote ${file}: 2 log groups.\n` });
    const withoutTime = (text: string): string => text.replace(/^#.*\n/, "");
    expect(withoutTime(readFileSync(file, "utf8"))).toBe(withoutTime(printed));
  });

  test("stays as it is where a log group is undetermined", async () => {
    overrides = { DescribeSubscriptionFilters: firehoseError(400, "AccessDeniedException") };
    await expect(run({ format: "tfvars", out: file })).rejects.toThrow(
      "log_groups could not be determined for 2 log groups, such as /fed.",
    );
    expect(readFileSync(file, "utf8")).toBe("log_groups = {}\n");
  });
});

describe("the log groups of a region", () => {
  test("are listed with what subscribes them", async () => {
    const { exitCode, output } = await run();
    expect(exitCode).toBe(0);
    const report = Json.parse(output);
    expect(report.at("logGroups").list.map((group) => [group.at("name").text, group.at("state").text])).toEqual([
      ["/fed", "feeds"],
      ["/open", "open"],
    ]);
  });

  test("are named in each format", async () => {
    for (const format of ["table", "json", "tfvars"] as const) {
      expect((await run({ format })).output).toContain("/open");
    }
  });

  test("without any are an error with what was selected", async () => {
    names = [];
    await expect(run()).rejects.toThrow(
      "There is no log group in eu-west-1. Choose another --prefix, --exclude or --region.",
    );
    await expect(run({ prefix: ["/a", "/b"], exclude: ["/c", "/d"] })).rejects.toThrow(
      "There is no log group that begins with /a or /b, without /c and /d in eu-west-1.",
    );
  });

  test("are an error where AWS does not list them", async () => {
    overrides = { DescribeLogGroups: firehoseError(400, "AccessDeniedException") };
    await expect(run()).rejects.toThrow(
      "AWS denied logs:DescribeLogGroups. Grant it to the user or role that runs this command.",
    );
  });

  test.each(["DescribeAccountPolicies", "DescribeSubscriptionFilters"])(
    "are listed where AWS denies logs:%s, and are not said to be open",
    async (action) => {
      overrides = { [action]: firehoseError(400, "AccessDeniedException") };
      const { exitCode, output } = await run();
      expect(exitCode).toBe(2);
      expect(output).toContain(`AWS denied logs:${action}.`);
      expect(output).not.toContain('"state": "open"');
    },
  );
});
