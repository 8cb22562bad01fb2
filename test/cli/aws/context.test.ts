import { ListDeliveryStreamsCommand } from "@aws-sdk/client-firehose";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { awsContext } from "../../../cli/aws/context";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { jsonAnswer, type StubRequest } from "../../helpers/aws-stub";

let aws: AwsServer;
let requests: StubRequest[] = [];

async function start(variables: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
  requests = [];
  aws = await startAwsServer((request) => {
    requests.push(request);
    return request.method === "GET" ? { body: "<ListBucketResult></ListBucketResult>" } : jsonAnswer({});
  }, variables);
}

afterEach(async () => {
  await aws.close();
});

const { signal } = new AbortController();

describe("the context of a command", () => {
  test("has the region of the environment", async () => {
    await start({ AWS_REGION: "eu-central-1" });
    expect((await awsContext({}, signal)).region).toBe("eu-central-1");
  });

  test("has the region that is chosen, for both clients", async () => {
    await start({ AWS_REGION: "eu-central-1" });
    const { region, firehose, s3, settings, abortSignal } = await awsContext({ region: "us-west-2" }, signal);
    expect({ region, setting: settings.region, abortSignal }).toEqual({
      region: "us-west-2",
      setting: "us-west-2",
      abortSignal: signal,
    });
    await firehose.send(new ListDeliveryStreamsCommand());
    await s3.send(new ListObjectsV2Command({ Bucket: "backup" }));
    expect(
      requests.map(({ headers }) => /\/([a-z0-9-]+)\/(?:firehose|s3)\//.exec(headers["authorization"] ?? "")?.[1]),
    ).toEqual(["us-west-2", "us-west-2"]);
  });

  test("ends the requests of both clients with its signal", async () => {
    await start();
    const { firehose, s3 } = await awsContext({}, AbortSignal.abort());
    await expect(firehose.send(new ListDeliveryStreamsCommand())).rejects.toMatchObject({ name: "AbortError" });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: "backup" }))).rejects.toMatchObject({ name: "AbortError" });
    expect(requests).toEqual([]);
  });

  test("is none without a region", async () => {
    await start({ AWS_REGION: undefined });
    await expect(awsContext({}, signal)).rejects.toThrow(
      "The AWS region is missing. Set it with --region, AWS_REGION or in the profile.",
    );
  });

  test("is none with a profile that is not configured", async () => {
    await start();
    await expect(awsContext({ profile: "nobody", region: "eu-west-1" }, signal)).rejects.toThrow(
      'AWS profile "nobody" is not configured; configured: none.',
    );
  });
});
