import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnusableInput } from "../../../cli/exit-codes";
import { Journal } from "../../../cli/replay/journal";
import { replay, type ReplayCommandOptions } from "../../../cli/replay/replay";
import { FakeAws } from "../../e2e/helpers/fake-aws";
import { Json } from "../../e2e/helpers/json";
import { failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { LOGS, METRICS } from "../../helpers/account";
import { setEnvironment } from "../../helpers/environment";
import { fakeTerminal } from "../../helpers/terminal";

jest.mock("../../../cli/interrupt", () => ({ interruptSignal: () => new AbortController().signal }));

let fake: FakeAws;
let state = "";
let restore = (): void => undefined;

beforeEach(async () => {
  fake = await FakeAws.start([
    { name: METRICS },
    { name: LOGS },
    { name: "lambda-logs", processors: ["Lambda"] },
    { name: "kinesis-logs", type: "KinesisStreamAsSource" },
  ]);
  state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-replay-"));
  restore = setEnvironment({ ...fake.environment, XDG_STATE_HOME: state });
});

afterEach(async () => {
  restore();
  rmSync(state, { recursive: true, force: true });
  await fake.stop();
});

interface ReplayRun {
  readonly exitCode: number | undefined;
  readonly error: string | undefined;
  readonly report: Json;
}

/** Runs the command, and returns its exit code or error, and the report. */
async function run(options: Partial<ReplayCommandOptions> = {}): Promise<ReplayRun> {
  const terminal = fakeTerminal({ isTTY: false });
  const all = {
    format: "json",
    concurrency: "8",
    allowTransformed: false,
    deleteReplayed: false,
    dryRun: false,
    ...options,
  } as const;
  let [exitCode, error]: [number | undefined, string | undefined] = [undefined, undefined];
  try {
    exitCode = await replay(all, terminal);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  return { exitCode, error, report: Json.parse(terminal.written() || "null") };
}

const journal = (): string => join(state, "kloudfuse-firehose", `replay-${FakeAws.bucket}.jsonl`);

describe("the replay command", () => {
  test("replays both streams, with one journal of their bucket", async () => {
    fake.fill(METRICS, 1, 2);
    fake.s3.put(failedKey(LOGS, 7), gzipObject([failedLine("a log")]));
    const { exitCode, report } = await run();
    expect(exitCode).toBe(0);
    expect(report.at("streams").list.map((each) => [each.at("stream").text, each.at("records").value])).toEqual([
      [METRICS, 2],
      [LOGS, 1],
    ]);
    expect(report.at("error").value).toBeNull();
    expect(existsSync(journal())).toBe(true);
    expect(existsSync(`${journal()}.lock`)).toBe(false);
  });

  test("says which account, region and exit code", async () => {
    const { report } = await run({ signal: "logs" });
    expect(report.at("summary").value).toMatchObject({ account: "123456789012", regions: ["us-east-1"], exitCode: 0 });
  });

  test("ends with 1 when a record was skipped", async () => {
    fake.s3.put(failedKey(LOGS, 0), gzipObject([failedLine(Buffer.alloc(1000 * 1024 + 1))]));
    expect((await run()).exitCode).toBe(1);
  });

  test("ends with 2 when an object was not read", async () => {
    fake.fill(LOGS, 1, 1);
    const denied = { status: 403, code: "AccessDenied" };
    fake.s3.before = (request) => Promise.resolve(request === `GET ${failedKey(LOGS, 0)}` ? denied : undefined);
    expect((await run()).exitCode).toBe(2);
  });

  test("writes the journal that is named", async () => {
    fake.fill(LOGS, 1, 1);
    const file = join(state, "own.jsonl");
    await run({ journal: file });
    expect({ own: existsSync(file), usual: existsSync(journal()) }).toEqual({ own: true, usual: false });
  });

  test("creates no journal in a dry run", async () => {
    fake.fill(LOGS, 1, 1);
    const { report } = await run({ dryRun: true });
    expect(report.at("dryRun").value).toBe(true);
    expect(existsSync(journal())).toBe(false);
    expect(fake.firehose.putRequests).toBe(0);
  });

  test("sends what was stranded by a rename to the stream of today", async () => {
    fake.fill("old-logs", 1, 2);
    const { exitCode, report } = await run({ signal: "logs", formerStreamName: "old-logs" });
    expect({ exitCode, records: report.at("streams", 0, "records").value }).toEqual({ exitCode: 0, records: 2 });
  });

  test("reports the stream before an error, and ends with the error", async () => {
    fake.fill(METRICS, 1, 1);
    const open = Journal.open.bind(Journal);
    const spy = jest.spyOn(Journal, "open");
    spy.mockImplementationOnce(open).mockRejectedValueOnce(new UnusableInput("The journal is corrupt in line 1."));
    const { error, exitCode, report } = await run();
    spy.mockRestore();
    expect({ error, exitCode }).toEqual({ error: "The journal is corrupt in line 1.", exitCode: undefined });
    expect(report.at("streams").list.map((each) => each.at("records").value)).toEqual([1]);
    expect(report.at("error").value).toBe("The journal is corrupt in line 1.");
    expect(report.at("summary", "exitCode").value).toBe(2);
  });

  test("prints no report of an error at the first stream", async () => {
    const file = join(state, "corrupt.jsonl");
    writeFileSync(file, "corrupt\nlines\n");
    const { error, report } = await run({ journal: file });
    expect(error).toContain(
      `${file} is not a journal: it begins with neither a header nor an object. Nothing was sent`,
    );
    expect(report.value).toBeNull();
  });

  test("sends nothing with the journal of a newer version, and leaves it as it is", async () => {
    fake.fill(LOGS, 1, 1);
    const file = join(state, "newer.jsonl");
    const content = '{"journal":"kloudfuse-firehose-replay","version":3}\n{"new":"format"}\n';
    writeFileSync(file, content);
    const { error } = await run({ journal: file });
    expect(error).toBe(
      `The journal ${file} has format version 3, written by a newer kloudfuse-firehose; this one reads version 2. Update it, or pass another file with --journal.`,
    );
    expect(fake.firehose.putRequests).toBe(0);
    expect(readFileSync(file, "utf8").trimEnd()).toBe(content.trimEnd());
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});

describe("an option that cannot be used", () => {
  test.each(["0", "-1", "x", "", "1e3", "1.", ".5", "Infinity"])("is --rate %j", async (rate) => {
    expect((await run({ rate })).error).toBe(
      `--rate must be a number of MB a second above 0, got "${rate}". Use a number such as 5.`,
    );
  });

  test.each(["0.001", "1", "12.5"])("is not --rate %j", async (rate) => {
    expect((await run({ rate })).exitCode).toBe(0);
  });

  test.each(["0", "65", "1.5"])("is --concurrency %j", async (concurrency) => {
    expect((await run({ concurrency })).error).toBe(
      `--concurrency must be a whole number from 1 to 64, got "${concurrency}". Use a number in this range.`,
    );
  });

  test.each(["1", "64"])("is not --concurrency %j", async (concurrency) => {
    expect((await run({ concurrency })).exitCode).toBe(0);
  });

  test("is a former name without the stream that takes the records", async () => {
    expect((await run({ formerStreamName: "old" })).error).toBe(
      "--signal is required with --former-stream-name: it names the stream to send to.",
    );
  });

  test("is a stream that reads from another one", async () => {
    fake.fill("kinesis-logs", 1, 1);
    expect((await run({ signal: "logs", logsStreamName: "kinesis-logs" })).error).toContain(
      "kinesis-logs reads from another stream (type KinesisStreamAsSource)",
    );
    expect(fake.firehose.putRequests).toBe(0);
  });

  test("is a stream that transforms, unless that is allowed", async () => {
    fake.fill("lambda-logs", 1, 1);
    const options = { signal: "logs", logsStreamName: "lambda-logs" } as const;
    expect((await run(options)).error).toContain("lambda-logs transforms its records (Lambda)");
    expect(fake.firehose.putRequests).toBe(0);
    expect((await run({ ...options, allowTransformed: true })).exitCode).toBe(0);
    expect(fake.counts()).toEqual({ accepted: 1, repeated: 0 });
  });

  test("is a stream that does not exist", async () => {
    expect((await run({ signal: "logs", logsStreamName: "nowhere" })).error).toContain(
      "There is no delivery stream nowhere in us-east-1",
    );
  });
});
