import { otherAccounts, textsOf } from "../../iam/accounts";
import type { Statement } from "../../iam/statement";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, allow, FOREIGN, policy, when } from "./tables";

const ANY = "000000000000";
const naming = (...values: readonly string[]): readonly Statement[] =>
  policy(allow("*", "*", when("StringLike", "aws:SourceAccount", values)));

const ROWS: readonly (readonly [
  name: string,
  values: readonly string[],
  accountId: Planned<string>,
  others: readonly string[],
])[] = [
  ["no account: any other account", [], ACCOUNT, [ANY]],
  ["no account and the own account is not known: any account", [], UNKNOWN, [ANY]],
  ["no account, and the own account is the first candidate: the next candidate", [], ANY, ["999999999999"]],
  ["the first candidate: the next candidate too", [ANY], ACCOUNT, ["999999999999", ANY]],
  ["the own account: any other account", [ACCOUNT], ACCOUNT, [ANY]],
  ["an account, when the own account is not known: both", [ACCOUNT], UNKNOWN, [ANY, ACCOUNT]],
  ["another account: both", [FOREIGN], ACCOUNT, [ANY, FOREIGN]],
  ["another account twice: each account once", [FOREIGN, FOREIGN], ACCOUNT, [ANY, FOREIGN]],
  ["an account in an ARN", [`arn:aws:logs:*:${FOREIGN}:log-group:app`], ACCOUNT, [ANY, FOREIGN]],
  ["an account in a path", [`repository/${FOREIGN}/main`], ACCOUNT, [ANY, FOREIGN]],
  ["every account: the candidate alone", ["*"], ACCOUNT, [ANY]],
  ["every account, and the own account is the candidate", ["*"], ANY, ["999999999999", "111111111111"]],
  ["a pattern with ? at the end", ["21098765432?"], ACCOUNT, [ANY, "210987654320"]],
  ["a pattern whose first account is the own one", ["12345678901?"], "123456789010", [ANY, "123456789011"]],
  ["a pattern of several ?, all the same digit", ["?1098765432?"], ACCOUNT, [ANY, "010987654320"]],
  ["a pattern with * at the end", ["9*"], ACCOUNT, [ANY, "900000000000"]],
  ["a pattern with * at the start", ["*9"], ACCOUNT, [ANY, "000000000009"]],
  ["a pattern with two *: the second stands for nothing", ["1*2*3"], ACCOUNT, [ANY, "100000000023"]],
  ["a pattern with * and ?", ["9*?"], "900000000000", [ANY, "911111111111"]],
  ["an account and *, which stands for nothing", [`${FOREIGN}*`], ACCOUNT, [ANY, FOREIGN]],
  ["the own account and *, which stands for nothing", [`${ACCOUNT}*`], ACCOUNT, [ANY]],
  ["13 digits, which are no account", ["2109876543210"], ACCOUNT, [ANY]],
  ["13 digits and *, which are no account", ["2109876543210*"], ACCOUNT, [ANY]],
  ["11 digits, which are no account", ["21098765432"], ACCOUNT, [ANY]],
  ["11 digits and ?, with a letter before", ["x1098765432?"], ACCOUNT, [ANY]],
  ["11 digits and ?, with a letter after", ["?1098765432x"], ACCOUNT, [ANY]],
  ["a pattern of letters", ["team-*"], ACCOUNT, [ANY]],
];

test.each(ROWS)("the accounts that a policy may treat differently, with %s", (_, values, accountId, others) => {
  expect(otherAccounts(naming(...values), accountId)).toEqual(others);
});

test("the accounts of principals count as those of conditions do", () => {
  const statements = policy(allow("*", "*", { Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` } }));
  expect(otherAccounts(statements, ACCOUNT)).toEqual([ANY, FOREIGN]);
});

test("the texts of a policy are those of its conditions and principals, except for unknown ones", () => {
  const statements = policy(
    allow("s3:*", "arn:aws:s3:::b", {
      Principal: { AWS: [FOREIGN, ACCOUNT] },
      Condition: { StringLike: { "aws:SourceArn": ["a", "b"], "aws:SourceAccount": "c" } },
    }),
    allow("s3:*", "*"),
  );
  expect(textsOf(statements)).toEqual(["a", "b", "c", FOREIGN, ACCOUNT]);
  const unknown = statements.map((statement): Statement => ({
    ...statement,
    principals: { negated: false, ids: [{ type: "AWS", id: UNKNOWN }] },
    conditions: [{ operator: "StringLike", key: "aws:SourceArn", values: [UNKNOWN, "a"] }],
  }));
  expect(textsOf([UNKNOWN, ...unknown])).toEqual(["a", "a"]);
});
