import type { JsonObject } from "../../../iam/json";
import { iamConfusedDeputy } from "../../../policies/rules/iam-confused-deputy";
import {
  AFTER,
  check,
  document,
  ELSEWHERE,
  planWith,
  ROLE,
  roleChange,
  STREAM,
  TRUSTS_FIREHOSE,
  TRUSTS_LOGS,
} from "../../helpers/iam-plan";
import { ACCOUNT } from "../../helpers/plan";

const found = (...statements: readonly JsonObject[]): string[] =>
  check(iamConfusedDeputy, planWith({ role: roleChange({ assume_role_policy: document(...statements) }) }));
const logsIf = (Condition: unknown): string[] => found(TRUSTS_FIREHOSE, { ...TRUSTS_LOGS, Condition });
const firehoseIf = (Condition: unknown): string[] => found({ ...TRUSTS_FIREHOSE, Condition }, TRUSTS_LOGS);

const REQUIRE_LOGS = "Require StringLike aws:SourceArn of this account only.";
const REQUIRE_FIREHOSE = "Require StringEquals sts:ExternalId of this account only.";
const LOGS = "Service:logs.amazonaws.com can assume the role";
const FIREHOSE = "Service:firehose.amazonaws.com can assume the role";

describe("KFF-IAM-002", () => {
  test.each<[string, unknown]>([
    ["StringEquals aws:SourceAccount", { StringEquals: { "aws:SourceAccount": ACCOUNT } }],
    ["ArnLike aws:SourceArn", { ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${ACCOUNT}:*` } }],
    ["a key in another case", { StringLike: { "AWS:sourcearn": `arn:aws:logs:*:${ACCOUNT}:*` } }],
  ])("accepts %s", (_, condition) => {
    expect(logsIf(condition)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["no condition", undefined],
    ["StringLike *", { StringLike: { "aws:SourceArn": "*" } }],
    ["an ARN of any account", { ArnLike: { "aws:SourceArn": "arn:aws:logs:*:*:*" } }],
  ])("finds %s for CloudWatch Logs", (_, condition) => {
    expect(logsIf(condition)).toEqual([`finding ${ROLE}: ${LOGS} on behalf of any account | ${REQUIRE_LOGS}`]);
  });

  test("finds no condition for Firehose", () => {
    expect(firehoseIf(undefined)).toEqual([
      `finding ${ROLE}: ${FIREHOSE} on behalf of any account | ${REQUIRE_FIREHOSE}`,
    ]);
  });

  test("names the foreign account of a list", () => {
    expect(firehoseIf({ StringEquals: { "sts:ExternalId": [ACCOUNT, "210987654321"] } })).toEqual([
      `finding ${ROLE}: ${FIREHOSE} on behalf of the account 210987654321 | ${REQUIRE_FIREHOSE}`,
    ]);
  });

  test("finds a second statement without a condition", () => {
    expect(found(TRUSTS_FIREHOSE, TRUSTS_LOGS, { ...TRUSTS_FIREHOSE, Condition: undefined })).toEqual([
      `finding ${ROLE}: ${FIREHOSE} on behalf of any account | ${REQUIRE_FIREHOSE}`,
    ]);
  });

  test.each(["ForAllValues:StringEquals", "StringEqualsIfExists"])("finds that %s passes an absent key", (operator) => {
    expect(logsIf({ [operator]: { "aws:SourceAccount": ACCOUNT } })).toEqual([
      `finding ${ROLE}: ${LOGS} without a source account: the condition passes if its key is absent | ${REQUIRE_LOGS}`,
    ]);
  });

  test("accepts a Deny of all other accounts", () => {
    const Condition = { StringNotEquals: { "aws:SourceAccount": ACCOUNT } };
    const deny = { Effect: "Deny", Action: "sts:AssumeRole", Principal: "*", Condition };
    expect(found({ ...TRUSTS_FIREHOSE, Condition: undefined }, TRUSTS_LOGS, deny)).toEqual([]);
  });

  test("says that a condition which the plan does not decide is undetermined", () => {
    expect(logsIf({ StringEquals: { "aws:SourceOrgID": "o-1" } })).toEqual([
      `unknown ${ROLE}: whether ${LOGS} on behalf of any account depends on StringEquals aws:SourceOrgID | ${REQUIRE_LOGS}`,
    ]);
  });

  test("does not quote a sensitive trust policy", () => {
    const role = roleChange(
      { assume_role_policy: document({ ...TRUSTS_FIREHOSE, Condition: undefined }, TRUSTS_LOGS) },
      { sensitive: ["assume_role_policy"] },
    );
    expect(check(iamConfusedDeputy, planWith({ role }))).toEqual([
      `finding ${ROLE}: (sensitive value) can assume the role on behalf of any account | ${REQUIRE_FIREHOSE}`,
    ]);
  });

  test("does not quote a sensitive account", () => {
    const statement = { ...TRUSTS_FIREHOSE, Condition: { StringEquals: { "sts:ExternalId": "210987654321" } } };
    const role = roleChange(
      { assume_role_policy: document(statement, TRUSTS_LOGS) },
      { sensitive: ["assume_role_policy"] },
    );
    expect(check(iamConfusedDeputy, planWith({ role }))).toEqual([
      `finding ${ROLE}: (sensitive value) can assume the role on behalf of the account (sensitive value) | ${REQUIRE_FIREHOSE}`,
    ]);
  });

  test("leaves other principals to KFF-IAM-001", () => {
    expect(
      found(TRUSTS_FIREHOSE, TRUSTS_LOGS, {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: "210987654321" },
      }),
    ).toEqual([]);
  });

  test("says what it requires of a service that everybody's trust lets in", () => {
    const Condition = { StringLike: { "aws:SourceArn": "arn:aws:logs:*" }, Null: { "aws:PrincipalAccount": "true" } };
    expect(
      found(TRUSTS_FIREHOSE, TRUSTS_LOGS, { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*", Condition }),
    ).toEqual([]);
  });

  test("says that the trust policy is not known", () => {
    expect(check(iamConfusedDeputy, planWith({ role: roleChange({}, { unknown: ["assume_role_policy"] }) }))).toEqual([
      `unknown ${ROLE}: assume_role_policy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the role is managed elsewhere", () => {
    expect(check(iamConfusedDeputy, planWith({ role: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role arn:aws:iam::${ACCOUNT}:role/firehose: on whose behalf it can be assumed is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
