import { POLICIES } from "../../../policies";
import { planWith, streamChange } from "../../helpers/iam-plan";
import { check } from "../../helpers/iam-plan";
import { checkGood } from "../../helpers/rule-plan";

const OTHER = { url: "https://telemetry.example.com/v1", name: "other" };

describe.each(POLICIES.map((policy) => [policy.id, policy] as const))("%s", (_, policy) => {
  test("holds in the good plan", () => {
    expect(checkGood(policy)).toEqual([]);
  });

  test("ignores a stream to somewhere else", () => {
    const stream = streamChange({
      name: "other",
      http: { ...OTHER, s3_configuration: [{ bucket_arn: "arn:aws:s3:::x" }] },
    });
    expect(check(policy, planWith({ stream }))).toEqual([]);
  });
});

test("the policies are in the order of their ids, each once", () => {
  const numbers = (family: string): number[] =>
    POLICIES.filter(({ id }) => id.startsWith(`KFF-${family}-`)).map(({ id }) => Number(id.slice(-3)));
  expect(
    Object.fromEntries(["END", "DEL", "ENC", "BKT", "SRC", "ALM", "CHG"].map((family) => [family, numbers(family)])),
  ).toEqual({
    END: [1, 2, 3, 4],
    DEL: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ENC: [1, 2, 3, 4, 5],
    BKT: [1, 2, 3, 4, 5, 6, 7, 8],
    SRC: [1, 2, 3, 4, 5, 6, 7],
    ALM: [1, 2, 3],
    CHG: [1, 2, 3, 4, 5, 6],
  });
});

test("these policies warn, one is a note, all others are errors", () => {
  expect(POLICIES.filter(({ severity }) => severity === "note").map(({ id }) => id)).toEqual(["KFF-ALM-001"]);
  expect(POLICIES.filter(({ severity }) => severity === "warning").map(({ id }) => id)).toEqual([
    "KFF-ENC-003",
    "KFF-BKT-006",
    "KFF-SRC-005",
    "KFF-CHG-005",
    "KFF-CHG-006",
  ]);
});
