import { createServer, type Server } from "node:http";
import { type FirehoseEndpoint, startFirehoseEndpoint } from "./helpers/firehose-endpoint";
import { checksOf, faultsOf, namesOf, run } from "../helpers/run-probe";

const KEY = "s3cr3t-from-secrets-manager";
const SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "eu-west-1",
  AWS_MAX_ATTEMPTS: "1",
};
const before = { ...process.env };

interface AwsResponse {
  readonly status: number;
  readonly body: object;
}

const notFound: AwsResponse = { status: 400, body: { __type: "ResourceNotFoundException", message: "no such thing" } };
const denied: AwsResponse = { status: 400, body: { __type: "AccessDeniedException", message: "no" } };

let endpoint: FirehoseEndpoint;
let aws: Server;
let asked: string[];
/** By action; what is not here does not exist. */
let answers: Map<string, AwsResponse>;

beforeAll(async () => {
  endpoint = await startFirehoseEndpoint({ accessKey: KEY });
  aws = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const action = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
      const name = /"(?:DeliveryStreamName|SecretId)":"([^"]*)"/.exec(body)?.[1] ?? "";
      asked.push(`${action} ${name}`.trim());
      const { status, body: answer } = answers.get(`${action} ${name}`.trim()) ?? notFound;
      response.writeHead(status, { "Content-Type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
  const address = aws.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
});

beforeEach(() => {
  delete process.env["KLOUDFUSE_ACCESS_KEY"];
  endpoint.reset();
  asked = [];
  answers = new Map([
    ["ListDeliveryStreams", { status: 200, body: { DeliveryStreamNames: [], HasMoreDeliveryStreams: false } }],
  ]);
});

afterAll(async () => {
  process.env = before;
  await endpoint.stop();
  await new Promise((resolve) => {
    aws.close(resolve);
    aws.closeAllConnections();
  });
});

interface Given {
  readonly url?: string;
  readonly contentEncoding?: "GZIP" | "NONE";
  readonly secretArn?: string;
  readonly commonAttributes?: readonly { readonly AttributeName: string; readonly AttributeValue: string }[];
}

