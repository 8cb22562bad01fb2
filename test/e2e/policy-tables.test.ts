import { evaluatePlan, type PlanOutcome } from "./helpers/policies";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FakeAccountPolicies } from "./helpers/fake-account-policies";
import { FaultProxy } from "./helpers/fault-proxy";
import type { PolicyId } from "./policy-tables/ids";
import { addressOf, Planner } from "./policy-tables/planner";
import type { FoundRow, PassRow, TableRow } from "./policy-tables/row";
import { FIRST_PLANS, SECOND_PLANS, SOURCE_CHANGES, UNKNOWN_BY_REFERENCE } from "./policy-tables/tables";

jest.setTimeout(900_000);

/** The policies that say so of a row, each once. */
const idsOf = (outcomes: readonly PlanOutcome[], row: TableRow, kind: PlanOutcome["kind"]): string[] =>
  [
    ...new Set(
      outcomes.filter((one) => one.kind === kind && one.address.startsWith(addressOf(row))).map(({ policy }) => policy),
    ),
  ].sort();

/** What a row should say and does not, or says and should not. */
function differences(row: FoundRow, outcomes: readonly PlanOutcome[], mayBeUnknown: boolean): Record<string, string[]> {
  const [findings, unknown] = [idsOf(outcomes, row, "finding"), idsOf(outcomes, row, "unknown")];
  const allowed: readonly string[] = [...row.found, ...(row.also ?? [])];
  return {
    missed: row.found.filter((id) => !findings.includes(id) && !(mayBeUnknown && unknown.includes(id))),
    false: findings.filter((id) => !allowed.includes(id)),
  };
}

function falseOutcomes(row: PassRow, outcomes: readonly PlanOutcome[], mayBeUnknown: readonly PolicyId[]): object {
  const allowed: readonly string[] = [...(row.unknown ?? []), ...mayBeUnknown];
  return {
    findings: idsOf(outcomes, row, "finding"),
    unknown: idsOf(outcomes, row, "unknown").filter((id) => !allowed.includes(id)),
  };
}

const NO_DIFFERENCE = { missed: [], false: [] };
const NOTHING = { findings: [], unknown: [] };

describe("the policies on a table of real plans", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
  });

  afterAll(async () => {
    await emulator.stop();
  });

  describe.each(FIRST_PLANS)("$topic", ({ base, found, passes }) => {
    let planner: Planner;
    let byReference: readonly PlanOutcome[];
    let asText: readonly PlanOutcome[];

    beforeAll(async () => {
      planner = await Planner.open([{ base, rows: [...found, ...passes] }], emulator.environment);
      byReference = evaluatePlan(await planner.plan("by reference"));
      asText = evaluatePlan(await planner.plan("as text"));
    });

    afterAll(() => {
      planner.close();
    });

    it.each(found)("find that $name", (row) => {
      expect(differences(row, asText, row.isUnknownAtFirst === true)).toEqual(NO_DIFFERENCE);
    });

    it.each(found)("see, by reference, that $name", (row) => {
      const mayBeUnknown = row.isUnknownAtFirst === true || row.isUnknownByReference === true;
      expect(differences(row, byReference, mayBeUnknown)).toEqual(NO_DIFFERENCE);
    });

    it.each(passes)("find nothing in: $name", (row) => {
      expect(falseOutcomes(row, asText, row.unknownAtFirst ?? [])).toEqual(NOTHING);
    });

    it.each(passes)("find nothing, by reference, in: $name", (row) => {
      const mayBeUnknown = [...(row.unknownAtFirst ?? []), ...(row.unknownByReference ?? []), ...UNKNOWN_BY_REFERENCE];
      expect(falseOutcomes(row, byReference, mayBeUnknown)).toEqual(NOTHING);
    });
  });

  describe.each([
    ["", SECOND_PLANS],
    [" of sources", SOURCE_CHANGES],
  ])("after an apply%s", (_what, topics) => {
    // Of its own: the emulator takes 50 delivery streams.
    let applied: Emulator;
    let proxy: FaultProxy;
    let planner: Planner;
    let outcomes: readonly PlanOutcome[];

    beforeAll(async () => {
      const tables = topics.map(({ base, found, passes }) => ({ base, rows: [...found, ...passes] }));
      applied = await startEmulator();
      proxy = await FaultProxy.start(applied.endpoint);
      new FakeAccountPolicies(proxy);
      planner = await Planner.open(tables, proxy.environment(applied.environment));
      outcomes = evaluatePlan(await planner.planAfterApply());
    });

    afterAll(async () => {
      planner.close();
      await Promise.all([proxy.stop(), applied.stop()]);
    });

    it.each(topics.flatMap(({ found }) => found))("find that $name", (row) => {
      expect(differences(row, outcomes, false)).toEqual(NO_DIFFERENCE);
    });

    it.each(topics.flatMap(({ passes }) => passes))("find nothing in: $name", (row) => {
      expect(falseOutcomes(row, outcomes, [])).toEqual(NOTHING);
    });
  });
});
