import { causeOf } from "../../../cli/causes/diagnose";
import { ok } from "../../../cli/checks/check";
import type { FleetReport } from "../../../cli/fleet/report";
import { jsonReport } from "../../../cli/failures/json-report";
import { asObject } from "../../../iam/json";
import { damaged, findings, shown, streamFindings, tally } from "../../helpers/failures";
import { fakeTerminal } from "../../helpers/terminal";

const SCOPE = { accountId: "123456789012", regions: ["eu-central-1"], evaluatedAt: new Date(0) };

describe("the JSON report on a fleet", () => {
  const PLACE = { account: "111122223333", region: "eu-west-1" };
  const fleet = (): FleetReport => ({
    fleet: "fleet.json",
    evaluatedAt: new Date(0),
    stacks: [{ stackId: "stack", ...PLACE, checks: [{ subject: "logs", ...ok("failed records", "none") }] }],
  });

  test("says of everything in which account and region it is", async () => {
    const terminal = fakeTerminal();
    const report = jsonReport(terminal);
    await report.record(shown(PLACE));
    const stream = { ...PLACE, corrupt: damaged(1), objects: 0, isComplete: false };
    await report.endFleet(
      {
        ...findings({}),
        streams: [streamFindings(stream), streamFindings({ ...PLACE, isComplete: false })],
        causes: [{ ...tally({}), ...PLACE }],
      },
      fleet(),
    );
    expect(JSON.parse(terminal.written())).toMatchObject({
      records: [{ ...PLACE, stream: "logs" }],
      causes: [{ ...PLACE, stream: "logs", cause: "too-large" }],
      corrupt: { count: 1, items: [{ ...PLACE, stream: "logs", key: "0", reason: "cut" }] },
      undetermined: ["111122223333 eu-west-1 logs"],
      stopped: null,
      summary: { fleet: "fleet.json", exitCode: 0 },
      stacks: [{ stack: "stack", ...PLACE, verdict: "ok" }],
      checks: [{ ...PLACE, subject: "logs" }],
    });
  });

  test("is one document where records are written side by side", async () => {
    const pending = new Array<() => void>();
    let text = "";
    const report = jsonReport({
      write: async (more) => {
        text += more;
        await new Promise<void>((resolve) => pending.push(resolve));
      },
    });
    const records = [report.record(shown(PLACE)), report.record(shown({ ...PLACE, index: 1 }))];
    pending.splice(0).forEach((resolve) => {
      resolve();
    });
    await Promise.all(records);
    const end = report.endFleet(findings({}), fleet());
    pending.splice(0).forEach((resolve) => {
      resolve();
    });
    await end;
    expect(asObject(JSON.parse(text))["records"]).toHaveLength(2);
  });
});

describe("the JSON report", () => {
  test("is one document of records, causes, counts and checks", async () => {
    const terminal = fakeTerminal();
    const report = jsonReport(terminal);
    await report.record(shown({}));
    await report.record(shown({ index: 1 }));
    const corrupt = damaged(1);
    await report.end(
      findings({ failedRecords: 7, deliveredObjects: 1, corrupt }, { causes: [tally({})], shown: 2 }),
      SCOPE,
    );
    const { title, fix } = causeOf("too-large");
    const record = {
      stream: "logs",
      object: "key",
      attemptsMade: 5,
      errorCode: "C",
      errorMessage: "m",
      arrived: "1970-01-01T00:00:01.000Z",
      lastAttemptEnded: null,
      cause: "other",
      bytes: 3,
      payload: { kind: "text", text: "one" },
    };
    const { checks, ...document } = asObject(JSON.parse(terminal.written()));
    expect(document).toEqual({
      records: [
        { ...record, index: 0 },
        { ...record, index: 1 },
      ],
      causes: [
        {
          stream: "logs",
          cause: "too-large",
          title,
          fix,
          isPermanent: true,
          status: 413,
          errorCodes: ["C1", "C2"],
          records: 7,
          bytes: 1500,
          first: "1970-01-01T00:00:01.000Z",
          last: null,
        },
      ],
      corrupt: { count: 1, items: [{ key: "0", reason: "cut" }] },
      unreadable: { count: 0, items: [] },
      objects: 1,
      failedRecords: 7,
      shown: 2,
      foreignObjects: 0,
      deliveredObjects: 1,
      undetermined: [],
      stopped: null,
      summary: {
        account: "123456789012",
        regions: ["eu-central-1"],
        evaluatedAt: "1970-01-01T00:00:00.000Z",
        counts: { problem: 2, unknown: 0, note: 0, ok: 1 },
        exitCode: 1,
      },
    });
    expect(checks).toMatchObject([
      { subject: "logs", verdict: "problem", name: title },
      { name: "corrupt entries", details: ["0: cut"] },
      { name: "delivered data", verdict: "ok" },
    ]);
  });

  test("is a document without records too, and says why the reading stopped early", async () => {
    const terminal = fakeTerminal();
    await jsonReport(terminal).end(findings({}, { stopped: new Error("Interrupted.") }), SCOPE);
    expect(JSON.parse(terminal.written())).toMatchObject({
      records: [],
      causes: [],
      stopped: "Interrupted.",
      summary: { exitCode: 2 },
    });
  });

  test("names the streams of which no object is, and is one more document for each reading", async () => {
    const terminal = fakeTerminal();
    const report = jsonReport(terminal);
    await report.end(findings({ objects: 0, foreignObjects: 1 }), SCOPE);
    const first = terminal.written();
    expect(JSON.parse(first)).toMatchObject({ undetermined: ["logs"], summary: { exitCode: 2 } });
    await report.record(shown({}));
    await report.end(findings({ failedRecords: 1 }, { shown: 1 }), SCOPE);
    expect(JSON.parse(terminal.written().slice(first.length))).toMatchObject({ records: [{ index: 0 }], shown: 1 });
  });
});
