import { clientSettings } from "../../../cli/aws/settings";
import { type VerifyContext, verifyContext } from "../../../cli/verify/context";
import { firehoseStub, s3Stub } from "../../helpers/aws-stub";

const { signal } = new AbortController();
const NOW = new Date("2026-11-26T04:08:31Z");

function context(): VerifyContext {
  const settings = clientSettings({ region: "eu-west-1" }, signal);
  const aws = {
    region: "eu-west-1",
    settings,
    firehose: firehoseStub(() => ({})),
    s3: s3Stub(() => ({})),
    abortSignal: signal,
  };
  return verifyContext(aws, { now: NOW, waitedSeconds: 5, deployed: [] });
}

describe("the context of the checks of a region", () => {
  test("has every client in the region", async () => {
    const { iam, cloudWatch, logs, secretsManager, ...rest } = context();
    const regions = [iam, cloudWatch, logs, secretsManager].map(async ({ config }) => await config.region());
    expect(await Promise.all(regions)).toEqual(Array(4).fill("eu-west-1"));
    expect(rest).toMatchObject({ region: "eu-west-1", now: NOW, waitedSeconds: 5, deployed: [] });
  });

  test("has one client for the keys of each region", async () => {
    const { kms } = context();
    expect(await kms("us-east-1").config.region()).toBe("us-east-1");
    expect(kms("us-east-1")).toBe(kms("us-east-1"));
    expect(kms("us-east-1")).not.toBe(kms("eu-west-1"));
  });

  test("slows down instead of failing where CloudWatch Logs throttles", async () => {
    const { retryMode } = context().logs.config;
    expect(typeof retryMode === "function" ? await retryMode() : retryMode).toBe("adaptive");
  });
});
