import { recoveryRemedy } from "../../../cli/verify/recovery";

test.each(["metrics", "logs"] as const)("failed records of %s are recovered by the commands for them", (signal) => {
  expect(recoveryRemedy(signal)).toBe(
    `Find the cause with kloudfuse-firehose failures --signal ${signal}, fix it, then resend them with kloudfuse-firehose replay --signal ${signal}.`,
  );
});
