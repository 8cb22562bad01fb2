import type { FailedRecord } from "../../../cli/backup/failed-record";
import { Tally } from "../../../cli/failures/tally";
import { answerOf } from "../../fixtures/failed-records";

const DESTINATION = "HttpEndpoint.DestinationException";
const record = (fields: Partial<FailedRecord>): FailedRecord => ({
  attemptsMade: 5,
  arrivalTimestamp: 1000,
  attemptEndingTimestamp: 2000,
  errorCode: DESTINATION,
  errorMessage: answerOf(503, "busy"),
  base64: "b25l",
  bytes: 3,
  ...fields,
});

function tallyOf(...records: readonly Partial<FailedRecord>[]): Tally {
  const tally = new Tally();
  for (const fields of records) {
    tally.add("logs", record(fields));
  }
  return tally;
}

describe("failed records are counted", () => {
  test("by stream, cause, status and code, the most first", () => {
    const tally = tallyOf({}, { errorMessage: answerOf(401, "no") }, {}, { errorMessage: answerOf(500, "no") }, {});
    tally.add("metrics", record({}));
    expect(tally.causes.map(({ stream, cause, status, records }) => [stream, cause.id, status, records])).toEqual([
      ["logs", "endpoint-failing", 503, 3],
      ["logs", "not-authenticated", 401, 1],
      ["logs", "endpoint-failing", 500, 1],
      ["metrics", "endpoint-failing", 503, 1],
    ]);
  });

  test("with their bytes, and the time from the first arrival to the last attempt", () => {
    const tally = tallyOf(
      { arrivalTimestamp: 900, bytes: 5 },
      { attemptEndingTimestamp: 3000 },
      { arrivalTimestamp: undefined, attemptEndingTimestamp: undefined },
    );
    expect(tally.causes).toMatchObject([{ records: 3, bytes: 11, first: 900, last: 3000 }]);
  });

  test("without times where none says when", () => {
    const tally = tallyOf({ arrivalTimestamp: undefined, attemptEndingTimestamp: undefined });
    expect(tally.causes).toMatchObject([{ first: null, last: null }]);
  });

  test("with the cause of each, also where errors alternate", () => {
    const tally = new Tally();
    const ids = [503, 401, 503].map((status) => tally.add("logs", record({ errorMessage: answerOf(status, "") })).id);
    expect(ids).toEqual(["endpoint-failing", "not-authenticated", "endpoint-failing"]);
  });

  test("apart up to 100 groups, and by cause beyond", () => {
    const codes = Array.from({ length: 130 }, (_, at) => ({ errorCode: `Lambda.New${at}`, errorMessage: "" }));
    const { causes } = tallyOf(...codes);
    expect(causes).toHaveLength(101);
    expect(causes[0]).toMatchObject({ cause: { id: "lambda-failing" }, status: null, records: 30 });
    expect(causes[0]?.errorCodes.size).toBe(20);
  });
});
