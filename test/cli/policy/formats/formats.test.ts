import { jsonFormat } from "../../../../cli/policy/formats/json";
import type { Report } from "../../../../cli/policy/report";
import { Json } from "../../../e2e/helpers/json";
import { CONTROL_CHARACTERS, EVERY_FORMAT } from "./every-format";
import { outcome, reportOf } from "./report";

describe("every format", () => {
  const hostileReport = (): Report =>
    reportOf(
      { E1: [outcome('a["\u001b[31m\u202e"]', "\u009b2J\u0007 \u2028 \u{e0001}")], E2: [outcome("a.c\u001b")] },
      "E2=\u001b[2J\u202e",
      "E1@x.y=\u001b[2J\u202e",
    );

  test.each(EVERY_FORMAT)("lets foreign text not steer the terminal: %s", (_, format) => {
    // Markdown itself sets this character behind a @.
    expect(format(hostileReport()).replaceAll("\u200b", "")).not.toMatch(CONTROL_CHARACTERS);
  });

  test("of JSON keeps every character", () => {
    expect(Json.parse(jsonFormat(hostileReport())).at("outcomes", 0, "found").text).toBe(
      "\u009b2J\u0007 \u2028 \u{e0001}",
    );
  });
});
