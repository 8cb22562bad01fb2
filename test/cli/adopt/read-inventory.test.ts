import { adoptContext } from "../../../cli/adopt/context";
import { readInventory } from "../../../cli/adopt/read-inventory";
import { awsContext } from "../../../cli/aws/context";
import { UndeterminedError } from "../../../cli/exit-codes";
import { guideStream, metricStreamWith, ROLE_ARN } from "../../helpers/adoption";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { actionOf, firehoseError, jsonAnswer, queryError, s3Error } from "../../helpers/aws-stub";

let aws: AwsServer;
let calls: string[] = [];

beforeEach(async () => {
  calls = [];
  aws = await startAwsServer((request) => {
    const action = actionOf(request) || (new URLSearchParams(request.body.toString()).get("Action") ?? request.path);
    calls.push(action);
    switch (action) {
      case "ListDeliveryStreams":
        return jsonAnswer({ DeliveryStreamNames: [], HasMoreDeliveryStreams: false });
      case "ListTagsForDeliveryStream":
        return jsonAnswer({ Tags: [{ Key: "team", Value: "x" }], HasMoreTags: false });
      case "ListMetricStreams":
        return jsonAnswer({ Entries: [{ Name: "m", FirehoseArn: metricStreamWith().destinationArn }] });
      case "GetMetricStream":
        return jsonAnswer({ RoleArn: "arn:aws:iam::123456789012:role/metric" });
      case "GetRole":
        return queryError(404, "NoSuchEntity");
      case "/failures":
      case "/failures/":
        return s3Error(404, "NoSuchBucket");
      case "DescribeLogGroups":
        return firehoseError(400, "AccessDeniedException");
      default:
        return jsonAnswer({});
    }
  });
});

afterEach(async () => {
  await aws.close();
});

const read = async (
  keeps = false,
  streams = [guideStream("metrics"), guideStream("logs", { name: "mine" })],
  streamNames = {},
) =>
  await readInventory(
    adoptContext(await awsContext({}, new AbortController().signal)),
    streams.map((stream) => ({ signal: stream.signal, name: stream.name, stream, isRequired: true })),
    { keeps: () => keeps, streamNames },
    () => undefined,
  );

describe("the inventory", () => {
  test("has what the streams name, each once", async () => {
    const inventory = await read();
    expect(inventory.location).toMatchObject({ partition: "aws", region: "eu-west-1", accountId: "123456789012" });
    expect(inventory.streamNames).toEqual({ metrics: "kloudfuse-metrics", logs: "mine" });
    expect([...inventory.streamTags]).toEqual([
      ["kloudfuse-metrics", { team: "x" }],
      ["mine", { team: "x" }],
    ]);
    expect([...inventory.roles]).toEqual([
      [ROLE_ARN, undefined],
      ["arn:aws:iam::123456789012:role/metric", undefined],
    ]);
    expect([...inventory.buckets]).toEqual([["failures", undefined]]);
    expect(inventory.otherStreams).toEqual({ roles: [], buckets: [] });
    expect(inventory.errorLog).toBeInstanceOf(UndeterminedError);
    expect(inventory.sources?.filters).toBeInstanceOf(UndeterminedError);
  });

  test("has no sources where they are kept, and asks for none", async () => {
    const inventory = await read(true);
    expect(inventory.sources).toBeUndefined();
    expect(calls).not.toContain("ListMetricStreams");
    expect(calls).not.toContain("DescribeAccountPolicies");
  });

  test("has the documented name of a stream that is left out, or the one that is given", async () => {
    expect((await read(true, [guideStream("logs")])).streamNames.metrics).toBe("kloudfuse-metrics");
    const given = { metrics: "elsewhere", logs: "not found" };
    expect((await read(true, [guideStream("logs")], given)).streamNames).toEqual({
      metrics: "elsewhere",
      logs: "kloudfuse-logs",
    });
  });

  test("needs a stream", async () => {
    await expect(read(true, [])).rejects.toThrow(new UndeterminedError("There is no delivery stream to adopt."));
  });
});
