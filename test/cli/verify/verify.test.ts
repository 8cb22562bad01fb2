import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InterruptedError } from "../../../cli/aws/call";
import { listEnabledRegions } from "../../../cli/aws/regions";
import { type Check, ok, type Outcome, problem, unknown } from "../../../cli/checks/check";
import { ReportedError, UndeterminedError, UnusableInput } from "../../../cli/exit-codes";
import type { FleetReport } from "../../../cli/fleet/report";
import { interruptSignal } from "../../../cli/interrupt";
import { checksOfAllRegions, evaluateRegion, evaluateRegions, type RegionResult } from "../../../cli/verify/regions";
import { verify, type VerifyOptions } from "../../../cli/verify/verify";
import { verifyFleet } from "../../../cli/verify/verify-fleet";
import { watch } from "../../../cli/verify/watch";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/aws/regions", () => ({ listEnabledRegions: jest.fn() }));
jest.mock("../../../cli/verify/regions", () => ({
  checksOfAllRegions: jest.fn(),
  evaluateRegion: jest.fn(),
  evaluateRegions: jest.fn(),
}));
jest.mock("../../../cli/verify/watch", () => ({ watch: jest.fn() }));
jest.mock("../../../cli/verify/verify-fleet", () => ({ verifyFleet: jest.fn() }));
jest.mock("../../../cli/interrupt", () => ({ interruptSignal: jest.fn() }));

const healthy = (): Outcome => ok("status", "ACTIVE");
const checkIn = (region: string, outcome: Outcome): Check => ({ subject: "kloudfuse-logs", region, ...outcome });
const result = (region: string, ...outcomes: readonly Outcome[]): RegionResult => ({
  region,
  accountId: "123456789012",
  checks: outcomes.map((outcome) => checkIn(region, outcome)),
  hasStream: true,
  othersInRegion: undefined,
});

/** Runs the command, and returns its exit code and what it printed. */
async function run(
  options: Partial<VerifyOptions> = {},
): Promise<{ readonly exitCode: number; readonly report: unknown }> {
  const terminal = fakeTerminal({ isTTY: false });
  const exitCode = await verify({ format: "json", timeout: "600", ...options }, terminal);
  return { exitCode, report: JSON.parse(terminal.written()) };
}

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(interruptSignal).mockReturnValue(new AbortController().signal);
  jest.mocked(evaluateRegion).mockResolvedValue(result("eu-west-1", healthy()));
  jest
    .mocked(evaluateRegions)
    .mockImplementation((regions) => Promise.resolve(regions.map((region) => result(region, healthy()))));
  jest.mocked(checksOfAllRegions).mockImplementation((results) => results.flatMap(({ checks }) => checks));
});

describe("the exit code", () => {
  const notKnown = (): Outcome => unknown("metrics", "AWS denied it.", "Allow it.");
  const bad = (): Outcome => problem("endpoint", "port 80", "Use 443.");

  test.each([
    [0, [healthy]],
    [1, [healthy, bad]],
    [2, [healthy, notKnown]],
    [1, [notKnown, bad]],
  ])("is %i with these checks: %#", async (expected, outcomes) => {
    jest.mocked(evaluateRegion).mockResolvedValue(result("eu-west-1", ...outcomes.map((outcome) => outcome())));
    expect((await run()).exitCode).toBe(expected);
  });
});

describe("the regions", () => {
  const regionsAsked = (): unknown => jest.mocked(evaluateRegions).mock.calls[0]?.[0];

  test("are that of the environment alone where none is named", async () => {
    expect(await run()).toMatchObject({ report: { summary: { regions: ["eu-west-1"], account: "123456789012" } } });
    expect(jest.mocked(evaluateRegion).mock.calls[0]?.[0]).toBeUndefined();
    expect(evaluateRegions).not.toHaveBeenCalled();
  });

  test("are one that is named, also if it is named twice", async () => {
    await run({ region: ["us-east-1", "us-east-1"] });
    expect(jest.mocked(evaluateRegion).mock.calls[0]?.[0]).toBe("us-east-1");
    expect(evaluateRegions).not.toHaveBeenCalled();
  });

  test("are several in their order, in one report", async () => {
    const { report } = await run({ region: ["us-east-1", "eu-west-1", "us-east-1"] });
    expect(regionsAsked()).toEqual(["us-east-1", "eu-west-1"]);
    expect(report).toMatchObject({
      summary: { regions: ["us-east-1", "eu-west-1"] },
      checks: [{ region: "us-east-1" }, { region: "eu-west-1" }],
    });
    expect(checksOfAllRegions).not.toHaveBeenCalled();
  });

  test("are all that are enabled, even if that is one", async () => {
    jest.mocked(listEnabledRegions).mockResolvedValue(["eu-west-1"]);
    await run({ allRegions: true, profile: "production" });
    expect(jest.mocked(listEnabledRegions).mock.calls[0]?.[0]).toEqual({ profile: "production" });
    expect(regionsAsked()).toEqual(["eu-west-1"]);
    expect(checksOfAllRegions).toHaveBeenCalledTimes(1);
  });

  test("have the account of the first one that answered", async () => {
    const silent = { ...result("us-east-1", healthy()), accountId: undefined };
    jest.mocked(evaluateRegions).mockResolvedValue([silent, result("eu-west-1", healthy())]);
    expect(await run({ region: ["us-east-1", "eu-west-1"] })).toMatchObject({
      report: { summary: { account: "123456789012" } },
    });
  });
});

