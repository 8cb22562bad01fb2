import { exitCodeOfReplay, renderResult, type ReplayResult } from "../../../cli/replay/report";
import { emptySummary, type StreamSummary } from "../../../cli/replay/summary";
import { fakeTerminal } from "../../helpers/terminal";

const summary = (fields: Partial<StreamSummary> = {}): StreamSummary => ({
  ...emptySummary("logs", "bucket", "/journal"),
  ...fields,
});

const result = (fields: Partial<ReplayResult>): ReplayResult => ({
  accountId: "123456789012",
  regions: ["eu-central-1"],
  evaluatedAt: new Date(0),
  region: "eu-central-1",
  dryRun: false,
  streams: [summary({ records: 1 })],
  error: null,
  ...fields,
});

describe("the result of a replay", () => {
  test("says on a terminal what was accepted", () => {
    expect(renderResult(result({}), "table", fakeTerminal({ columns: 80 }))).toBe(
      [
        "Account 123456789012, region eu-central-1, evaluated 1970-01-01 00:00:00Z",
        "",
        "logs",
        "ok       records: 1 record accepted, 0 B, 0 objects replayed",
        "",
        "1 check: 0 problems, 0 unknown, 0 notes, 1 ok",
        "",
      ].join("\n"),
    );
  });

  test("is one JSON document with its streams, a summary, and the error that left streams out", () => {
    const error = new Error("The journal is locked.");
    expect(JSON.parse(renderResult(result({ error }), "json", fakeTerminal()))).toMatchObject({
      dryRun: false,
      streams: [{ stream: "logs", records: 1, skipped: { count: 0, items: [] }, stopped: null }],
      error: "The journal is locked.",
      summary: { account: "123456789012", regions: ["eu-central-1"], counts: { ok: 1 }, exitCode: 2 },
      checks: [{ subject: "logs", verdict: "ok" }],
    });
    expect(JSON.parse(renderResult(result({}), "json", fakeTerminal()))).toMatchObject({
      error: null,
      summary: { exitCode: 0 },
    });
  });

  test.each(["skipped", "refused", "corrupt"] as const)("ends with 1 when something was %s", (kind) => {
    const stream = summary();
    stream[kind].add(() => ({ what: "key", reason: "r" }));
    expect(exitCodeOfReplay(result({ streams: [summary(), stream] }))).toBe(1);
  });

  test("ends with 2 when it stopped, or could not read everything, also beside records that were not sent", () => {
    const unread = summary();
    unread.unreadable.add(() => ({ what: "key", reason: "r" }));
    const skipped = summary({ stopped: "Interrupted." });
    skipped.skipped.add(() => ({ what: "key", reason: "r" }));
    expect(exitCodeOfReplay(result({ streams: [unread] }))).toBe(2);
    expect(exitCodeOfReplay(result({ streams: [skipped] }))).toBe(2);
    expect(exitCodeOfReplay(result({ error: new Error("r") }))).toBe(2);
    expect(exitCodeOfReplay(result({}))).toBe(0);
  });
});
