import { clientSettings } from "../../../cli/aws/settings";
import { logGroupsContext } from "../../../cli/log-groups/context";

const context = (): ReturnType<typeof logGroupsContext> =>
  logGroupsContext({ settings: clientSettings({ region: "eu-west-1" }, new AbortController().signal) });

test("CloudWatch Logs, which throttles, is asked more slowly and more often than CloudWatch", async () => {
  const { logs, cloudWatch } = context();
  const { retryMode } = logs.config;
  expect(typeof retryMode === "function" ? await retryMode() : retryMode).toBe("adaptive");
  expect([await logs.config.maxAttempts(), await cloudWatch.config.maxAttempts()]).toEqual([12, 4]);
});

test("both are asked in the region of the command", async () => {
  const { logs, cloudWatch } = context();
  expect([await logs.config.region(), await cloudWatch.config.region()]).toEqual(["eu-west-1", "eu-west-1"]);
});