function stream(name: string, given: Given | undefined): void {
  const http = given && {
    EndpointConfiguration: { Url: given.url ?? `https://${endpoint.host}/ingester/kinesis/logs`, Name: name },
    RequestConfiguration: {
      ContentEncoding: given.contentEncoding ?? "GZIP",
      CommonAttributes: given.commonAttributes ?? [],
    },
    SecretsManagerConfiguration: { Enabled: given.secretArn !== undefined, SecretARN: given.secretArn },
    S3DestinationDescription: {},
  };
  answers.set(`DescribeDeliveryStream ${name}`, {
    status: 200,
    body: {
      DeliveryStreamDescription: {
        DeliveryStreamName: name,
        DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`,
        DeliveryStreamStatus: "ACTIVE",
        DeliveryStreamType: "DirectPut",
        Destinations: [http === undefined ? { DestinationId: "1" } : { HttpEndpointDestinationDescription: http }],
      },
    },
  });
}

function secret(value: string): void {
  answers.set(`GetSecretValue ${SECRET_ARN}`, { status: 200, body: { ARN: SECRET_ARN, SecretString: value } });
}

const probed = (options: Parameters<typeof run>[1] = {}): ReturnType<typeof run> =>
  run(undefined, { signal: "logs", ...options }, { authorities: endpoint.authority });

const request = (): FirehoseEndpoint["received"][number] | undefined =>
  endpoint.received.find(({ headers }) => "x-amz-firehose-request-id" in headers);

describe("without a host", () => {
  test("the request is as the stream is set up: ARN, access key, common attributes, encoding", async () => {
    stream("kloudfuse-logs", {
      secretArn: SECRET_ARN,
      contentEncoding: "NONE",
      commonAttributes: [{ AttributeName: "cluster", AttributeValue: "größe" }],
    });
    secret(JSON.stringify({ api_key: KEY }));
    const ran = await probed();
    expect(request()?.headers).toMatchObject({
      "x-amz-firehose-source-arn": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
      "x-amz-firehose-access-key": KEY,
      "x-amz-firehose-common-attributes": '{"commonAttributes":{"cluster":"gr\\u00f6\\u00dfe"}}',
    });
    expect(request()?.headers).not.toHaveProperty("content-encoding");
    expect(namesOf(ran)).toContain("ok response status");
    expect(ran.output).not.toContain(KEY);
  });

  test("both streams are probed, and one endpoint of both is connected to once", async () => {
    stream("kloudfuse-logs", {});
    stream("kloudfuse-metrics", { url: `https://${endpoint.host}/ingester/kinesis/metrics` });
    const ran = await run(undefined, {}, { authorities: endpoint.authority });
    expect([...new Set(checksOf(ran).map(({ subject }) => subject))].sort()).toEqual(
      [endpoint.host, "kloudfuse-logs", "kloudfuse-metrics"].sort(),
    );
    expect(namesOf(ran).filter((name) => name === "ok TCP")).toHaveLength(1);
  });

  test("only the stream that is deployed is probed where it is one of two, unless the other one is named", async () => {
    stream("kloudfuse-logs", {});
    const subjects = (ran: Awaited<ReturnType<typeof run>>): string[] =>
      [...new Set(checksOf(ran).map(({ subject }) => subject))].sort();
    expect(subjects(await run(undefined, {}, { authorities: endpoint.authority }))).toEqual(
      [endpoint.host, "kloudfuse-logs"].sort(),
    );
    const named = await run(undefined, { metricsStreamName: "kloudfuse-metrics" }, { authorities: endpoint.authority });
    expect(namesOf(named)).toContain("problem stream");
  });

  test("a stream that does not exist is a problem, and nothing is sent", async () => {
    const ran = await probed();
    expect(checksOf(ran)).toEqual([
      {
        subject: "kloudfuse-logs",
        name: "stream",
        verdict: "problem",
        found: "There is no such stream in eu-west-1; the region has no delivery stream.",
        remedy: "Deploy the stream, or choose another one with --logs-stream-name, --region or --profile.",
      },
    ]);
    expect(ran.exitCode).toBe(1);
    expect(endpoint.received).toEqual([]);
  });

  test("a stream without HTTP endpoint is a problem", async () => {
    stream("mine", undefined);
    expect(faultsOf(await probed({ logsStreamName: "mine" }))).toEqual([
      "problem stream: The stream delivers to no HTTP endpoint.",
    ]);
  });

  test("a stream without https:// URL is a problem", async () => {
    stream("kloudfuse-logs", { url: "http://ingester.example.com/ingester/kinesis/logs" });
    expect(faultsOf(await probed())).toEqual([
      'problem stream: Its URL is not an https:// URL: "http://ingester.example.com/ingester/kinesis/logs".',
    ]);
  });

  test("AWS's refusal to describe the stream ends the command with what is missing", async () => {
    answers.set("DescribeDeliveryStream kloudfuse-logs", denied);
    await expect(probed()).rejects.toThrow(
      "AWS denied firehose:DescribeDeliveryStream. Grant it to the user or role that runs this command.",
    );
  });

  test("--dry-run reads no secret, and shows that a key would be sent", async () => {
    stream("kloudfuse-logs", { secretArn: SECRET_ARN });
    const { exitCode, output } = await probed({ dryRun: true, format: "table" });
    expect(output).toContain("\nX-Amz-Firehose-Access-Key: ***\n");
    expect(asked).toEqual(["DescribeDeliveryStream kloudfuse-logs"]);
    expect(endpoint.received).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

describe("the access key", () => {
  test("of the environment goes before the stream's secret, which is not read", async () => {
    process.env["KLOUDFUSE_ACCESS_KEY"] = KEY;
    stream("kloudfuse-logs", { secretArn: SECRET_ARN });
    const ran = await probed();
    expect(asked).not.toContain(`GetSecretValue ${SECRET_ARN}`);
    expect(checksOf(ran).find(({ name }) => name === "access key")?.found).toBe("from KLOUDFUSE_ACCESS_KEY");
    expect(namesOf(ran)).toContain("ok response status");
  });

  test("that may not be read is unknown, and the request goes without", async () => {
    stream("kloudfuse-logs", { secretArn: SECRET_ARN });
    answers.set(`GetSecretValue ${SECRET_ARN}`, denied);
    const ran = await probed();
    expect(checksOf(ran).find(({ name }) => name === "access key")).toMatchObject({
      verdict: "unknown",
      found:
        "AWS denied secretsmanager:GetSecretValue. Grant it to the user or role that runs this command. The request carries no key.",
      remedy:
        "Set KLOUDFUSE_ACCESS_KEY to the key that the stream sends, or to an empty value if it sends none, and run the command again.",
    });
    expect(request()?.headers).not.toHaveProperty("x-amz-firehose-access-key");
  });

  test("whose secret does not exist is a problem: Firehose cannot read it either", async () => {
    stream("kloudfuse-logs", { secretArn: SECRET_ARN });
    const ran = await probed();
    expect(faultsOf(ran)).toContain(`problem access key: The stream's secret ${SECRET_ARN} does not exist.`);
    expect(request()?.headers).not.toHaveProperty("x-amz-firehose-access-key");
  });

  test.each([
    ["is no JSON", KEY],
    ["has no api_key", JSON.stringify({ key: KEY })],
    ["has an api_key that is no text", JSON.stringify({ api_key: [KEY] })],
    ["has an api_key with white space", JSON.stringify({ api_key: `${KEY}\n` })],
  ])("whose secret %s is a problem, and the secret is not shown", async (_, value) => {
    stream("kloudfuse-logs", { secretArn: SECRET_ARN });
    secret(value);
    const ran = await probed();
    expect(namesOf(ran)).toContain("problem access key");
    expect(request()?.headers).not.toHaveProperty("x-amz-firehose-access-key");
    expect(ran.output).not.toContain(KEY);
  });

  test("is unknown where the stream has no secret and the environment says nothing", async () => {
    stream("kloudfuse-logs", {});
    expect(faultsOf(await probed())).toContain(
      "unknown access key: KLOUDFUSE_ACCESS_KEY is not set, and no secret is known: the request carries no key.",
    );
  });
});
