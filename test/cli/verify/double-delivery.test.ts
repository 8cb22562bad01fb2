import type { AccountPolicy } from "../../../cli/sources/account-policies";
import type { LogGroupFilter } from "../../../cli/sources/subscribed-log-groups";
import { doubleDeliveryOutcome } from "../../../cli/verify/double-delivery";
import { filter, policy } from "../../helpers/log-sources";

describe("double delivery", () => {
  const PAIR = "/a by the account policy kloudfuse-logs and the filter kloudfuse-logs";
  const UNSURE = ", if their patterns select the same events";
  const found = (filters: readonly LogGroupFilter[], policies: readonly AccountPolicy[]): string => {
    const outcome = doubleDeliveryOutcome(filters, policies);
    return `${outcome.verdict}: ${outcome.found}`;
  };

  test.each([
    [["/a"], "", "", "ok: none"],
    [["/b"], "", "", `problem: ${PAIR}`],
    [[], "", "ERROR", `problem: ${PAIR}`],
    [[], "ERROR", "", `problem: ${PAIR}`],
    [[], "ERROR", "ERROR", `problem: ${PAIR}`],
    [[], "ERROR", "WARN", `note: ${PAIR}${UNSURE}`],
    [undefined, "", "", "ok: none"],
  ])("by a policy that excludes %j, with the patterns %j and %j", (excluded, one, other, expected) => {
    const policies = [policy(excluded, { filterPattern: one })];
    expect(found([filter("/a", { filterPattern: other })], policies)).toBe(expected);
  });

  test("by two filters of a log group", () => {
    const pair = (one: string, other: string): string =>
      found([filter("/a", { name: "x", filterPattern: one }), filter("/a", { name: "y", filterPattern: other })], []);
    expect(pair("", "")).toBe("problem: /a by the filters x and y");
    expect(pair("ERROR", "WARN")).toBe(`note: /a by the filters x and y${UNSURE}`);
    expect(found([filter("/a"), filter("/b")], [])).toBe("ok: none");
  });

  test("by the second and third filter of a log group, whatever the first one selects", () => {
    const filters = ["ERROR", "WARN", "WARN"].map((filterPattern, index) =>
      filter("/a", { name: `filter-${index}`, filterPattern }),
    );
    expect(found(filters, [])).toBe("problem: /a by the filters filter-1 and filter-2");
  });
});
