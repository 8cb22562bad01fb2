import { AccessDeniedError, InterruptedError, UnrecoverableError } from "../../../cli/aws/call";
import { fleetFailures, type FleetFailuresOptions } from "../../../cli/failures/fleet-failures";
import { jsonReport } from "../../../cli/failures/json-report";
import { RecordLimit } from "../../../cli/failures/record-limit";
import { selectTargets } from "../../../cli/fleet/select-targets";
import { targetAccess } from "../../../cli/fleet/target-access";
import type { FleetTarget } from "../../../fleet";
import { FakeAws } from "../../e2e/helpers/fake-aws";
import { Json } from "../../e2e/helpers/json";
import { LOGS, METRICS } from "../../helpers/account";
import { setEnvironment } from "../../helpers/environment";
import { fleetTarget } from "../../helpers/fleet";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/fleet/select-targets", () => ({ selectTargets: jest.fn() }));
jest.mock("../../../cli/fleet/target-access", () => ({ targetAccess: jest.fn() }));

const FIRST = fleetTarget();
const SECOND = fleetTarget({ account: "444455556666", region: "us-east-1" });

let fake: FakeAws;
let restore = (): void => undefined;
let abort: AbortController;
let shown: string[];
let onShow: (text: string) => void;

beforeEach(async () => {
  fake = await FakeAws.start([{ name: METRICS }, { name: LOGS }]);
  restore = setEnvironment(fake.environment);
  abort = new AbortController();
  shown = [];
  onShow = () => undefined;
  jest.mocked(selectTargets).mockReturnValue([FIRST, SECOND]);
  jest.mocked(targetAccess).mockImplementation(({ region }) => Promise.resolve({ region }));
});

afterEach(async () => {
  restore();
  await fake.stop();
});

interface FleetFailuresRun {
  readonly exitCode: number | undefined;
  readonly error: unknown;
  readonly report: Json;
}

async function run(options: Partial<FleetFailuresOptions> = {}, limit = 20): Promise<FleetFailuresRun> {
  const terminal = fakeTerminal();
  const context = {
    range: { since: undefined, until: undefined },
    limit: new RecordLimit(limit),
    report: jsonReport(terminal),
    progress: {
      show: (text: string) => {
        shown.push(text);
        onShow(text);
      },
      end: () => shown.push("end"),
    },
    abortSignal: abort.signal,
  };
  try {
    const exitCode = await fleetFailures({ fleet: "fleet.json", ...options }, context);
    return { exitCode, error: undefined, report: Json.parse(terminal.written()) };
  } catch (error) {
    return { exitCode: undefined, error, report: Json.parse(terminal.written() || "{}") };
  }
}

const unreachable = ({ account }: FleetTarget): void => {
  jest
    .mocked(targetAccess)
    .mockImplementation((target) =>
      target.account === account
        ? Promise.reject(new AccessDeniedError("AWS denied it. Grant it."))
        : Promise.resolve({ region: target.region }),
    );
};

const verdicts = (report: Json): unknown[] => report.at("stacks").list.map((stack) => stack.at("verdict").value);

