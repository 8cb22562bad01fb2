import { countLine } from "../../../cli/terminal/count-line";

const CLEAR_LINE = "\r\u001b[K";

function writtenOn(isTTY: boolean | undefined): string {
  let written = "";
  const line = countLine(
    { ...(isTTY === undefined ? {} : { isTTY }), write: (text) => (written += text) },
    "log group",
  );
  line.show(1);
  line.show(1234);
  line.end();
  return written;
}

describe("a line that counts", () => {
  test("replaces itself on a terminal, and is gone at the end", () => {
    expect(writtenOn(true)).toBe(`${CLEAR_LINE}1 log group read${CLEAR_LINE}1,234 log groups read${CLEAR_LINE}`);
  });

  test.each([false, undefined])("writes nothing elsewhere (%s)", (isTTY) => {
    expect(writtenOn(isTTY)).toBe("");
  });
});
