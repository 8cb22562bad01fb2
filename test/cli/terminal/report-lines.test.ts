import { createColors } from "picocolors";
import { reportLines, tabSeparated } from "../../../cli/terminal/report-lines";
import { rowWith } from "../../helpers/rows";

const plain = createColors(false);

describe("the line of a row", () => {
  test("has word, fields, name, what was found and what to do", () => {
    expect(reportLines([rowWith()], plain)).toEqual([
      "problem\teu-west-1\tkloudfuse-logs\tendpoint\tport 80\tUse 443.",
    ]);
  });

  test("has the details behind what was found", () => {
    expect(reportLines([rowWith({ details: ["a", "b"] })], plain)[0]).toContain("\tport 80; a; b\t");
  });

  test("has all details, however many", () => {
    const details = Array.from({ length: 1000 }, (_, index) => `detail ${index}`);
    expect(reportLines([rowWith({ details })], plain)[0]).toContain("; detail 999\t");
  });

  test("colors its word alone", () => {
    expect(reportLines([rowWith()], createColors(true))[0]).toBe(
      "\u001b[31mproblem\u001b[39m\teu-west-1\tkloudfuse-logs\tendpoint\tport 80\tUse 443.",
    );
  });

  test("has a dash for what is empty", () => {
    expect(reportLines([rowWith({ fields: [undefined, "a"], remedy: "" })], plain)).toEqual([
      "problem\t-\ta\tendpoint\tport 80\t-",
    ]);
  });
});

describe("fields", () => {
  test("are one line each, whatever is in them", () => {
    expect(tabSeparated(["ok", "a\tb\nc", "\u001b[31md"])).toBe("ok\ta b c\t[31md");
  });

  test("of blanks have a dash", () => {
    expect(tabSeparated(["", " ", "\n"])).toBe("-\t-\t-");
  });
});
