import { encryptionSecretPolicy } from "../../../policies/rules/encryption-secret-policy";
import type { JsonObject } from "../../../iam/json";
import { allow, change, document, REGION, ROLE_ARN, SECRET_ARN } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange } from "../../helpers/plan";
import { checkGood, goodStream } from "../../helpers/rule-plan";

const READ = "secretsmanager:GetSecretValue";
const OWNER = "aws_secretsmanager_secret_policy.p";
const FOREIGN = "arn:aws:iam::210987654321:root";
const REMEDY = "Name only principals of the account.";

const stream = goodStream({
  http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, role_arn: ROLE_ARN }] },
});
const secret = (values: JsonObject = {}): PlannedChange =>
  change("aws_secretsmanager_secret.s", { arn: SECRET_ARN, name: "kloudfuse", region: REGION, ...values });
const policy = (...statements: readonly JsonObject[]): PlannedChange =>
  change(OWNER, { secret_arn: SECRET_ARN, policy: document(...statements) });
const checked = (...statements: readonly JsonObject[]): string[] =>
  checkGood(encryptionSecretPolicy, { stream }, [secret(), policy(...statements)]);
const grant = (Principal: unknown, more: JsonObject = {}): JsonObject => allow(READ, "*", { Principal, ...more });

describe("KFF-ENC-005", () => {
  test("accepts a secret without a policy, elsewhere, or none", () => {
    expect(checkGood(encryptionSecretPolicy, { stream }, [secret()])).toEqual([]);
    expect(checkGood(encryptionSecretPolicy, { stream })).toEqual([]);
    expect(checkGood(encryptionSecretPolicy)).toEqual([]);
  });

  test("accepts principals of the account, and what is denied", () => {
    expect(checked(grant({ AWS: ROLE_ARN }), grant({ AWS: ACCOUNT }))).toEqual([]);
    expect(checked(grant("*"), { ...grant("*"), Effect: "Deny" })).toEqual([]);
    expect(checked(allow("secretsmanager:DescribeSecret", "*", { Principal: "*" }))).toEqual([]);
  });

  test("finds everybody, and another account", () => {
    expect(checked(grant("*"))).toEqual([`finding ${OWNER}: it grants everybody ${READ} | ${REMEDY}`]);
    expect(checked(grant({ AWS: FOREIGN }))).toEqual([
      `finding ${OWNER}: it grants AWS:${FOREIGN} ${READ} | ${REMEDY}`,
    ]);
  });

  test("says that a condition may let others in", () => {
    expect(checked(grant("*", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }))).toEqual([
      `unknown ${OWNER}: whether it grants everybody ${READ} depends on its conditions, or on what is not known before the apply | ${REMEDY}`,
    ]);
  });

  test("evaluates the secret's own argument", () => {
    const own = secret({ policy: document(grant("*")) });
    expect(checkGood(encryptionSecretPolicy, { stream }, [own])).toEqual([
      `finding aws_secretsmanager_secret.s: it grants everybody ${READ} | ${REMEDY}`,
    ]);
  });

  test("finds a policy that is invalid", () => {
    const invalid = change(OWNER, { secret_arn: SECRET_ARN, policy: "{" });
    expect(checkGood(encryptionSecretPolicy, { stream }, [secret(), invalid])).toEqual([
      `finding ${OWNER}: the secret's policy is invalid: The policy document must be JSON. Correct its syntax. | Correct it: Secrets Manager rejects it.`,
    ]);
  });
});
