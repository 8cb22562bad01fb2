import { reportList } from "../../../cli/terminal/report-list";
import { rowWith } from "../../helpers/rows";
import { fakeTerminal } from "../../helpers/terminal";

const ARN = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs";

describe("the list of rows", () => {
  test("is name and what was found behind the word, and the remedy below", () => {
    expect(reportList([rowWith()], fakeTerminal())).toEqual([
      "kloudfuse-logs",
      "problem  endpoint: port 80",
      "    → Use 443.",
    ]);
  });

  test("aligns shorter words", () => {
    expect(reportList([rowWith({ word: "ok", remedy: "" })], fakeTerminal())[1]).toBe("ok       endpoint: port 80");
  });

  test("has no line of a remedy where there is none", () => {
    expect(reportList([rowWith({ remedy: "" })], fakeTerminal())).toHaveLength(2);
  });

  test("has the first 20 details, each with a dash", () => {
    const details = Array.from({ length: 21 }, (_, index) => `detail ${index}`);
    const lines = reportList([rowWith({ details, remedy: "" })], fakeTerminal());
    expect(lines.slice(2, 4)).toEqual(["    - detail 0", "    - detail 1"]);
    expect(lines.at(-1)).toBe("    - … and 1 more; --format json has all");
    expect(lines).toHaveLength(2 + 21);
  });

  test("has a blank line between two headings", () => {
    expect(reportList([rowWith({ remedy: "" }), rowWith({ heading: "role", remedy: "" })], fakeTerminal())).toEqual([
      "kloudfuse-logs",
      "problem  endpoint: port 80",
      "",
      "role",
      "problem  endpoint: port 80",
    ]);
  });

  test("fits the terminal, and breaks no ARN", () => {
    const lines = reportList(
      [
        rowWith({
          found: `missing: firehose:PutRecord on ${ARN}`,
          details: [ARN],
          remedy: `Allow it on ${ARN} alone.`,
        }),
      ],
      fakeTerminal({ columns: 60 }),
    );
    expect(lines).toEqual([
      "kloudfuse-logs",
      "problem  endpoint: missing: firehose:PutRecord on",
      ARN,
      `    - ${ARN}`,
      "    → Allow it on",
      ARN,
      "      alone.",
    ]);
  });

  test("colors word and heading", () => {
    expect(reportList([rowWith({ remedy: "" })], fakeTerminal({ color: true }))).toEqual([
      "\u001b[1mkloudfuse-logs\u001b[22m",
      "\u001b[31mproblem\u001b[39m  endpoint: port 80",
    ]);
  });

  test("is on one line whatever others wrote", () => {
    const lines = reportList(
      [rowWith({ heading: "a\u001b[31m", found: "b\nc", details: ["d\re"], remedy: "f\u202eg" })],
      fakeTerminal(),
    );
    expect(lines).toEqual(["a [31m", "problem  endpoint: b c", "    - d e", "    → f g"]);
  });
});
