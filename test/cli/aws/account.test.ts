import { accountOf, scopeOf } from "../../../cli/aws/account";
import { InterruptedError } from "../../../cli/aws/call";
import { clientSettings } from "../../../cli/aws/settings";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import type { StubResponse } from "../../helpers/aws-stub";
import { streamWith } from "../../helpers/delivery-stream";

const IDENTITY = {
  body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
};

describe("the scope of a report", () => {
  test("is the account of the first stream, and the region", () => {
    const before = Date.now();
    const { evaluatedAt, ...scope } = scopeOf({ region: "eu-west-1" }, [
      streamWith({ accountId: "1" }),
      streamWith({ accountId: "2" }),
    ]);
    expect(scope).toEqual({ accountId: "1", regions: ["eu-west-1"] });
    expect(evaluatedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(evaluatedAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("has no account without a stream", () => {
    expect(scopeOf({ region: "eu-west-1" }, []).accountId).toBeUndefined();
  });
});

describe("the account that was asked", () => {
  let aws: AwsServer;
  let requests = 0;
  let response: StubResponse = {};

  beforeEach(async () => {
    requests = 0;
    response = IDENTITY;
    aws = await startAwsServer(() => {
      requests += 1;
      return response;
    });
  });

  afterEach(async () => {
    await aws.close();
  });

  const account = async (found: Parameters<typeof accountOf>[1], signal?: AbortSignal): Promise<string | undefined> =>
    await accountOf({ settings: clientSettings({}, signal ?? new AbortController().signal) }, found);

  test("is that of a stream, and AWS is not asked", async () => {
    expect(await account([{ stream: undefined }, { stream: streamWith() }])).toBe("123456789012");
    expect(requests).toBe(0);
  });

  test("is that of the credentials where there is no stream", async () => {
    expect(await account([{ stream: undefined }])).toBe("210987654321");
    expect(requests).toBe(1);
  });

  test("is undetermined where AWS does not answer: only the header needs it", async () => {
    response = { status: 403, body: "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>" };
    expect(await account([])).toBeUndefined();
  });

  test("is not determined once the command is interrupted", async () => {
    await expect(account([], AbortSignal.abort())).rejects.toThrow(InterruptedError);
  });
});
