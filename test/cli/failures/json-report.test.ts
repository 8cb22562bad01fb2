import { jsonReport } from "../../../cli/failures/json-report";
import { causeOf } from "../../../cli/causes/diagnose";
import { findings, shown } from "../../helpers/failures";

describe("the JSON report", () => {
  const written = (): { readonly text: () => string; readonly write: (text: string) => Promise<void> } => {
    let all = "";
    return {
      text: () => all,
      write: async (text) => {
        all += text;
        await Promise.resolve();
      },
    };
  };

  test("is one document of records, causes and counts", async () => {
    const { text, write } = written();
    const report = jsonReport(write);
    await report.record(shown({}));
    await report.record(shown({ index: 1 }));
    await report.end(
      findings({
        causes: [
          {
            stream: "logs",
            cause: causeOf("too-large"),
            status: 413,
            errorCodes: new Set(["C"]),
            records: 2,
            bytes: 6,
            first: 0,
            last: null,
          },
        ],
        failedRecords: 2,
        undetermined: ["why"],
      }),
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
    expect(JSON.parse(text())).toEqual({
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
          errorCodes: ["C"],
          records: 2,
          bytes: 6,
          first: "1970-01-01T00:00:00.000Z",
          last: null,
        },
      ],
      corrupt: { count: 0, items: [] },
      unreadable: { count: 0, items: [] },
      objects: 1,
      failedRecords: 2,
      shown: 0,
      foreignObjects: 0,
      deliveredObjects: 0,
      undetermined: ["why"],
      stopped: null,
    });
  });

  test("is a document without records too", async () => {
    const { text, write } = written();
    await jsonReport(write).end(findings({ stopped: "Interrupted before the end." }));
    expect(JSON.parse(text())).toMatchObject({ records: [], causes: [], stopped: "Interrupted before the end." });
  });
});
