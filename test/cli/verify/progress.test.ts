import { progressOn } from "../../../cli/verify/progress";

describe("the progress of waiting", () => {
  function shown(isTTY: boolean): string {
    let text = "";
    const progress = progressOn({ isTTY, write: (more) => (text += more) });
    progress.show("one", "CREATING", 0);
    progress.show("one", "CREATING", 3);
    progress.show("one", "ACTIVE", 6);
    progress.end();
    return text;
  }

  test("is a line for each change where there is no terminal", () => {
    expect(shown(false)).toBe("one: CREATING after 0 s\none: ACTIVE after 6 s\n");
  });

  test("is never longer than the terminal is wide", () => {
    let text = "";
    const progress = progressOn({ isTTY: true, columns: 20, write: (more) => (text += more) });
    progress.show("kloudfuse-metrics", "CREATING", 0);
    expect(text).toBe("\r\u001b[Kkloudfuse-metrics:…");
  });

  test("is one line on a terminal, which is gone at the end", () => {
    const clear = "\r\u001b[K";
    expect(shown(true)).toBe(
      `${clear}one: CREATING after 0 s${clear}one: CREATING after 3 s${clear}one: ACTIVE after 6 s${clear}`,
    );
  });
});
