import { documentedTargets, streamTargets, type Targets } from "../../../cli/probe/target";
import type { StreamOptions } from "../../../cli/options";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { actionOf, firehoseError, jsonAnswer } from "../../helpers/aws-stub";

describe("the targets of a host", () => {
  test("are the guide's, and AWS is not asked", () => {
    const { targets, ...rest } = documentedTargets("kfuse.example.com:8443", {});
    expect(rest).toEqual({ checks: [], accountId: undefined, regions: [] });
    expect(targets.map(({ url, ...target }) => ({ url: url.href, ...target }))).toEqual(
      (["metrics", "logs"] as const).map((signal) => ({
        subject: `https://kfuse.example.com:8443/ingester/kinesis/${signal}`,
        signal,
        url: `https://kfuse.example.com:8443/ingester/kinesis/${signal}`,
        sourceArn: `arn:aws:firehose:us-east-1:000000000000:deliverystream/kloudfuse-${signal}`,
        contentEncoding: "GZIP",
        commonAttributes: {},
        secretArn: undefined,
      })),
    );
  });

  test("are one of the signal that is chosen, with the name of its stream", () => {
    const options = { signal: "logs", logsStreamName: "own", metricsStreamName: "other" } as const;
    expect(documentedTargets("kfuse.example.com", options).targets.map(({ sourceArn }) => sourceArn)).toEqual([
      "arn:aws:firehose:us-east-1:000000000000:deliverystream/own",
    ]);
  });

  test("have no port in the URL where it is 443", () => {
    expect(documentedTargets("kfuse.example.com:443", {}).targets[0]?.subject).toBe(
      "https://kfuse.example.com/ingester/kinesis/metrics",
    );
  });

  test("are none of what is no host", () => {
    expect(() => documentedTargets("in valid", {})).toThrow('got "in valid"');
  });
});

describe("the targets of the streams", () => {
  let aws: AwsServer;
  /** The destination of each stream; undefined: it delivers to no HTTP endpoint. */
  let streams: Map<string, object | undefined>;

  beforeEach(async () => {
    streams = new Map();
    aws = await startAwsServer((request) => {
      const action = actionOf(request);
      if (action === "ListDeliveryStreams") {
        return jsonAnswer({ DeliveryStreamNames: [...streams.keys()], HasMoreDeliveryStreams: false });
      }
      if (action !== "DescribeDeliveryStream") {
        return {
          body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
        };
      }
      const { DeliveryStreamName: name } = JSON.parse(request.body.toString()) as { DeliveryStreamName: string };
      return streams.has(name)
        ? jsonAnswer(described(name, streams.get(name)))
        : firehoseError(400, "ResourceNotFoundException");
    });
  });

  afterEach(async () => {
    await aws.close();
  });

  const described = (name: string, http: object | undefined): object => ({
    DeliveryStreamDescription: {
      DeliveryStreamName: name,
      DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`,
      DeliveryStreamStatus: "ACTIVE",
      Destinations: [http === undefined ? {} : { HttpEndpointDestinationDescription: http }],
    },
  });

  const http = (Url: string): object => ({
    EndpointConfiguration: { Url },
    RequestConfiguration: {
      ContentEncoding: "NONE",
      CommonAttributes: [{ AttributeName: "environment", AttributeValue: "production" }],
    },
    SecretsManagerConfiguration: { Enabled: true, SecretARN: "arn:secret" },
  });

  const targetsOf = async (options: StreamOptions = {}): Promise<Targets> =>
    await streamTargets(options, new AbortController().signal);
  const logs = async (): Promise<Targets> => await targetsOf({ signal: "logs" });

  test("are as the stream is configured", async () => {
    streams.set("kloudfuse-logs", http("https://kfuse.example.com/ingester/kinesis/logs"));
    expect(await targetsOf()).toEqual({
      targets: [
        {
          subject: "kloudfuse-logs",
          signal: "logs",
          url: new URL("https://kfuse.example.com/ingester/kinesis/logs"),
          sourceArn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
          contentEncoding: "NONE",
          commonAttributes: { environment: "production" },
          secretArn: "arn:secret",
        },
      ],
      checks: [],
      accountId: "123456789012",
      regions: ["eu-west-1"],
    });
  });

  test("are none of a stream that does not exist: that is a problem, with the streams that do", async () => {
    streams.set("orders", undefined);
    expect(await logs()).toEqual({
      targets: [],
      checks: [
        {
          region: "eu-west-1",
          subject: "kloudfuse-logs",
          name: "stream",
          verdict: "problem",
          found: "There is no such stream in eu-west-1; the only stream is orders.",
          remedy: "Deploy the stream, or choose another one with --logs-stream-name, --region or --profile.",
        },
      ],
      accountId: "210987654321",
      regions: ["eu-west-1"],
    });
  });

  test("are none of a stream without HTTP endpoint", async () => {
    streams.set("kloudfuse-logs", undefined);
    expect((await logs()).checks).toEqual([
      {
        region: "eu-west-1",
        subject: "kloudfuse-logs",
        name: "stream",
        verdict: "problem",
        found: "The stream delivers to no HTTP endpoint.",
        remedy: "Configure Kloudfuse's endpoint as its destination, or choose another stream with --logs-stream-name.",
      },
    ]);
  });

  test.each(["http://kfuse.example.com/ingester/kinesis/logs", "https://<kfuse>", ""])(
    "are none of a stream with the URL %j",
    async (url) => {
      streams.set("kloudfuse-logs", http(url));
      const { targets, checks } = await logs();
      expect(targets).toEqual([]);
      expect(checks).toMatchObject([
        {
          verdict: "problem",
          found: `Its URL is not an https:// URL: "${url}".`,
          remedy: "Set it to https://<ingester>/ingester/kinesis/logs.",
        },
      ]);
    },
  );
});
