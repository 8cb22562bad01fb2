import { redrawn } from "../../../cli/terminal/screen";

const CLEAR = "\u001b[H\u001b[2J\u001b[3J";

test("a screen is cleared and drawn anew on a terminal", () => {
  expect(redrawn("one\ntwo\n", { isTTY: true, rows: 10 })).toBe(`${CLEAR}one\ntwo\n`);
});

test("the first lines stay where a report is longer than the terminal", () => {
  expect(redrawn("1\n2\n3\n4\n5\n", { isTTY: true, rows: 4 })).toBe(
    `${CLEAR}1\n2\n… 3 more lines: enlarge the terminal, or run the command without --watch\n`,
  );
});

test("a pipe gets only the text", () => {
  expect(redrawn("one\ntwo\n", { isTTY: false, rows: undefined })).toBe("one\ntwo\n");
});
