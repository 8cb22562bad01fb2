import { EventEmitter } from "node:events";
import { terminalOf } from "../../../cli/terminal/terminal";

interface Properties {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

const stream = (properties: Properties, isReady = true) =>
  Object.assign(new EventEmitter(), { write: jest.fn(() => isReady), ...properties });

test.each<[Properties, Properties]>([
  [
    { isTTY: true, columns: 100, rows: 40 },
    { isTTY: true, columns: 100, rows: 40 },
  ],
  [
    { isTTY: true, columns: 300, rows: 40 },
    { isTTY: true, columns: 160, rows: 40 },
  ],
  [
    { isTTY: true, columns: 0 },
    { isTTY: true, columns: 80 },
  ],
  [{}, { isTTY: false, columns: 80 }],
])("%j is used as %j", (properties, expected) => {
  expect(terminalOf(stream(properties))).toMatchObject(expected);
});

test("waits while the reader is busy", async () => {
  const busy = stream({}, false);
  let isWritten = false;
  const writing = terminalOf(busy)
    .write("text")
    .then(() => (isWritten = true));
  await Promise.resolve();
  expect(isWritten).toBe(false);
  busy.emit("drain");
  await writing;
  expect(busy.write).toHaveBeenCalledWith("text");
});