describe("the failures of a fleet", () => {
  test("are none where no stack has a failed record", async () => {
    const { exitCode, report } = await run();
    expect(exitCode).toBe(0);
    expect(report.at("summary").value).toMatchObject({ fleet: "fleet.json", exitCode: 0, counts: { ok: 4 } });
    expect(verdicts(report)).toEqual(["ok", "ok"]);
  });

  test("are those of every stack, each with its account and region", async () => {
    fake.fill(LOGS, 1, 3);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(1);
    expect(report.at("failedRecords").value).toBe(6);
    expect(report.at("causes").list.map(({ value }) => value)).toMatchObject([
      { account: "111122223333", region: "eu-west-1", stream: LOGS, records: 3 },
      { account: "444455556666", region: "us-east-1", stream: LOGS, records: 3 },
    ]);
    const records = report.at("records").list.map((record) => record.at("account").text);
    expect(records.sort()).toEqual([
      ...Array<string>(3).fill("111122223333"),
      ...Array<string>(3).fill("444455556666"),
    ]);
  });

  test("are listed up to one limit for all stacks, and all counted", async () => {
    fake.fill(LOGS, 1, 3);
    const { report } = await run({}, 4);
    expect(report.at("records").list).toHaveLength(4);
    expect(report.at("shown").value).toBe(4);
    expect(report.at("failedRecords").value).toBe(6);
  });

  test("clear the line of the progress before a record is written", async () => {
    fake.fill(LOGS, 1, 1);
    await run();
    expect(shown[0]).toBe("0 of 2 stacks read");
    expect(shown.filter((text) => text === "end").length).toBeGreaterThanOrEqual(3);
  });

  test("are undetermined where a stack cannot be reached, which hides nothing of the other", async () => {
    fake.fill(LOGS, 1, 3);
    unreachable(FIRST);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(1);
    expect(report.at("failedRecords").value).toBe(3);
    expect(verdicts(report)).toEqual(["unknown", "problem"]);
  });

  test("are undetermined where nothing failed in the stacks that were reached", async () => {
    unreachable(SECOND);
    const { exitCode, report } = await run();
    expect({ exitCode, code: report.at("summary", "exitCode").value }).toEqual({ exitCode: 2, code: 2 });
  });

  test("are undetermined of a stream that is gone, and those of the stack's other one are read", async () => {
    fake.fill(LOGS, 1, 3);
    jest
      .mocked(selectTargets)
      .mockReturnValue([fleetTarget({ inputs: { metrics_stream_name: "gone", logs_stream_name: LOGS } })]);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(1);
    expect(report.at("failedRecords").value).toBe(3);
    const unknown = report.at("checks").list.filter((check) => check.at("verdict").value === "unknown");
    expect(unknown.map(({ value }) => value)).toMatchObject([
      {
        account: "111122223333",
        region: "eu-west-1",
        subject: "stack",
        name: "stream",
        found: `There is no delivery stream gone in eu-west-1: the streams are ${METRICS}, ${LOGS}.`,
        remedy: "Deploy the stack, or correct metrics_stream_name in fleet.json.",
      },
    ]);
  });

  test("are read of the signal that is chosen", async () => {
    fake.fill(METRICS, 1, 2);
    const { report } = await run({ signal: "logs" });
    expect(report.at("failedRecords").value).toBe(0);
    expect(report.at("checks").list.map((check) => check.at("subject").value)).toEqual([LOGS, LOGS]);
  });

  test("say why the reading of a stack stopped early", async () => {
    fake.s3.before = () => Promise.resolve({ status: 403, code: "AccessDenied" });
    jest.mocked(selectTargets).mockReturnValue([SECOND]);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(2);
    expect(report.at("undetermined").value).toEqual([`444455556666 us-east-1 ${METRICS}`]);
    expect(report.at("checks").list.map(({ value }) => value)).toMatchObject([
      { subject: METRICS, name: "failed records", verdict: "unknown" },
      {
        subject: "stack",
        name: "reading",
        verdict: "unknown",
        found: "AWS denied s3:ListBucket on kloudfuse-backup.",
        remedy: "Grant it to the user or role that runs this command.",
      },
    ]);
  });

  test("that were read are reported when the command is interrupted, and the rest is undetermined", async () => {
    fake.fill(LOGS, 1, 1);
    const firstIsRead = new Promise<void>((resolve) => {
      onShow = (text) => {
        if (text === "1 of 2 stacks read") {
          resolve();
        }
      };
    });
    jest.mocked(targetAccess).mockImplementation(({ account, region }) => {
      if (account === FIRST.account) {
        return Promise.resolve({ region });
      }
      return firstIsRead.then(() => {
        abort.abort();
        throw new InterruptedError();
      });
    });
    const { error, report } = await run();
    expect(error).toMatchObject({ message: "Interrupted before the end." });
    expect(report.at("failedRecords").value).toBe(1);
    expect(verdicts(report)).toEqual(["problem", "unknown"]);
  });

  test("are not reported where the credentials work for no stack", async () => {
    jest.mocked(targetAccess).mockRejectedValue(new UnrecoverableError("Renew them."));
    const { error, report } = await run();
    expect(error).toEqual(new UnrecoverableError("Renew them."));
    expect(report.value).toEqual({});
  });
});
