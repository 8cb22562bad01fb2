import { type Screen, statusLine } from "../../../cli/terminal/status-line";

const CLEAR_LINE = "\r\u001b[K";

function writtenOn(screen: Omit<Screen, "write">, ...texts: readonly string[]): string {
  let written = "";
  const line = statusLine({ ...screen, write: (text) => (written += text) });
  for (const text of texts) {
    line.show(text);
  }
  line.end();
  return written;
}

describe("the status line", () => {
  test("replaces itself on a terminal, and is gone at the end", () => {
    expect(writtenOn({ isTTY: true }, "1 read", "2 read")).toBe(`${CLEAR_LINE}1 read${CLEAR_LINE}2 read${CLEAR_LINE}`);
  });

  test("writes nothing on a terminal where nothing was shown", () => {
    expect(writtenOn({ isTTY: true })).toBe("");
  });

  test.each([{ isTTY: false }, {}])("writes nothing elsewhere: %j", (screen) => {
    expect(writtenOn(screen, "1 read")).toBe("");
  });

  test("is never as long as the terminal is wide", () => {
    expect(writtenOn({ isTTY: true, columns: 7 }, "123456")).toBe(`${CLEAR_LINE}123456${CLEAR_LINE}`);
    expect(writtenOn({ isTTY: true, columns: 6 }, "123456")).toBe(`${CLEAR_LINE}1234…${CLEAR_LINE}`);
    expect(writtenOn({ isTTY: true }, "x".repeat(80))).toBe(`${CLEAR_LINE}${"x".repeat(78)}…${CLEAR_LINE}`);
  });
});
