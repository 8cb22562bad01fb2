import type { Outcome } from "../../../cli/checks/check";
import type { Need } from "../../../cli/verify/needs";
import { permissionOutcomes, type RolePermissions } from "../../../cli/verify/permissions";
import { POLICY_NAMES } from "../../../cli/verify/resource-policy";
import { resourceRulesOf, type NamedStatement, rulesOf } from "../../../cli/verify/rules";
import { LOCATION, SECRET_ARN } from "../../helpers/account";
import { allow, document } from "../../helpers/statements";

const ROLE = "arn:aws:iam::123456789012:role/delivery";
const ROOT = "arn:aws:iam::123456789012:root";
const BUCKET = "arn:aws:s3:::backup";
const OBJECTS = `${BUCKET}/failures/*`;
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const VIA_S3 = "s3.eu-west-1.amazonaws.com";

const BACK_UP: Need = {
  purpose: "backUp",
  resource: OBJECTS,
  example: `${BUCKET}/failures/http-endpoint-failed/object`,
  owner: BUCKET,
};
const USE_KEY: Need = { purpose: "useBackupKey", resource: KEY, example: KEY, owner: KEY, via: [VIA_S3] };
const READ_SECRET: Need = { purpose: "readSecret", resource: SECRET_ARN, example: SECRET_ARN, owner: SECRET_ARN };

const roleWith = (...statements: readonly object[]): RolePermissions => ({
  arn: ROLE,
  rules: rulesOf("Permissions", document(...statements)),
  boundary: undefined,
});
const MAY_BACK_UP = allow(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], OBJECTS);
const MAY_USE_KEY = allow(["kms:Decrypt", "kms:GenerateDataKey"], KEY);

/** What is found with the policy of the bucket, the key or the secret. */
function check(
  need: Need,
  role: RolePermissions,
  policy: readonly NamedStatement[] | undefined,
  kind: keyof typeof POLICY_NAMES,
): Outcome | undefined {
  const policies = new Map(
    policy === undefined || need.owner === undefined
      ? []
      : [[need.owner, { name: POLICY_NAMES[kind], rules: policy, region: "eu-west-1" }] as const],
  );
  return permissionOutcomes(role, [need], LOCATION, policies)[0];
}
const line = (outcome: Outcome | undefined): string => `${outcome?.verdict ?? ""}: ${outcome?.found ?? ""}`;

