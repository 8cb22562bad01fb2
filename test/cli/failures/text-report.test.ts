import type { Payload } from "../../../cli/backup/payload";
import { problem } from "../../../cli/checks/check";
import type { FleetReport } from "../../../cli/fleet/report";
import type { Findings, ShownRecord } from "../../../cli/failures/report";
import { textReport } from "../../../cli/failures/text-report";
import type { Terminal } from "../../../cli/terminal/terminal";
import { damaged, findings, shown } from "../../helpers/failures";
import { fakeTerminal } from "../../helpers/terminal";

const SCOPE = { accountId: "123456789012", regions: ["eu-central-1"], evaluatedAt: new Date(0) };
const HEADER = "Account 123456789012, region eu-central-1, evaluated 1970-01-01 00:00:00Z";

async function written(
  records: readonly ShownRecord[],
  found?: Findings,
  options: Partial<Pick<Terminal, "columns" | "isTTY">> = { columns: 100 },
): Promise<string> {
  const terminal = fakeTerminal(options);
  const report = textReport(terminal);
  for (const record of records) {
    await report.record(record);
  }
  if (found !== undefined) {
    await report.end(found, SCOPE);
  }
  return terminal.written();
}

const payloadLines = async (payload: Payload): Promise<string[]> =>
  (await written([shown({ payload })])).trimEnd().split("\n").slice(3);

const logs = (...messages: readonly string[]): Payload & { readonly kind: "CloudWatch Logs" } => ({
  kind: "CloudWatch Logs",
  messageType: "DATA_MESSAGE",
  owner: "123456789012",
  logGroup: "group",
  logStream: "stream",
  logEvents: messages.map((message, at) => ({ timestamp: at === 0 ? null : at * 1000, message })),
});

describe("a failed record on a terminal", () => {
  test("has its object, times, error and payload", async () => {
    expect(await written([shown({})])).toBe(
      [
        "logs: key [0]",
        "  arrived 1970-01-01 00:00:01Z, last attempt ended at an unknown time, attempts 5",
        "  C m",
        "  text: one",
        "",
        "",
      ].join("\n"),
    );
  });

  test("fits the width, with what does not fit on lines below", async () => {
    const record = { ...shown({}).record, errorMessage: "the endpoint answered with a status that is not 200" };
    expect((await written([shown({ record })], undefined, { columns: 40 })).split("\n").slice(1, 6)).toEqual([
      "  arrived 1970-01-01 00:00:01Z, last",
      "    attempt ended at an unknown time,",
      "    attempts 5",
      "  C the endpoint answered with a status",
      "    that is not 200",
    ]);
  });

  test("from CloudWatch Logs has the first three events", async () => {
    expect(await payloadLines(logs("one"))).toEqual([
      "  CloudWatch Logs DATA_MESSAGE, group stream, 1 event",
      "  at an unknown time one",
    ]);
    expect((await payloadLines(logs("one", "two", "three", "four"))).slice(2)).toEqual([
      "  1970-01-01 00:00:01Z two",
      "  1970-01-01 00:00:02Z three",
      "  … and 1 more; --format json has all",
    ]);
  });

  test("of several payloads has each of them", async () => {
    const metrics: Payload = { kind: "metric stream", metrics: [{ metric_name: "a" }] };
    expect(await payloadLines({ kind: "several", payloads: [metrics, logs("one")] })).toEqual([
      "  metric stream, 1 metric",
      '  {"metric_name":"a"}',
      "  CloudWatch Logs DATA_MESSAGE, group stream, 1 event",
      "  at an unknown time one",
    ]);
  });

  test("in OpenTelemetry says what to do", async () => {
    expect(await payloadLines({ kind: "OpenTelemetry", requests: 2, remedy: "Set it.", base64: "eA==" })).toEqual([
      "  OpenTelemetry, 2 requests. Set it.",
    ]);
  });

  test("of binary data has its Base64", async () => {
    expect(await payloadLines({ kind: "binary", base64: "eA==" })).toEqual(["  binary, Base64: eA=="]);
  });
});

