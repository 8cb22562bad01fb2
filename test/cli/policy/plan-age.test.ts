import { ageLimitations } from "../../../cli/policy/plan-age";
import { HOUR_MS } from "../../../cli/time";

const SOURCE = { file: "plans/a.json", fleet: "fleet.json", howTo: "terraform plan" };
const CREATED = Date.parse("2026-03-01T12:00:00Z");

const messagesAfter = (milliseconds: number): string[] =>
  ageLimitations({ createdAt: CREATED }, SOURCE, CREATED + milliseconds).map(({ message }) => message);

const message = (age: string): string =>
  `plans/a.json was created at 2026-03-01 12:00:00Z, ${age} ago: what changed since is not in it.`;

describe("the age of a plan", () => {
  test.each([
    ["in the future", -1],
    ["now", 0],
    ["exactly 24 hours ago", 24 * HOUR_MS],
  ])("is no warning for one that was created %s", (_, milliseconds) => {
    expect(messagesAfter(milliseconds)).toEqual([]);
  });

  test.each([
    [24 * HOUR_MS + 1, "24 hours"],
    [48 * HOUR_MS - 1, "47 hours"],
    [48 * HOUR_MS, "2 days"],
    [72 * HOUR_MS - 1, "2 days"],
  ])("of %d ms is a warning: %s", (milliseconds, age) => {
    expect(messagesAfter(milliseconds)).toEqual([message(age)]);
  });

  test("does not keep the stack from passing, and says what to do", () => {
    expect(ageLimitations({ createdAt: CREATED }, SOURCE, CREATED + 25 * HOUR_MS)).toEqual([
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
