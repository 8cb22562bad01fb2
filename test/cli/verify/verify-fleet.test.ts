import { AccessDeniedError } from "../../../cli/aws/call";
import { ok } from "../../../cli/checks/check";
import { selectTargets } from "../../../cli/fleet/select-targets";
import { targetAccess } from "../../../cli/fleet/target-access";
import { evaluateRegion } from "../../../cli/verify/regions";
import { verifyFleet, type VerifyFleetOptions } from "../../../cli/verify/verify-fleet";
import { expectedStackWith, FLEET_HOST, fleetTarget } from "../../helpers/fleet";

jest.mock("../../../cli/fleet/select-targets", () => ({ selectTargets: jest.fn() }));
jest.mock("../../../cli/fleet/target-access", () => ({ targetAccess: jest.fn() }));
jest.mock("../../../cli/verify/regions", () => ({ evaluateRegion: jest.fn() }));

const credentials = (): Promise<never> => Promise.reject(new Error("not used"));
const FIRST = fleetTarget();
const SECOND = fleetTarget({
  account: "444455556666",
  region: "us-east-1",
  inputs: { ...FLEET_HOST, create_metrics_stream: false, logs_stream_name: "l", create_alarms: true },
});
const context = {
  abortSignal: new AbortController().signal,
  progress: { show: () => undefined, end: () => undefined },
};
const run = async (options: Partial<VerifyFleetOptions> = {}, waitSeconds?: number): ReturnType<typeof verifyFleet> =>
  await verifyFleet({ fleet: "fleet.json", ...options }, waitSeconds, context);

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(selectTargets).mockReturnValue([FIRST, SECOND]);
  jest.mocked(targetAccess).mockImplementation(({ region }) => Promise.resolve({ region, credentials }));
  jest.mocked(evaluateRegion).mockImplementation((region = "") =>
    Promise.resolve({
      region,
      accountId: undefined,
      checks: [{ subject: "kloudfuse-logs", region, ...ok("status", "ACTIVE") }],
      hasStream: true,
      othersInRegion: undefined,
    }),
  );
});

test("each stack is checked in its region, by the names, the credentials and the inputs that it has", async () => {
  await run();
  expect(jest.mocked(evaluateRegion).mock.calls.map(([region, options]) => [region, options])).toEqual([
    [
      "eu-west-1",
      {
        fleet: "fleet.json",
        metricsStreamName: "kloudfuse-metrics",
        logsStreamName: "kloudfuse-logs",
        access: { region: "eu-west-1", credentials },
        expected: expectedStackWith(),
      },
    ],
    [
      "us-east-1",
      {
        fleet: "fleet.json",
        signal: "logs",
        metricsStreamName: "kloudfuse-metrics",
        logsStreamName: "l",
        access: { region: "us-east-1", credentials },
        expected: expectedStackWith({ hasAlarms: true }),
      },
    ],
  ]);
});

test("the selection and the signal are the command's", async () => {
  await run({ account: ["444455556666"], region: ["us-east-1"], signal: "logs" });
  expect(selectTargets).toHaveBeenCalledWith({
    fleet: "fleet.json",
    account: ["444455556666"],
    region: ["us-east-1"],
    signal: "logs",
  });
  expect(jest.mocked(evaluateRegion).mock.calls[0]?.[1]).toMatchObject({ signal: "logs" });
});

test("streams in status CREATING are waited for only where the command does", async () => {
  await run({}, 30);
  expect(jest.mocked(evaluateRegion).mock.calls[0]?.[1]).toMatchObject({ waitOptions: { timeoutSeconds: 30 } });
});

test("the report has every stack, also one that cannot be reached", async () => {
  jest
    .mocked(targetAccess)
    .mockImplementation(({ account, region }) =>
      account === "111122223333"
        ? Promise.reject(new AccessDeniedError("AWS denied it."))
        : Promise.resolve({ region }),
    );
  const { fleet, stacks } = await run();
  expect(fleet).toBe("fleet.json");
  expect(stacks.map(({ stackId, checks }) => [stackId, checks.map(({ verdict, found }) => [verdict, found])])).toEqual([
    ["kloudfuse-firehose-111122223333-eu-west-1", [["unknown", "AWS denied it."]]],
    ["kloudfuse-firehose-444455556666-us-east-1", [["ok", "ACTIVE"]]],
  ]);
});
