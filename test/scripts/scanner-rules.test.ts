import { POLICIES } from "../../policies";
import { SCANNER_RULES } from "../../scripts/scanner-rules";

const IDS = POLICIES.map(({ id }) => id);

describe("the comparison with scanners", () => {
  test("names each rule once", () => {
    const names = SCANNER_RULES.map(({ scanner, id }) => `${scanner} ${id}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("names policies that exist", () => {
    const unknown = SCANNER_RULES.flatMap(({ policies }) => policies).filter((id) => !IDS.includes(id));
    expect(unknown).toEqual([]);
  });

  test("says why a rule is not followed", () => {
    const silent = SCANNER_RULES.filter(({ policies, note }) => policies.length === 0 && note === undefined);
    expect(silent).toEqual([]);
  });

  test("has the rules that the policies name as their source", () => {
    const cited = POLICIES.flatMap(({ source }) => [
      ...(source.match(/\bCKV2?_AWS_[0-9]+\b/g) ?? []).map((id) => `Checkov ${id}`),
      ...(source.match(/\b(S3|IAM|KMS|DataFirehose|CloudWatch)\.[0-9]+\b/g) ?? []).map((id) => `Security Hub ${id}`),
    ]);
    const known = SCANNER_RULES.map(({ scanner, id }) => `${scanner} ${id}`);
    expect(cited.length).toBeGreaterThan(20);
    expect(cited.filter((id) => !known.includes(id))).toEqual([]);
  });

  test("maps each rule that a policy names as its source to that policy", () => {
    const differing = POLICIES.flatMap(({ id, source }) =>
      SCANNER_RULES.filter((rule) => new RegExp(`\\b${rule.id.replace(".", "\\.")}\\b`).test(source))
        .filter(({ policies }) => !policies.includes(id))
        .map((rule) => `${id} ${rule.id}`),
    );
    expect(differing).toEqual([]);
  });
});