describe("the options", () => {
  const rejected = async (options: Partial<VerifyOptions>): Promise<unknown> => {
    const error: unknown = await run(options).catch((thrown: unknown) => thrown);
    expect(evaluateRegion).not.toHaveBeenCalled();
    expect(evaluateRegions).not.toHaveBeenCalled();
    return error;
  };

  test.each(["0", "3601", "1.5", "soon"])("reject a timeout of %s", async (timeout) => {
    expect(await rejected({ timeout })).toEqual(
      new UnusableInput(
        `--timeout must be a whole number from 1 to 3600, got "${timeout}". Use a number in this range.`,
      ),
    );
  });

  test.each(["4", "3601", "soon"])("reject an evaluation every %s seconds", async (seconds) => {
    expect(await rejected({ watch: seconds })).toEqual(
      new UnusableInput(`--watch must be a whole number from 5 to 3600, got "${seconds}". Use a number in this range.`),
    );
  });

  test("reject a region beside all of them", async () => {
    expect(await rejected({ allRegions: true, region: ["eu-west-1", "us-east-1"] })).toEqual(
      new UnusableInput("--all-regions conflicts with --region, got eu-west-1, us-east-1. Use one of the two."),
    );
  });

  test("do not wait unless they say so", async () => {
    await run({ timeout: "30" });
    expect(jest.mocked(evaluateRegion).mock.calls[0]?.[1].waitOptions).toBeUndefined();
    await run({ timeout: "30", wait: true });
    expect(jest.mocked(evaluateRegion).mock.calls[1]?.[1].waitOptions).toMatchObject({ timeoutSeconds: 30 });
  });
});

describe("--watch", () => {
  test("leaves the evaluation to be repeated, every so many seconds", async () => {
    jest.mocked(watch).mockRejectedValue(new UndeterminedError("Interrupted before the end."));
    const terminal = fakeTerminal({ isTTY: false });
    await expect(verify({ format: "table", timeout: "600", watch: "5" }, terminal)).rejects.toThrow(
      new UndeterminedError("Interrupted before the end."),
    );
    expect(evaluateRegion).not.toHaveBeenCalled();
    const [watched] = jest.mocked(watch).mock.calls[0] ?? [];
    expect(watched).toMatchObject({ format: "table", seconds: 5, terminal });
    expect(await watched?.evaluate()).toContain("1 check: 0 problems");
    expect(terminal.written()).toBe("");
  });
});

describe("--fleet", () => {
  const stack = (...outcomes: readonly Outcome[]): FleetReport["stacks"][number] => ({
    stackId: "kloudfuse-firehose-111122223333-eu-west-1",
    account: "111122223333",
    region: "eu-west-1",
    checks: outcomes.map((outcome) => checkIn("eu-west-1", outcome)),
  });
  const FLEET = { fleet: "fleet.json", account: ["111122223333"] } as const;

  beforeEach(() => {
    jest
      .mocked(verifyFleet)
      .mockResolvedValue({ fleet: "fleet.json", evaluatedAt: new Date(0), stacks: [stack(healthy())] });
  });

  test("is answered by the stacks of the fleet alone", async () => {
    expect(await run(FLEET)).toMatchObject({
      exitCode: 0,
      report: { summary: { fleet: "fleet.json" }, stacks: [{ account: "111122223333", verdict: "ok" }] },
    });
    expect(evaluateRegion).not.toHaveBeenCalled();
    expect(jest.mocked(verifyFleet).mock.calls[0]?.slice(0, 2)).toMatchObject([FLEET, undefined]);
  });

  test.each([
    [1, "endpoint", () => problem("endpoint", "port 80", "Use 443.")],
    [2, "access", () => unknown("access", "AWS denied it.", "Grant it.")],
  ])("has exit code %i where a stack has this check: %s", async (exitCode, _, outcome) => {
    const stacks = [stack(healthy()), stack(outcome())];
    jest.mocked(verifyFleet).mockResolvedValue({ fleet: "fleet.json", evaluatedAt: new Date(0), stacks });
    expect((await run(FLEET)).exitCode).toBe(exitCode);
  });

  test("waits as long as the command says", async () => {
    await run({ ...FLEET, wait: true, timeout: "30" });
    expect(jest.mocked(verifyFleet).mock.calls[0]?.[1]).toBe(30);
  });

  test("is repeated with --watch", async () => {
    jest.mocked(watch).mockRejectedValue(new UndeterminedError("Interrupted before the end."));
    await expect(run({ ...FLEET, watch: "5" })).rejects.toThrow(UndeterminedError);
    expect(await jest.mocked(watch).mock.calls[0]?.[0].evaluate()).toContain('"fleet": "fleet.json"');
  });

  test("leaves the last report of --watch where it is interrupted", async () => {
    const controller = new AbortController();
    jest.mocked(interruptSignal).mockReturnValueOnce(controller.signal);
    jest.mocked(watch).mockImplementation(async ({ evaluate }) => {
      controller.abort();
      await evaluate();
      throw new Error("not reached");
    });
    await expect(run({ ...FLEET, watch: "5" })).rejects.toThrow(new InterruptedError());
  });

  test("prints what was read when it is interrupted, and does not call it healthy", async () => {
    const controller = new AbortController();
    jest.mocked(interruptSignal).mockReturnValueOnce(controller.signal);
    jest.mocked(verifyFleet).mockImplementation(() => {
      controller.abort();
      return Promise.resolve({ fleet: "fleet.json", evaluatedAt: new Date(0), stacks: [stack(healthy())] });
    });
    const terminal = fakeTerminal({ isTTY: false });
    await expect(verify({ format: "table", timeout: "600", ...FLEET }, terminal)).rejects.toThrow(
      new ReportedError("Interrupted before the end."),
    );
    expect(terminal.written()).toContain("1 stack: 0 with problems");
  });

  test("is required for an account", async () => {
    await expect(run({ account: ["111122223333"] })).rejects.toThrow(
      new UnusableInput("--account requires --fleet, got 111122223333. Name the fleet file with --fleet."),
    );
  });
});

