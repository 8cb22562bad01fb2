import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { DescribeDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import { accountOf } from "../../../cli/aws/account";
import { InterruptedError, UnrecoverableError } from "../../../cli/aws/call";
import { type AwsContext, awsContext } from "../../../cli/aws/context";
import { type Check, note, ok, problem } from "../../../cli/checks/check";
import { UnusableInput } from "../../../cli/exit-codes";
import {
  checksOfAllRegions,
  evaluateRegion,
  evaluateRegions,
  type RegionOptions,
  type RegionResult,
} from "../../../cli/verify/regions";
import { verifyRegion } from "../../../cli/verify/verification";
import { waitUntilActive } from "../../../cli/verify/wait";
import {
  actionOf,
  firehoseError,
  firehoseStub,
  jsonAnswer,
  type Respond,
  s3Error,
  s3Stub,
} from "../../helpers/aws-stub";

jest.mock("../../../cli/aws/context", () => ({ awsContext: jest.fn() }));
jest.mock("../../../cli/aws/account", () => ({ accountOf: jest.fn() }));
jest.mock("../../../cli/verify/verification", () => ({ verifyRegion: jest.fn() }));
jest.mock("../../../cli/verify/wait", () => ({ waitUntilActive: jest.fn() }));

const result = (region: string, more: Partial<RegionResult>): RegionResult => ({
  region,
  accountId: "123456789012",
  checks: [
    { subject: "kloudfuse-logs", region, ...problem("status", `no stream of this name in ${region}`, "Deploy it.") },
  ],
  hasStream: false,
  othersInRegion: [],
  ...more,
});
let active: Check;
let home: RegionResult;

beforeEach(() => {
  active = { subject: "kloudfuse-logs", region: "eu-west-1", ...ok("status", "ACTIVE") };
  home = result("eu-west-1", { hasStream: true, checks: [active] });
});

describe("the checks of all regions", () => {
  test("are those of the regions with streams, and one for the others", () => {
    expect(checksOfAllRegions([home, result("us-east-1", {}), result("us-west-2", {})])).toEqual([
      active,
      { subject: "other regions", ...ok("streams", "no stream to Kloudfuse in us-east-1, us-west-2") },
    ]);
  });

  test("keep a region that did not answer", () => {
    const check = { subject: "region us-east-1", region: "us-east-1", ...note("streams", "found", "remedy") };
    expect(checksOfAllRegions([home, result("us-east-1", { hasStream: undefined, checks: [check] })])).toEqual([
      active,
      check,
    ]);
  });

  test("are a problem where no region has a stream, and name the streams that are there", () => {
    const results = [result("us-east-1", { othersInRegion: ["orders", "clicks"] }), result("us-west-2", {})];
    expect(checksOfAllRegions(results)).toMatchObject([
      {
        subject: "all regions",
        verdict: "problem",
        found: "no stream to Kloudfuse in 2 regions: us-east-1, us-west-2; in us-east-1 the streams are orders, clicks",
      },
    ]);
  });

  test("are those of the regions as they are, where each has a stream", () => {
    expect(checksOfAllRegions([home])).toEqual([active]);
  });

  test("are none without a region", () => {
    expect(checksOfAllRegions([])).toEqual([]);
  });

  test("say of the regions without a stream what they are, where the others did not answer", () => {
    const check = { subject: "region us-east-1", region: "us-east-1", ...note("streams", "found", "remedy") };
    const silent = result("us-east-1", { hasStream: undefined, checks: [check] });
    expect(checksOfAllRegions([silent, result("us-west-2", { othersInRegion: undefined })])).toMatchObject([
      check,
      { subject: "other regions", verdict: "problem", found: "no stream to Kloudfuse in 1 region: us-west-2" },
    ]);
  });
});

const ACTIVE: DescribeDeliveryStreamOutput = {
  DeliveryStreamDescription: {
    DeliveryStreamName: "kloudfuse-logs",
    DeliveryStreamARN: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamType: "DirectPut",
    VersionId: "1",
    Destinations: [],
    HasMoreDestinations: false,
  },
};
const exists: Respond = () => jsonAnswer(ACTIVE);
const denied: Respond = () => firehoseError(400, "AccessDeniedException");
const refused: Respond = () => firehoseError(400, "ExpiredTokenException");
const empty: Respond = (request) =>
  actionOf(request) === "ListDeliveryStreams"
    ? jsonAnswer({ DeliveryStreamNames: ["orders"], HasMoreDeliveryStreams: false })
    : firehoseError(400, "ResourceNotFoundException");

/** Firehose answers in each region like this; a region that is not named is `default`. */
function firehoseIn(responses: Readonly<Record<string, Respond>>): void {
  jest.mocked(awsContext).mockImplementation(({ region = "default" }, abortSignal) => {
    const context: AwsContext = {
      region,
      settings: {
        region,
        maxAttempts: 1,
        requestHandler: new NodeHttpHandler(),
      },
      firehose: firehoseStub(responses[region] ?? denied),
      s3: s3Stub(() => s3Error(403, "AccessDenied")),
      abortSignal,
    };
    return Promise.resolve(context);
  });
}

const never = new AbortController().signal;
const LOGS: RegionOptions = { signal: "logs", access: {} };

beforeEach(() => {
  jest.clearAllMocks();
  jest.mocked(accountOf).mockResolvedValue("123456789012");
  jest.mocked(verifyRegion).mockImplementation(({ region }) => Promise.resolve([{ ...active, region }]));
});

describe("the evaluation of a region", () => {
  test("has account, checks and whether a stream is there", async () => {
    firehoseIn({ "eu-west-1": exists });
    expect(await evaluateRegion("eu-west-1", LOGS, never)).toEqual({
      region: "eu-west-1",
      accountId: "123456789012",
      checks: [active],
      hasStream: true,
      othersInRegion: undefined,
    });
  });

  test("is of the region of the environment or profile where none is named", async () => {
    firehoseIn({ default: exists });
    expect((await evaluateRegion(undefined, { ...LOGS, access: { profile: "production" } }, never)).region).toBe(
      "default",
    );
    expect(jest.mocked(awsContext)).toHaveBeenCalledWith({ profile: "production" }, never);
  });

  test("names the streams of a region without one to Kloudfuse", async () => {
    firehoseIn({ "eu-west-1": empty });
    expect(await evaluateRegion("eu-west-1", LOGS, never)).toMatchObject({
      hasStream: false,
      othersInRegion: ["orders"],
    });
  });

  test("does not wait unless it is asked to", async () => {
    firehoseIn({ "eu-west-1": exists });
    await evaluateRegion("eu-west-1", LOGS, never);
    expect(waitUntilActive).not.toHaveBeenCalled();
    expect(jest.mocked(verifyRegion).mock.calls[0]?.[0].waitedSeconds).toBeUndefined();
  });

  test("checks the streams as they are after waiting", async () => {
    firehoseIn({ "eu-west-1": exists });
    const progress = { show: () => undefined, end: () => undefined };
    const after = [{ signal: "logs", name: "after-waiting", stream: undefined, isRequired: true }] as const;
    jest.mocked(waitUntilActive).mockResolvedValue([...after]);
    await evaluateRegion("eu-west-1", { ...LOGS, waitOptions: { timeoutSeconds: 30, progress } }, never);
    expect(jest.mocked(waitUntilActive).mock.calls[0]?.slice(2)).toEqual([30, progress]);
    expect(jest.mocked(verifyRegion).mock.calls[0]?.[1]).toEqual(after);
    expect(jest.mocked(verifyRegion).mock.calls[0]?.[0].waitedSeconds).toBe(30);
  });
});

describe("the evaluation of several regions", () => {
  test("keeps the order of the regions, and has a check of one that does not answer", async () => {
    firehoseIn({ "eu-west-1": exists, "us-east-1": denied, "eu-central-1": exists });
    const results = await evaluateRegions(["eu-west-1", "us-east-1", "eu-central-1"], LOGS, never);
    expect(results.map(({ region, hasStream }) => [region, hasStream])).toEqual([
      ["eu-west-1", true],
      ["us-east-1", undefined],
      ["eu-central-1", true],
    ]);
    expect(results[1]).toEqual({
      region: "us-east-1",
      accountId: undefined,
      checks: [
        {
          subject: "region us-east-1",
          region: "us-east-1",
          name: "streams",
          verdict: "unknown",
          found: "AWS denied firehose:DescribeDeliveryStream.",
          remedy: "Grant it to the user or role that runs this command.",
        },
      ],
      hasStream: undefined,
      othersInRegion: undefined,
    });
  });

  test("has a check of each region where none answers", async () => {
    firehoseIn({});
    const results = await evaluateRegions(["eu-west-1", "us-east-1"], LOGS, never);
    expect(results.flatMap(({ checks }) => checks.map(({ subject }) => subject))).toEqual([
      "region eu-west-1",
      "region us-east-1",
    ]);
  });

  test("fails with credentials that no region accepts", async () => {
    firehoseIn({ "eu-west-1": refused, "us-east-1": refused });
    await expect(evaluateRegions(["eu-west-1", "us-east-1"], LOGS, never)).rejects.toThrow(
      new UnrecoverableError(
        "AWS refused the credentials at firehose:DescribeDeliveryStream (ExpiredTokenException). Renew them, for example with aws sso login, and run the command again.",
      ),
    );
  });

  test("does not fail with credentials that one region alone refuses", async () => {
    firehoseIn({ "eu-west-1": exists, "me-south-1": refused });
    const results = await evaluateRegions(["eu-west-1", "me-south-1"], LOGS, never);
    expect(results.map(({ hasStream }) => hasStream)).toEqual([true, undefined]);
  });

  test("fails with an option that no region can use", async () => {
    firehoseIn({ "eu-west-1": exists });
    jest.mocked(verifyRegion).mockRejectedValue(new UnusableInput("Use another name."));
    await expect(evaluateRegions(["eu-west-1"], LOGS, never)).rejects.toThrow(new UnusableInput("Use another name."));
  });

  test("ends with the command", async () => {
    firehoseIn({ "eu-west-1": exists });
    jest.mocked(verifyRegion).mockRejectedValue(new InterruptedError());
    await expect(evaluateRegions(["eu-west-1"], LOGS, never)).rejects.toThrow(new InterruptedError());
  });
});
