import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adopt } from "../../../cli/adopt/adopt";
import type { AdoptOptions } from "../../../cli/adopt/options";
import { Json } from "../../e2e/helpers/json";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { actionOf, firehoseError, jsonAnswer, queryError, s3Error, type StubResponse } from "../../helpers/aws-stub";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/interrupt", () => ({ interruptSignal: () => new AbortController().signal }));

const ROLE = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole";
let aws: AwsServer;
let folder = "";
let overrides: Readonly<Record<string, StubResponse>> = {};

const describeStream = (name: string): StubResponse =>
  name !== "kloudfuse-logs"
    ? firehoseError(400, "ResourceNotFoundException")
    : jsonAnswer({
        DeliveryStreamDescription: {
          DeliveryStreamName: name,
          DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`,
          DeliveryStreamStatus: "ACTIVE",
          DeliveryStreamType: "DirectPut",
          VersionId: "1",
          Destinations: [
            {
              DestinationId: "d",
              HttpEndpointDestinationDescription: {
                EndpointConfiguration: { Url: "https://kfuse.example.com/ingester/kinesis/logs" },
                RoleARN: ROLE,
                S3DestinationDescription: { RoleARN: ROLE, BucketARN: "arn:aws:s3:::failures" },
              },
            },
          ],
        },
      });

beforeEach(async () => {
  overrides = {};
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-adopt-"));
  aws = await startAwsServer((request) => {
    const form = new URLSearchParams(request.body.toString());
    const action = actionOf(request) || (form.get("Action") ?? request.path);
    if (overrides[action] !== undefined) {
      return overrides[action];
    }
    switch (action) {
      case "DescribeDeliveryStream":
        return describeStream(Json.parse(request.body.toString()).at("DeliveryStreamName").text);
      case "ListDeliveryStreams":
        return jsonAnswer({ DeliveryStreamNames: ["kloudfuse-logs"], HasMoreDeliveryStreams: false });
      case "ListTagsForDeliveryStream":
        return jsonAnswer({ Tags: [], HasMoreTags: false });
      case "GetRole":
        return queryError(404, "NoSuchEntity");
      case "/failures":
      case "/failures/":
        return s3Error(404, "NoSuchBucket");
      default:
        return jsonAnswer({});
    }
  });
});

afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(options: Partial<AdoptOptions> = {}): Promise<{ exitCode: number; report: Json }> {
  const terminal = fakeTerminal({ isTTY: false });
  const exitCode = await adopt({ format: "json", out: folder, ...options }, terminal);
  return { exitCode, report: Json.parse(terminal.written()) };
}

describe("adopt", () => {
  test("writes imports and variables once everything is decided", async () => {
    const { exitCode, report } = await run({ accessKey: "none" });
    expect(exitCode).toBe(0);
    const files = ["imports.tf.json", "kloudfuse.auto.tfvars.json"].map((name) => join(folder, name));
    expect(report.at("summary", "files").value).toEqual(files);
    expect(Json.parse(readFileSync(files[1] ?? "", "utf8")).value).toMatchObject({
      aws_region: "eu-west-1",
      create_metrics_stream: false,
    });
    expect(report.at("summary", "looksManaged").value).toBe(false);
  });

  test("writes nothing while a decision is open, or something is undetermined", async () => {
    expect((await run()).exitCode).toBe(1);
    overrides = { DescribeAccountPolicies: firehoseError(400, "AccessDeniedException") };
    expect((await run({ accessKey: "none" })).exitCode).toBe(2);
    expect(existsSync(join(folder, "imports.tf.json"))).toBe(false);
  });

  test("prints a table too", async () => {
    const terminal = fakeTerminal({ isTTY: false });
    await adopt({ format: "table", out: folder, accessKey: "provided", module: "module.k" }, terminal);
    expect(terminal.written()).toContain("# Written: ");
    expect(readFileSync(join(folder, "kloudfuse-module-arguments.hcl"), "utf8")).toContain("# Add access_key too");
  });

  test("hints at what Terraform made", async () => {
    const role = `<GetRoleResponse><GetRoleResult><Role><Path>/</Path><Arn>${ROLE}</Arn></Role></GetRoleResult></GetRoleResponse>`;
    const policies =
      "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>KloudfuseFirehoseDelivery</member></PolicyNames></ListRolePoliciesResult></ListRolePoliciesResponse>";
    overrides = {
      GetRole: { body: role },
      ListRolePolicies: { body: policies },
      ListAttachedRolePolicies: { body: "<ListAttachedRolePoliciesResponse/>" },
      ListRoleTags: { body: "<ListRoleTagsResponse/>" },
      DescribeLogGroups: jsonAnswer({
        logGroups: [{ logGroupName: "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs", arn: "arn" }],
      }),
    };
    expect((await run({ accessKey: "none" })).report.at("summary", "looksManaged").value).toBe(true);
  });

  test("needs the streams that are asked for", async () => {
    await expect(run({ metricsStreamName: "other" })).rejects.toThrow(
      "There is no delivery stream other in eu-west-1: the only stream is kloudfuse-logs. Name it with --metrics-stream-name, its region with --region, or choose only the other stream with --signal.",
    );
  });
});
