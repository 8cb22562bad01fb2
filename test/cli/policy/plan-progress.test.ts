import { planProgress } from "../../../cli/policy/plan-progress";

const CLEAR_LINE = "\r\u001b[K";

function writtenOn(isTTY: boolean | undefined): string {
  let written = "";
  const progress = planProgress(1000, {
    ...(isTTY === undefined ? {} : { isTTY }),
    write: (text) => (written += text),
  });
  progress.show(0);
  progress.show(12);
  progress.end();
  return written;
}

describe("the progress of the plans", () => {
  test("is one line on a terminal, which is gone at the end", () => {
    expect(writtenOn(true)).toBe(
      `${CLEAR_LINE}0 of 1,000 plans evaluated${CLEAR_LINE}12 of 1,000 plans evaluated${CLEAR_LINE}`,
    );
  });

  test.each([false, undefined])("is nothing elsewhere (%s)", (isTTY) => {
    expect(writtenOn(isTTY)).toBe("");
  });
});
