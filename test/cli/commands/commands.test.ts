import type { Command } from "commander";
import { adoptCommand } from "../../../cli/commands/adopt";
import { failuresCommand } from "../../../cli/commands/failures";
import { logGroupsCommand } from "../../../cli/commands/log-groups";
import { policyCommand } from "../../../cli/commands/policy";
import { probeCommand } from "../../../cli/commands/probe";
import { replayCommand } from "../../../cli/commands/replay";
import { verifyCommand } from "../../../cli/commands/verify";

jest.mock("@aws-sdk/client-cloudwatch", mockUnloaded);
jest.mock("@aws-sdk/client-cloudwatch-logs", mockUnloaded);
jest.mock("@aws-sdk/client-firehose", mockUnloaded);
jest.mock("@aws-sdk/client-iam", mockUnloaded);
jest.mock("@aws-sdk/client-kms", mockUnloaded);
jest.mock("@aws-sdk/client-s3", mockUnloaded);
jest.mock("@aws-sdk/client-secrets-manager", mockUnloaded);
jest.mock("ajv", mockUnloaded);
jest.mock("cli-table3", mockUnloaded);

function mockUnloaded(): never {
  throw new Error("A package was loaded that explaining a command does not need.");
}

const COMMANDS: readonly (() => Command)[] = [
  adoptCommand,
  failuresCommand,
  logGroupsCommand,
  policyCommand,
  probeCommand,
  replayCommand,
  verifyCommand,
];

test.each(COMMANDS)("%p explains itself without a client of AWS", (command) => {
  expect(command().helpInformation()).toContain(`Usage: ${command().name()} [options]`);
});