describe("the upload to a bucket with a policy", () => {
  const found = (role: RolePermissions, ...statements: readonly object[]): Outcome | undefined =>
    check(BACK_UP, role, resourceRulesOf(POLICY_NAMES.bucket, document(...statements)), "bucket");
  const deny = (more: object = {}): object => ({
    Sid: "OnlyAdmins",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${BUCKET}/*`,
    ...more,
  });

  test("is denied by its statement", () => {
    expect(found(roleWith(MAY_BACK_UP), deny())).toEqual({
      name: "may back up",
      verdict: "problem",
      found: `denied by statement OnlyAdmins of the bucket's policy: s3:PutObject on ${OBJECTS}`,
      remedy: "Exempt the role from the Deny, or remove it: statement OnlyAdmins of the bucket's policy.",
    });
  });

  test("is denied by policies of the role and the bucket together, both named", () => {
    const denyInRole = { ...allow("s3:PutObject", OBJECTS), Effect: "Deny" };
    expect(line(found(roleWith(MAY_BACK_UP, denyInRole), deny()))).toBe(
      `problem: denied by Permissions, statement OnlyAdmins of the bucket's policy: s3:PutObject on ${OBJECTS}`,
    );
  });

  test("is not denied to a role that is exempt, nor over TLS 1.3, nor from the region of the bucket", () => {
    const role = roleWith(MAY_BACK_UP);
    const denials = [
      { Condition: { ArnNotEquals: { "aws:PrincipalArn": ROLE } } },
      { Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } },
      { Condition: { StringNotEquals: { "aws:ResourceAccount": LOCATION.accountId } } },
    ];
    expect(line(found(role, ...denials.map(deny)))).toBe(`ok: allowed on ${OBJECTS}`);
  });

  test("may be denied under a condition that cannot be evaluated", () => {
    expect(
      line(found(roleWith(MAY_BACK_UP), deny({ Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } }))),
    ).toBe(
      `unknown: may be denied by statement OnlyAdmins of the bucket's policy under StringNotEquals aws:SourceVpce: s3:PutObject on ${OBJECTS}`,
    );
  });

  test("is allowed by the bucket's policy alone", () => {
    const direct = allow("s3:*", `${BUCKET}/*`, { Principal: { AWS: ROLE } });
    expect(line(found(roleWith(), direct))).toBe(`ok: allowed on ${OBJECTS}`);
  });

  test("is undetermined where the bucket's policy allows it to the account alone", () => {
    const delegated = allow("s3:*", `${BUCKET}/*`, { Principal: { AWS: ROOT } });
    expect(line(found(roleWith(), delegated))).toBe(
      `unknown: allowed by the bucket's policy for the account, but by no policy of the role: s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on ${OBJECTS}`,
    );
  });

  test("is missing with a policy that says nothing of the role, which does not allow it then", () => {
    expect(found(roleWith())).toEqual({
      name: "may back up",
      verdict: "problem",
      found: `missing: s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on ${OBJECTS}`,
      remedy: "Allow them in a policy of the role: otherwise undelivered data is lost.",
    });
  });

  test("is missing without a policy that could be read, which may allow it", () => {
    expect(check(BACK_UP, roleWith(), undefined, "bucket")?.remedy).toBe(
      "Allow them in a policy of the role, unless the bucket's policy does: otherwise undelivered data is lost.",
    );
  });

  test("is noted as too wide by the role's policies, whatever the bucket's policy names", () => {
    const direct = allow("s3:*", `${BUCKET}/*`, { Principal: { AWS: ROLE } });
    expect(line(found(roleWith(allow("s3:*", "*")), direct))).toBe(
      "note: allowed on every resource (*) by Permissions",
    );
  });
});

describe("the use of a key with a policy", () => {
  const found = (role: RolePermissions, ...statements: readonly object[]): Outcome | undefined =>
    check(USE_KEY, role, resourceRulesOf(POLICY_NAMES.key, document(...statements)), "key");
  const toAccount = allow("kms:*", "*", { Principal: { AWS: ROOT } });
  const toAdmins = allow("kms:*", "*", { Principal: { AWS: "arn:aws:iam::123456789012:role/admin" } });

  test("is allowed by the role's policy, where the key's delegates to IAM", () => {
    expect(line(found(roleWith(MAY_USE_KEY), toAccount))).toBe(`ok: allowed on ${KEY}`);
  });

  test("is allowed by the key's policy alone, and is no grant on every resource", () => {
    const direct = allow(["kms:Decrypt", "kms:GenerateDataKey"], "*", {
      Principal: { AWS: ROLE },
      Condition: { StringEquals: { "kms:ViaService": VIA_S3 } },
    });
    expect(line(found(roleWith(), direct))).toBe(`ok: allowed on ${KEY}`);
  });

  test("is not allowed by a key's policy that neither delegates to IAM nor names the role", () => {
    expect(found(roleWith(MAY_USE_KEY), toAdmins)).toEqual({
      name: "may use the backup's key",
      verdict: "problem",
      found: `not allowed by the key's policy through ${VIA_S3}: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
      remedy: `Allow the role, or the account's IAM policies (principal ${ROOT}), in the key's policy: otherwise the backup cannot be written.`,
    });
  });

  test("is missing in both policies, and both are to be changed", () => {
    expect(found(roleWith(), toAdmins)).toMatchObject({
      found: `missing through ${VIA_S3}, and not allowed by the key's policy: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
      remedy: `Allow them in a policy of the role, unless a grant of the key (aws kms list-grants) does: otherwise the backup cannot be written. Allow the role, or the account's IAM policies (principal ${ROOT}), in the key's policy: otherwise the backup cannot be written.`,
    });
  });

  test("is missing in the role's policy where the key's delegates to IAM", () => {
    expect(found(roleWith(), toAccount)).toMatchObject({
      found: `missing through ${VIA_S3}: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
      remedy:
        "Allow them in a policy of the role, unless a grant of the key (aws kms list-grants) does: otherwise the backup cannot be written.",
    });
  });

  test("is blocked by the permissions boundary and by the key's policy", () => {
    const bounded = { ...roleWith(MAY_USE_KEY), boundary: rulesOf("Boundary", document(allow("s3:*", "*"))) };
    const toSession = allow("kms:Encrypt", "*", { Principal: { AWS: ROLE } });
    expect(line(found(bounded, toSession))).toBe(
      `problem: blocked by the permissions boundary, and not allowed by the key's policy: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
    );
  });

  test("counts as delegated to IAM where the policy was not read", () => {
    expect(line(check(USE_KEY, roleWith(MAY_USE_KEY), undefined, "key"))).toBe(`ok: allowed on ${KEY}`);
  });
});

describe("the reading of a secret with a policy", () => {
  const found = (role: RolePermissions, ...statements: readonly object[]): string =>
    line(check(READ_SECRET, role, resourceRulesOf(POLICY_NAMES.secret, document(...statements)), "secret"));
  const read = allow("secretsmanager:GetSecretValue", "*", { Principal: { AWS: ROLE } });

  test("is allowed by the secret's policy alone", () => {
    expect(found(roleWith(), read)).toBe(`ok: allowed on ${SECRET_ARN}`);
  });

  test("is denied by the secret's policy", () => {
    expect(found(roleWith(allow("secretsmanager:GetSecretValue", SECRET_ARN)), { ...read, Effect: "Deny" })).toBe(
      `problem: denied by statement 1 of the secret's policy: secretsmanager:GetSecretValue on ${SECRET_ARN}`,
    );
  });

  test("of another account needs both policies", () => {
    const foreign = SECRET_ARN.replace("123456789012", "210987654321");
    const need = { ...READ_SECRET, resource: foreign, example: foreign, owner: foreign };
    const rules = resourceRulesOf(POLICY_NAMES.secret, document(read));
    const mayRead = allow("secretsmanager:GetSecretValue", foreign);
    expect(line(check(need, roleWith(mayRead), rules, "secret"))).toBe(`ok: allowed on ${foreign}`);
    expect(line(check(need, roleWith(), rules, "secret"))).toBe(
      `problem: missing: secretsmanager:GetSecretValue on ${foreign}`,
    );
    expect(line(check(need, roleWith(mayRead), [], "secret"))).toBe(
      `problem: not allowed by the secret's policy: secretsmanager:GetSecretValue on ${foreign}`,
    );
    expect(line(check(need, roleWith(mayRead), undefined, "secret"))).toBe(
      `unknown: decided by the policy of another account's resource, which is not read: secretsmanager:GetSecretValue on ${foreign}`,
    );
  });
});
