import { AccessDeniedError } from "../../../cli/aws/call";
import { DAY_MS } from "../../../cli/time";
import type { ErrorLogEvent } from "../../../cli/verify/error-log";
import { readErrorLog } from "../../../cli/verify/read-error-log";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

const NOW = new Date("2026-01-31T12:00:00Z");

const read = (respond: Respond): Promise<ErrorLogEvent[] | undefined> =>
  readErrorLog({ logs: logsStub(respond), now: NOW }, { group: "/aws/kinesisfirehose/logs", stream: "errors" });

describe("the reading of an error log", () => {
  test("asks once for the newest entries, without a start time", async () => {
    const requests = new Array<unknown>();
    await read((request) => {
      requests.push(actionOf(request), JSON.parse(request.body.toString()));
      return jsonAnswer({ events: [] });
    });
    expect(requests).toEqual([
      "GetLogEvents",
      { logGroupName: "/aws/kinesisfirehose/logs", logStreamName: "errors", limit: 1000, startFromHead: false },
    ]);
  });

  test("has the entries of the last 24 hours, and none that is older", async () => {
    const oldest = NOW.getTime() - DAY_MS;
    const events = [
      { timestamp: oldest - 1, message: "too old" },
      { timestamp: oldest, message: "just in time" },
      { timestamp: NOW.getTime(), message: "new" },
    ];
    expect(await read(() => jsonAnswer({ events }))).toEqual([
      { time: oldest, text: "just in time" },
      { time: NOW.getTime(), text: "new" },
    ]);
  });

  test("leaves out an entry without a time, and keeps one without a text", async () => {
    const events = [{ message: "timeless" }, { timestamp: NOW.getTime() }];
    expect(await read(() => jsonAnswer({ events }))).toEqual([{ time: NOW.getTime(), text: "" }]);
  });

  test("tells a log that does not exist from one without entries", async () => {
    expect(await read(() => firehoseError(400, "ResourceNotFoundException"))).toBeUndefined();
    expect(await read(() => jsonAnswer({ events: [] }))).toEqual([]);
  });

  test("names the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      new AccessDeniedError("AWS denied logs:GetLogEvents. Grant it to the user or role that runs this command."),
    );
  });
});
