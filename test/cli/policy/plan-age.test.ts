import { ageLimitations } from "../../../cli/policy/plan-age";

const SOURCE = { file: "plans/a.json", fleet: "fleet.json", howTo: "terraform plan" };
const CREATED = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;

const messagesAfter = (milliseconds: number): string[] =>
  ageLimitations({ createdAt: CREATED }, SOURCE, CREATED + milliseconds).map(({ message }) => message);

const message = (age: string): string =>
  `plans/a.json was created at 2026-03-01 12:00:00Z, ${age} ago: what changed since is not in it.`;

describe("the age of a plan", () => {
  test.each([
    ["in the future", -1],
    ["now", 0],
    ["exactly 24 hours ago", 24 * HOUR],
  ])("is no warning for one that was created %s", (_, milliseconds) => {
    expect(messagesAfter(milliseconds)).toEqual([]);
  });

  test.each([
    [24 * HOUR + 1, "24 hours"],
    [48 * HOUR - 1, "47 hours"],
    [48 * HOUR, "2 days"],
    [72 * HOUR - 1, "2 days"],
  ])("of %d ms is a warning: %s", (milliseconds, age) => {
    expect(messagesAfter(milliseconds)).toEqual([message(age)]);
  });

  test("does not keep the stack from passing, and says what to do", () => {
    expect(ageLimitations({ createdAt: CREATED }, SOURCE, CREATED + 25 * HOUR)).toEqual([
      {
        kind: "oldPlan",
        message: message("25 hours"),
        remedy: "Plan the stack again: terraform plan",
        isUnusable: false,
      },
    ]);
  });

  test("is no warning where the plan does not show when it was created", () => {
    expect(ageLimitations({ createdAt: undefined }, SOURCE, CREATED)).toEqual([]);
  });
});
