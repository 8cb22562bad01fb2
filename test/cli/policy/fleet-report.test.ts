import { type Allowance, readAllowances } from "../../../cli/policy/allowances";
import type { Report } from "../../../cli/policy/report";
import { fleetOfReports, missingPlan, outcome, reportWith, TARGETED } from "./formats/report";

let allowances: readonly Allowance[];

beforeAll(() => {
  allowances = readAllowances(["E1@a.b=why", "E1@a.c=why"], ["E1"]);
});

const stackWith =
  (...addresses: readonly string[]) =>
  (stack: string): Report =>
    reportWith({ E1: addresses.map((address) => outcome(address)) }, { allowances, stack });

const unused = (...reports: readonly ((stack: string) => Report)[]): readonly (string | undefined)[] =>
  fleetOfReports(reports).unusedAllowances.map(({ address }) => address);

describe("the report of a fleet", () => {
  const stack = (name: string): Report =>
    reportWith(
      {
        W1: [outcome("a.warned")],
        E1: [outcome("a.found"), outcome("a.unknown", "?", "unknown"), outcome("a.allowed")],
        N1: [outcome("a.noted")],
      },
      { stack: name, allow: ["E1@a.allowed=why"] },
    );

  test("has what matters most first, and of that each stack in its order", () => {
    const { rows } = fleetOfReports([stack, stack]);
    expect(rows.map(({ stack: name, outcome: { address } }) => `${String(name)} ${address}`)).toEqual(
      ["found", "warned", "unknown", "noted", "allowed"].flatMap((name) => [`stack-1 a.${name}`, `stack-2 a.${name}`]),
    );
  });

  test("adds up what was evaluated and found", () => {
    const { counts, evaluated, policies } = fleetOfReports([stack, () => missingPlan(), stack]);
    expect(counts).toEqual({ finding: 4, unknown: 2, note: 2, allowed: 2, minor: 0 });
    expect(evaluated).toEqual({ streams: 4, possibleStreams: 0, roles: 2, buckets: 2 });
    expect(policies.map(({ id }) => id)).toEqual(["W1", "E1", "N1"]);
  });

  test("has evaluated nothing, by no policy, where no stack has a plan", () => {
    const { evaluated, policies } = fleetOfReports([() => missingPlan()]);
    expect([evaluated, policies]).toEqual([undefined, []]);
  });

  test("keeps the stacks, and what is about none of them", () => {
    const { stacks, limitations } = fleetOfReports([stack, stack], [TARGETED]);
    expect(stacks?.map(({ stack: name, account }) => [name, account])).toEqual([
      ["stack-1", "1"],
      ["stack-2", "2"],
    ]);
    expect(limitations).toEqual([TARGETED]);
  });

  test("keeps that what is unknown fails", () => {
    const failing = (): Report => reportWith({ E1: [] }, { failOnUnknown: true });
    expect(fleetOfReports([failing]).failsOnUnknown).toBe(true);
    expect(fleetOfReports([stack]).failsOnUnknown).toBe(false);
  });
});

describe("an allowance of a fleet", () => {
  test("is used where one stack uses it", () => {
    expect(unused(stackWith("a.b"), stackWith())).toEqual(["a.c"]);
    expect(unused(stackWith("a.b"), stackWith("a.c"))).toEqual([]);
  });

  test("is unused where no stack uses it", () => {
    expect(unused(stackWith(), stackWith("a.d"))).toEqual(["a.b", "a.c"]);
  });

  test("may be for a plan that is missing", () => {
    expect(unused(stackWith(), () => missingPlan(allowances))).toEqual([]);
  });
});
