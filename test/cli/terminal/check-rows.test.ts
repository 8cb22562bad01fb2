import { createColors } from "picocolors";
import { type Check, VERDICTS } from "../../../cli/checks/check";
import { checkRows } from "../../../cli/terminal/check-rows";

const check = (fields: Partial<Check> = {}): Check => ({
  subject: "kloudfuse-logs",
  region: "eu-west-1",
  name: "endpoint",
  verdict: "problem",
  found: "port 80",
  remedy: "Use 443.",
  ...fields,
});

const [red, magenta, yellow, green] = [31, 35, 33, 32];

describe("the rows of checks", () => {
  test("have everything of a check", () => {
    const [row, ...others] = checkRows([check({ details: ["a", "b"] })], ["eu-west-1"]);
    expect(others).toEqual([]);
    expect(row).toEqual({
      word: "problem",
      color: expect.any(Function) as unknown,
      heading: "kloudfuse-logs",
      fields: ["eu-west-1", "kloudfuse-logs"],
      name: "endpoint",
      found: "port 80",
      details: ["a", "b"],
      remedy: "Use 443.",
    });
  });

  test("have the account, and the region with it, in a report on several accounts", () => {
    const [row] = checkRows([check({ account: "111122223333" })], ["eu-west-1"]);
    expect(row).toMatchObject({
      heading: "kloudfuse-logs (111122223333 eu-west-1)",
      fields: ["111122223333", "eu-west-1", "kloudfuse-logs"],
    });
  });

  test("have no details where a check has none", () => {
    expect(checkRows([check()], [])[0]?.details).toEqual([]);
  });

  test("begin with what matters most, and keep the order within a verdict", () => {
    const checks = (["ok", "note", "unknown", "problem"] as const).flatMap((verdict) => [
      check({ verdict, name: "first" }),
      check({ verdict, name: "second" }),
    ]);
    expect(checkRows(checks, []).map(({ word, name }) => `${word} ${name}`)).toEqual(
      ["problem", "unknown", "note", "ok"].flatMap((verdict) => [`${verdict} first`, `${verdict} second`]),
    );
  });

  test.each([
    ["problem", red],
    ["unknown", magenta],
    ["note", yellow],
    ["ok", green],
  ] as const)("that are %s have the color %d", (verdict, code) => {
    const [row] = checkRows([check({ verdict })], []);
    expect(row?.color(createColors(true))("text")).toBe(`\u001b[${code}m` + "text\u001b[39m");
  });

  test("are all of them, one for each check", () => {
    expect(
      checkRows(
        VERDICTS.map((verdict) => check({ verdict })),
        [],
      ),
    ).toHaveLength(4);
  });

  test.each([
    [["eu-west-1"], "eu-west-1", "kloudfuse-logs"],
    [["eu-west-1", "us-east-1"], "eu-west-1", "kloudfuse-logs (eu-west-1)"],
  ])("of the regions %j name the region where there are several", (regions, region, heading) => {
    expect(checkRows([check({ region })], regions)[0]?.heading).toBe(heading);
  });

  test("name no region where AWS was not asked", () => {
    const { region: _, ...rest } = check();
    expect(checkRows([rest], ["eu-west-1", "us-east-1"])[0]).toMatchObject({
      heading: "kloudfuse-logs",
      fields: [undefined, "kloudfuse-logs"],
    });
  });
});