describe("Terraform's state", () => {
  let folder = "";
  const write = (content: string): string => {
    const file = join(folder, "state.json");
    writeFileSync(file, content);
    return file;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-verify-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const stream = (address: string, values: object, fields: object = {}): object => ({
    address,
    mode: "managed",
    type: "aws_cloudwatch_metric_stream",
    values,
    ...fields,
  });

  test("gives its metric streams to each region", async () => {
    const values = {
      name: "kloudfuse-metrics",
      firehose_arn: "arn:stream",
      include_filter: [{ namespace: "AWS/EC2", metric_names: ["CPUUtilization"] }, { namespace: "AWS/S3" }],
      exclude_filter: [],
    };
    const root = {
      resources: [
        stream("aws_cloudwatch_metric_stream.root", {}),
        { address: "aws_iam_role.role", mode: "managed", type: "aws_iam_role", values: {} },
        stream("data.aws_cloudwatch_metric_stream.read", {}, { mode: "data" }),
      ],
      child_modules: [{ resources: [stream("module.a.aws_cloudwatch_metric_stream.m", values)] }],
    };
    const state = write(JSON.stringify({ format_version: "1.0", values: { root_module: root } }));
    await run({ state });
    expect(jest.mocked(evaluateRegion).mock.calls[0]?.[1].deployed).toEqual([
      {
        address: "aws_cloudwatch_metric_stream.root",
        name: "",
        destinationArn: "",
        includeFilters: [],
        excludeFilters: [],
      },
      {
        address: "module.a.aws_cloudwatch_metric_stream.m",
        name: "kloudfuse-metrics",
        destinationArn: "arn:stream",
        includeFilters: [
          { namespace: "AWS/EC2", metricNames: ["CPUUtilization"] },
          { namespace: "AWS/S3", metricNames: [] },
        ],
        excludeFilters: [],
      },
    ]);
  });

  test("may be empty, or not given", async () => {
    await run({ state: write('{"format_version":"1.0"}') });
    await run();
    expect(jest.mocked(evaluateRegion).mock.calls.map(([, options]) => options.deployed)).toEqual([[], undefined]);
  });

  const HOW_TO = "Create it with: terraform show -json > state.json";
  test.each([
    ["{", "got something else in"],
    ["[]", "got something else in"],
    ["{}", "got something else in"],
    ['{"version": 4, "terraform_version": "1.11.4"}', "got something else in"],
    ['{"format_version": "1.2", "planned_values": {}}', "got a plan in"],
  ])("is not %s", async (content, found) => {
    const state = write(content);
    await expect(run({ state })).rejects.toThrow(
      new UnusableInput(`--state must be Terraform's state as JSON, ${found} ${state}. ${HOW_TO}`),
    );
  });

  test("must be a file that can be read", async () => {
    for (const [file, reason] of [
      [join(folder, "missing.json"), "it does not exist"],
      [folder, "it is a folder"],
    ] as const) {
      await expect(run({ state: file })).rejects.toThrow(
        new UnusableInput(`--state must be a file that can be read, got ${file} (${reason}). ${HOW_TO}`),
      );
    }
  });
});
