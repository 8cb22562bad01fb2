import { InterruptedError } from "../../../cli/aws/call";
import {
  type AccessKey,
  accessKeyFromEnvironment,
  maskOfSecret,
  readAccessKey,
  WITHHELD_KEY,
} from "../../../cli/probe/access-key";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { actionOf, firehoseError, jsonAnswer, type StubResponse } from "../../helpers/aws-stub";
import { setEnvironment } from "../../helpers/environment";

const VARIABLE = "KLOUDFUSE_ACCESS_KEY";
const ARN = "arn:aws:secretsmanager:us-west-2:123456789012:secret:kloudfuse-AbCdEf";
const KEY = "s3cr3t";
const SET =
  "Set KLOUDFUSE_ACCESS_KEY to the key that the stream sends, or to an empty value if it sends none, and run the command again.";

let restore = (): void => undefined;

afterEach(() => {
  restore();
});

describe("the access key of the environment", () => {
  const keyWith = (value: string | undefined): AccessKey | undefined => {
    restore = setEnvironment({ [VARIABLE]: value });
    return accessKeyFromEnvironment();
  };

  test("is unknown where the variable is not set", () => {
    expect(keyWith(undefined)).toBeUndefined();
  });

  test("is none where the variable is empty", () => {
    expect(keyWith("")).toEqual({
      value: undefined,
      isKnown: true,
      outcome: {
        name: "access key",
        verdict: "note",
        found: "KLOUDFUSE_ACCESS_KEY is empty: the request carries no access key.",
        remedy: "",
      },
    });
  });

  test.each(["s", KEY, "~!", "k".repeat(4096)])("is its value", (value) => {
    expect(keyWith(value)).toEqual({
      value,
      isKnown: true,
      outcome: { name: "access key", verdict: "ok", found: "from KLOUDFUSE_ACCESS_KEY", remedy: "" },
    });
  });

  test.each([
    ["have no white space", "s3cr3t key"],
    ["have no white space", "s3cr3t\n"],
    ["contain only ASCII characters", "s3cr3tü"],
    ["contain only ASCII characters", "s3cr3t\u007f"],
  ])("must %s, and is not shown", (rule, value) => {
    expect(() => keyWith(value)).toThrow(
      `KLOUDFUSE_ACCESS_KEY must ${rule}, got a value that is not shown. Set it to nothing but the key.`,
    );
  });

  test("must have at most 4096 bytes, and is not shown", () => {
    expect(() => keyWith("k".repeat(4097))).toThrow(
      /^KLOUDFUSE_ACCESS_KEY must .*4096.*, got a value that is not shown\./,
    );
  });
});

describe("the access key of a stream", () => {
  let aws: AwsServer;
  let response: StubResponse;
  /** The region, action and secret of each request. */
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    aws = await startAwsServer((request) => {
      const region = /\/([a-z0-9-]+)\/secretsmanager\//.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
      const { SecretId } = JSON.parse(request.body.toString()) as { SecretId: string };
      asked.push(`${region} ${actionOf(request)} ${SecretId}`);
      return response;
    });
  });

  afterEach(async () => {
    await aws.close();
  });

  const keyOf = async (arn: string | undefined, signal = new AbortController().signal): Promise<AccessKey> =>
    await readAccessKey(arn, {}, signal);

  const secret = async (SecretString: string | undefined): Promise<AccessKey> => {
    response = jsonAnswer({ SecretString });
    return await keyOf(ARN);
  };

  test("is read from its secret, in the secret's region", async () => {
    expect(await secret(JSON.stringify({ api_key: KEY, other: 1 }))).toEqual({
      value: KEY,
      isKnown: true,
      outcome: { name: "access key", verdict: "ok", found: `from ${ARN}`, remedy: "" },
    });
    expect(asked).toEqual([`us-west-2 GetSecretValue ${ARN}`]);
  });

  test("is unknown where the stream has no secret, and AWS is not asked", async () => {
    expect(await keyOf(undefined)).toEqual({
      value: undefined,
      isKnown: false,
      outcome: {
        name: "access key",
        verdict: "unknown",
        found: "KLOUDFUSE_ACCESS_KEY is not set, and no secret is known: the request carries no key.",
        remedy: SET,
      },
    });
    expect(asked).toEqual([]);
  });

  test("is a problem where the secret does not exist: Firehose cannot read it either", async () => {
    response = firehoseError(400, "ResourceNotFoundException");
    expect(await keyOf(ARN)).toEqual({
      value: undefined,
      isKnown: false,
      outcome: {
        name: "access key",
        verdict: "problem",
        found: `The stream's secret ${ARN} does not exist.`,
        remedy: "Create it again, or configure another one for the stream.",
      },
    });
  });

  test("is unknown where the secret may not be read", async () => {
    response = firehoseError(400, "AccessDeniedException");
    expect(await keyOf(ARN)).toEqual({
      value: undefined,
      isKnown: false,
      outcome: {
        name: "access key",
        verdict: "unknown",
        found:
          "AWS denied secretsmanager:GetSecretValue. Grant it to the user or role that runs this command. The request carries no key.",
        remedy: SET,
      },
    });
  });

  test.each([
    ['{"api_key":"s3cr3t key"}', "have no white space"],
    ['{"api_key":"s3cr3tü"}', "contain only ASCII characters"],
    ['{"api_key":7}', 'be JSON such as {"api_key":"…"}'],
    ['{"apiKey":"s3cr3t"}', 'be JSON such as {"api_key":"…"}'],
    ["s3cr3t", 'be JSON such as {"api_key":"…"}'],
    ["", 'be JSON such as {"api_key":"…"}'],
    [undefined, 'be JSON such as {"api_key":"…"}'],
  ])("is a problem in the secret %j, which is not shown", async (content, rule) => {
    const key = await secret(content);
    expect(key).toEqual({
      value: undefined,
      isKnown: false,
      outcome: {
        name: "access key",
        verdict: "problem",
        found: `The secret ${ARN} must ${rule}, and is not shown.`,
        remedy: "Correct the secret's api_key.",
      },
    });
    expect(JSON.stringify(key)).not.toContain(KEY);
  });

  test("is not read once the command is interrupted", async () => {
    response = jsonAnswer({});
    await expect(keyOf(ARN, AbortSignal.abort())).rejects.toThrow(InterruptedError);
    expect(asked).toEqual([]);
  });
});

describe("the mask of a secret", () => {
  test("stands for a key that is not read", () => {
    expect(maskOfSecret(ARN)).toMatchObject({ value: "***", isKnown: false });
  });

  test("is missing where the stream has no secret", () => {
    expect(maskOfSecret(undefined).value).toBeUndefined();
  });
});

test("a withheld key is none, and says why", () => {
  expect(WITHHELD_KEY).toEqual({
    value: undefined,
    isKnown: false,
    outcome: {
      name: "access key",
      verdict: "note",
      found: "Not sent: the TLS connection is not verified, and others could read the key.",
      remedy: "Fix the certificate first.",
    },
  });
});