describe("a failed record in a pipe", () => {
  test("is one tab-separated line", async () => {
    expect(await written([shown({ payload: logs("a\tb") })], undefined, { isTTY: false })).toBe(
      "record\tlogs\tkey\t0\t1970-01-01 00:00:01Z\tat an unknown time\t5\tC\tm\t" +
        "CloudWatch Logs DATA_MESSAGE, group stream, 1 event; at an unknown time a b\n",
    );
  });
});

describe("a report on a fleet", () => {
  const PLACE = { account: "111122223333", region: "eu-west-1" };
  const fleet = (): FleetReport => ({
    fleet: "fleet.json",
    evaluatedAt: new Date(0),
    stacks: [{ stackId: "stack", ...PLACE, checks: [{ subject: "logs", ...problem("too large", "7", "Fix it.") }] }],
  });
  const text = async (isTTY: boolean): Promise<string[]> => {
    const terminal = fakeTerminal({ isTTY });
    const report = textReport(terminal);
    await report.record(shown(PLACE));
    await report.endFleet(findings({ failedRecords: 7 }, { shown: 1 }), fleet());
    return terminal.written().trimEnd().split("\n");
  };

  test("names account and region of each record, then of each check and stack", async () => {
    const lines = await text(true);
    expect(lines[0]).toBe("logs (111122223333 eu-west-1): key [0]");
    expect(lines.slice(-10)).toEqual([
      "logs (111122223333 eu-west-1)",
      "problem  too large: 7",
      "    → Fix it.",
      "",
      "stacks",
      "problem  111122223333 eu-west-1: 1 problem, 0 unknown, 0 notes, 0 ok",
      "",
      "1 stack: 1 with problems, 0 undetermined, 0 healthy",
      "1 check: 1 problem, 0 unknown, 0 notes, 0 ok",
      "7 failed records in 1 object, 1 shown (list more with --limit)",
    ]);
  });

  test("has account and region in fields of their own in a pipe", async () => {
    const [record = "", , check = ""] = await text(false);
    expect(record).toMatch(/^record\t111122223333\teu-west-1\tlogs\tkey\t0\t/);
    expect(check).toBe("problem\t111122223333\teu-west-1\tlogs\ttoo large\t7\tFix it.");
  });
});

describe("the findings to read", () => {
  test("have account, region and time, and the number of records where nothing failed", async () => {
    expect(await written([], findings({ objects: 0 }))).toBe(
      `${HEADER}\n\n1 check: 0 problems, 0 unknown, 0 notes, 1 ok (list them with --all)\n0 failed records in 0 objects, 0 shown\n`,
    );
  });

  test("say how to list more records, and that the reading stopped early", async () => {
    const found = findings({ failedRecords: 3000, objects: 2 }, { shown: 1000, stopped: new Error("Interrupted.") });
    expect((await written([], found)).trimEnd().split("\n").at(-1)).toBe(
      "3,000 failed records in 2 objects, 1,000 shown (list more with --limit); stopped early: Interrupted.",
    );
  });

  test("name 20 objects that were not read, and count the others", async () => {
    const lines = (await written([], findings({ unreadable: damaged(21, "r") }))).split("\n");
    expect(lines.slice(2, 5)).toEqual(["logs", "unknown  objects not read: 21", "    - 0: r"]);
    expect(lines.slice(23, 26)).toEqual([
      "    - 19: r",
      "    - … and 1 more; --format json has all",
      "    → Their records are not counted: fix the cause, and run the command again.",
    ]);
  });

  test("are tab-separated lines in a pipe, all of them, and comments around them", async () => {
    expect(await written([], findings({ unreadable: damaged(21, "r") }), { isTTY: false })).toBe(
      [
        `# ${HEADER}`,
        [
          "unknown\teu-central-1\tlogs\tobjects not read",
          ["21", ...Array.from({ length: 21 }, (_, at) => `${at}: r`)].join("; "),
          "Their records are not counted: fix the cause, and run the command again.",
        ].join("\t"),
        "# 1 check: 0 problems, 1 unknown, 0 notes, 0 ok",
        "# 0 failed records in 1 object, 0 shown",
        "",
      ].join("\n"),
    );
  });
});
