import { adoptContext } from "../../../cli/adopt/context";
import { awsContext } from "../../../cli/aws/context";

test("CloudWatch Logs, which throttles, is asked more slowly and more often than the others, all in one region", async () => {
  const { signal } = new AbortController();
  const { iam, cloudWatch, logs } = adoptContext(await awsContext({ region: "eu-west-1" }, signal));
  const { retryMode } = logs.config;
  expect(typeof retryMode === "function" ? await retryMode() : retryMode).toBe("adaptive");
  expect(await Promise.all([iam, cloudWatch, logs].map(({ config }) => config.maxAttempts()))).toEqual([4, 4, 12]);
  expect(await Promise.all([iam, cloudWatch, logs].map(({ config }) => config.region()))).toEqual([
    "eu-west-1",
    "eu-west-1",
    "eu-west-1",
  ]);
});
