import type { Payload } from "../../../cli/backup/payload";
import { causeOf } from "../../../cli/causes/diagnose";
import type { Findings, ShownRecord } from "../../../cli/failures/report";
import { tableReport } from "../../../cli/failures/table-report";
import { CappedList } from "../../../cli/capped-list";
import { findings, shown } from "../../helpers/failures";

async function written(records: readonly ShownRecord[], found?: Findings): Promise<string> {
  let all = "";
  const report = tableReport(async (text) => {
    all += text;
    await Promise.resolve();
  });
  for (const record of records) {
    await report.record(record);
  }
  if (found !== undefined) {
    await report.end(found);
  }
  return all;
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

describe("a failed record to read", () => {
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

describe("the findings to read", () => {
  test("are one line where nothing failed", async () => {
    expect(await written([], findings({ objects: 0 }))).toBe(
      "0 failed records in 0 objects, 0 shown; 0 corrupt, 0 not readable\n",
    );
  });

  test("name what was ignored, with nouns that agree with the numbers", async () => {
    const one = findings({ failedRecords: 1, foreignObjects: 1, deliveredObjects: 2 });
    expect(await written([], one)).toBe(
      "1 failed record in 1 object, 0 shown; 0 corrupt, 0 not readable; 1 object of other streams or writers, ignored; 2 objects with delivered data, ignored\n",
    );
  });

  test("say what is undetermined, and name what is corrupt or not readable", async () => {
    const [corrupt, unreadable] = [new CappedList<Findings["corrupt"]["items"][number]>(), new CappedList<never>()];
    corrupt.push({ key: "a", reason: "entry 0: cut" });
    const text = await written([], findings({ corrupt, unreadable, undetermined: ["It could not be determined."] }));
    expect(text.split("\n")).toEqual([
      "1 corrupt, skipped:",
      "  a: entry 0: cut",
      "It could not be determined.",
      "0 failed records in 1 object, 0 shown; 1 corrupt, 0 not readable",
      "",
    ]);
  });

  test("name 20 that are not readable, and count the others", async () => {
    const unreadable = new CappedList<Findings["unreadable"]["items"][number]>();
    for (let at = 0; at < 21; at++) {
      unreadable.push({ key: String(at), reason: "r" });
    }
    const lines = (await written([], findings({ unreadable }))).split("\n");
    expect(lines.slice(0, 2)).toEqual(["21 not readable:", "  0: r"]);
    expect(lines.slice(20, 22)).toEqual(["  19: r", "  … and 1 more; --format json has all"]);
  });

  test("have a row for each cause, with its status, codes, meaning and fix", async () => {
    const cause = causeOf("too-large");
    const text = await written(
      [],
      findings({
        causes: [
          {
            stream: "logs",
            cause,
            status: 413,
            errorCodes: new Set(["C1", "C2"]),
            records: 7,
            bytes: 1500,
            first: 1000,
            last: null,
          },
        ],
      }),
    );
    for (const part of ["logs", cause.title, "status 413", "C1", "C2", "7", "1.5 kB", "1970-01-01 00:00:01Z"]) {
      expect(text).toContain(part);
    }
  });
});
