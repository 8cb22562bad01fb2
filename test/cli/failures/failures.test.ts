import { InterruptedError } from "../../../cli/aws/call";
import { failures, type FailuresOptions } from "../../../cli/failures/failures";
import { interruptSignal } from "../../../cli/interrupt";
import { repeat } from "../../../cli/repeat";
import { FakeAws } from "../../e2e/helpers/fake-aws";
import { Json } from "../../e2e/helpers/json";
import { failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { LOGS, METRICS } from "../../helpers/account";
import { setEnvironment } from "../../helpers/environment";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/interrupt", () => ({ interruptSignal: jest.fn() }));
jest.mock("../../../cli/repeat", () => ({
  ...jest.requireActual<object>("../../../cli/repeat"),
  repeat: jest.fn(),
}));

const DENIED = { status: 403, code: "AccessDenied" };

let fake: FakeAws;
let abort = new AbortController();
let restore = (): void => undefined;

beforeEach(async () => {
  fake = await FakeAws.start([{ name: METRICS }, { name: LOGS }]);
  restore = setEnvironment(fake.environment);
  abort = new AbortController();
  jest.mocked(interruptSignal).mockReturnValue(abort.signal);
});

afterEach(async () => {
  restore();
  await fake.stop();
});

interface FailuresRun {
  readonly exitCode: number | undefined;
  readonly error: string | undefined;
  readonly output: string;
}

async function run(options: Partial<FailuresOptions> = {}): Promise<FailuresRun> {
  const terminal = fakeTerminal({ isTTY: false });
  try {
    const exitCode = await failures({ format: "json", limit: "20", ...options }, terminal);
    return { exitCode, error: undefined, output: terminal.written() };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    return { exitCode: undefined, error, output: terminal.written() };
  }
}

describe("the failures command", () => {
  test("ends with 0 when there is no failed record", async () => {
    const { exitCode, output } = await run();
    expect(exitCode).toBe(0);
    expect(Json.parse(output).at("summary").value).toMatchObject({
      account: "123456789012",
      regions: ["us-east-1"],
      exitCode: 0,
      counts: { ok: 2, problem: 0, unknown: 0, note: 0 },
    });
  });

  test("ends with 1 when there is one", async () => {
    fake.fill(LOGS, 1, 1);
    const { exitCode, output } = await run();
    expect(exitCode).toBe(1);
    expect(Json.parse(output).at("failedRecords").value).toBe(1);
  });

  test("ends with 2 when an object was not read", async () => {
    fake.fill(LOGS, 1, 1);
    fake.s3.before = (request) => Promise.resolve(request === `GET ${failedKey(LOGS, 0)}` ? DENIED : undefined);
    expect((await run()).exitCode).toBe(2);
  });

  test("reports what it read, and ends with the error, when the bucket may not be listed", async () => {
    fake.s3.before = () => Promise.resolve(DENIED);
    const { error, output } = await run();
    const reason = "AWS denied s3:ListBucket on kloudfuse-backup. Grant it to the user or role that runs this command.";
    expect(error).toBe(reason);
    expect(Json.parse(output).at("stopped").value).toBe(reason);
    expect(Json.parse(output).at("summary", "exitCode").value).toBe(2);
  });

  test("reads the stream that is chosen", async () => {
    fake.fill(METRICS, 1, 3);
    const { output } = await run({ signal: "logs" });
    expect(Json.parse(output).at("failedRecords").value).toBe(0);
  });

  test("reads since a time", async () => {
    fake.fill(LOGS, 1, 3);
    expect(Json.parse((await run({ since: "1h" })).output).at("failedRecords").value).toBe(3);
    expect(Json.parse((await run({ until: "1h" })).output).at("failedRecords").value).toBe(0);
  });

  test("lists so many records, as text in a pipe too", async () => {
    fake.fill(LOGS, 1, 3);
    const { output } = await run({ format: "table", limit: "2" });
    expect(output.split("\n").filter((line) => line.startsWith("record\t"))).toHaveLength(2);
    expect(output).toMatch(/# 3 failed records in 1 object, 2 shown \(list more with --limit\)\n$/);
  });
});

describe("an option that cannot be used", () => {
  test.each(["-1", "x", "1000000001"])("is --limit %s", async (limit) => {
    expect((await run({ limit })).error).toBe(
      `--limit must be a whole number from 0 to 1000000000, got "${limit}". Use a number in this range.`,
    );
  });

  test.each(["4", "3601"])("is --follow %s", async (follow) => {
    expect((await run({ follow })).error).toBe(
      `--follow must be a whole number from 5 to 3600, got "${follow}". Use a number in this range.`,
    );
  });

  test("is --until with --follow", async () => {
    expect((await run({ follow: "5", until: "1h" })).error).toBe(
      "--follow conflicts with --until, got 1h. Use one of the two.",
    );
  });
});

describe("the region", () => {
  test("is one where there is no fleet", async () => {
    expect((await run({ region: ["us-east-1", "eu-west-1"] })).error).toBe(
      "--region must be one region without --fleet, got us-east-1, eu-west-1. Run the command for each region.",
    );
  });

  test("is the one that is named", async () => {
    const { output } = await run({ region: ["eu-west-1"] });
    expect(Json.parse(output).at("summary", "regions").value).toEqual(["eu-west-1"]);
  });
});

describe("with --follow", () => {
  /** Runs the task so many times, with a change of the backup before each but the first, and is interrupted then. */
  const follow = (...changes: readonly (() => void)[]): void => {
    jest.mocked(repeat).mockImplementation(async (_, __, task) => {
      await task();
      for (const change of changes) {
        change();
        await task();
      }
      throw new InterruptedError();
    });
  };
  const run5 = async (options: Partial<FailuresOptions> = {}): Promise<FailuresRun> =>
    await run({ follow: "5", ...options });
  const put = (number: number): void => {
    fake.s3.put(failedKey(LOGS, number), gzipObject([failedLine(`record ${number}`)]));
  };
  const documents = (output: string): Json[] =>
    output
      .split(/^(?=\{"records": \[)/m)
      .filter((text) => text !== "")
      .map((text) => Json.parse(text));
  const objectsIn = (report: Json): string[] => report.at("records").list.map((each) => each.at("object").text);

  test("reads again after so many seconds, until it is interrupted", async () => {
    follow();
    expect((await run5()).error).toBe("Interrupted before the end.");
    expect(jest.mocked(repeat).mock.lastCall?.slice(0, 2)).toEqual([5, abort.signal]);
  });

  test("reports what is there, and then what is new", async () => {
    put(1);
    follow(
      () => {
        put(2);
      },
      () => undefined,
      () => {
        put(3);
      },
    );
    const reports = documents((await run5()).output);
    expect(reports.map(objectsIn)).toEqual([[failedKey(LOGS, 1)], [failedKey(LOGS, 2)], [failedKey(LOGS, 3)]]);
  });

  test("lists so many records of all readings together", async () => {
    put(1);
    follow(() => {
      put(2);
    });
    const reports = documents((await run5({ limit: "1" })).output);
    expect(reports.map((report) => [objectsIn(report).length, report.at("failedRecords").value])).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  test("says that a reading stopped early, and continues with the next one", async () => {
    put(1);
    follow(
      () => {
        put(2);
        fake.s3.before = () => Promise.resolve(DENIED);
      },
      () => {
        fake.s3.before = () => Promise.resolve(undefined);
      },
    );
    const reports = documents((await run5()).output);
    expect(reports.map((report) => report.at("stopped").value === null)).toEqual([true, false, true]);
    expect(reports.map(objectsIn)).toEqual([[failedKey(LOGS, 1)], [], [failedKey(LOGS, 2)]]);
  });

  test("ends when the credentials expire, and says it once", async () => {
    follow(
      () => {
        fake.s3.before = () => Promise.resolve({ status: 400, code: "ExpiredToken" });
      },
      () => undefined,
    );
    const { error, output } = await run5();
    expect(error).toContain("AWS refused the credentials at s3:ListBucket on kloudfuse-backup (ExpiredToken).");
    expect(documents(output).map((report) => report.at("stopped").value === null)).toEqual([true, false]);
  });

  test("does not report a reading that was interrupted", async () => {
    follow(() => {
      abort.abort();
    });
    const { error, output } = await run5();
    expect(error).toBe("Interrupted before the end.");
    expect(documents(output)).toHaveLength(1);
  });
});
