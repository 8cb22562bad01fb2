import type { Reason } from "../../iam/evaluate";
import { allowKms } from "../helpers/statements";
import {
  ACCOUNT,
  allow,
  type Asked,
  decide,
  DECRYPT,
  deny,
  FOREIGN,
  KEY,
  PAGE,
  type Page,
  policy,
  type Result,
  ROLE_ARN,
  SECRET,
  when,
} from "./tables";

interface KeyPolicySets {
  readonly asked?: Asked;
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  /** Undefined for AWS's default key policy. */
  readonly resource?: readonly object[];
  readonly isSameAccount?: boolean;
}

const ALL = [allow("*", "*")];
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const use = (operator: string, key: string, values: unknown): readonly object[] => [
  allow(["kms:Decrypt", "kms:GenerateDataKey"], KEY, when(operator, key, values)),
];
const S3 = "s3.eu-west-1.amazonaws.com";

const ROWS: readonly (readonly [name: string, sets: KeyPolicySets, result: Result, reason: Reason, page: Page])[] = [
  ["the role's policy under the default key policy", { identity: ALL }, "allowed", "allow", "defaultKeyPolicy"],
  ["neither policy", {}, "denied", "implicitDeny", "keyPolicy"],
  ["the role in the key policy", { resource: [allowKms({ AWS: ROLE_ARN })] }, "allowed", "allow", "keyPolicy"],
  [
    "a key policy without role and account",
    { identity: ALL, resource: [allowKms({ AWS: `${ROLE_ARN}2` })] },
    "denied",
    "resourcePolicy",
    "keyPolicy",
  ],
  [
    "the account in the key policy",
    { identity: ALL, resource: [allowKms({ AWS: ROOT })] },
    "allowed",
    "allow",
    "defaultKeyPolicy",
  ],
  ["the account by its id", { identity: ALL, resource: [allowKms({ AWS: ACCOUNT })] }, "allowed", "allow", "principal"],
  [
    "the account without the role's policy",
    { resource: [allowKms({ AWS: ROOT })] },
    "denied",
    "implicitDeny",
    "defaultKeyPolicy",
  ],
  [
    "a foreign account in the key policy",
    { identity: ALL, resource: [allowKms({ AWS: FOREIGN })] },
    "denied",
    "resourcePolicy",
    "keyPolicy",
  ],
  ["everybody in the key policy", { resource: [allowKms("*")] }, "allowed", "allow", "keyPolicy"],
  [
    "everybody of the account through S3",
    {
      resource: [
        allowKms({ AWS: "*" }, { Condition: { StringEquals: { "kms:ViaService": S3, "kms:CallerAccount": ACCOUNT } } }),
      ],
    },
    "allowed",
    "allow",
    "kmsConditions",
  ],
  [
    "a foreign kms:CallerAccount",
    { resource: [allowKms("*", when("StringEquals", "kms:CallerAccount", FOREIGN))] },
    "denied",
    "implicitDeny",
    "kmsConditions",
  ],
  [
    "a Deny in the key policy",
    { identity: ALL, resource: [allowKms({ AWS: ROOT }), deny("kms:Decrypt", "*", { Principal: "*" })] },
    "denied",
    "explicitDeny",
    "keyPolicy",
  ],
  [
    "a Deny of direct use",
    {
      identity: ALL,
      resource: [
        allowKms({ AWS: ROOT }),
        deny("kms:*", "*", { Principal: "*", ...when("Null", "kms:ViaService", "true") }),
      ],
    },
    "allowed",
    "allow",
    "kmsConditions",
  ],
  [
    "a key of another account, both",
    { identity: ALL, resource: [allowKms({ AWS: ROOT })], isSameAccount: false },
    "allowed",
    "allow",
    "crossAccount",
  ],
  [
    "a key of another account with its default policy",
    { identity: ALL, isSameAccount: false },
    "denied",
    "resourcePolicy",
    "crossAccount",
  ],
  ["a boundary without kms", { identity: ALL, boundary: [allow("s3:*", "*")] }, "denied", "boundary", "boundaries"],
  [
    "kms:ViaService of S3",
    { identity: use("StringEquals", "kms:ViaService", S3) },
    "allowed",
    "allow",
    "kmsConditions",
  ],
  [
    "kms:ViaService in another case",
    { identity: use("StringEquals", "KMS:viaservice", [S3]) },
    "allowed",
    "allow",
    "condition",
  ],
  [
    "kms:ViaService of Firehose",
    { identity: use("StringEquals", "kms:ViaService", "firehose.eu-west-1.amazonaws.com") },
    "denied",
    "implicitDeny",
    "kmsConditions",
  ],
  [
    "kms:ViaService with a wildcard",
    { identity: use("StringLike", "kms:ViaService", "s3.*.amazonaws.com") },
    "allowed",
    "allow",
    "kmsConditions",
  ],
  [
    "a wildcard where there is none",
    { identity: use("StringEquals", "kms:ViaService", "s3.*.amazonaws.com") },
    "denied",
    "implicitDeny",
    "operators",
  ],
  [
    "kms:ViaService of another region",
    { identity: use("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com") },
    "denied",
    "implicitDeny",
    "kmsConditions",
  ],
  [
    "an encryption context",
    { identity: use("StringLike", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::failed*") },
    "undetermined",
    "possibleAllow",
    "kmsConditions",
  ],
  [
    "a key alias as resource",
    { identity: [allow("kms:*", `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/failed`)] },
    "denied",
    "implicitDeny",
    "kmsConditions",
  ],
  [
    "the actions as ReEncrypt* and GenerateDataKey*",
    { identity: [allow(["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"], KEY)] },
    "denied",
    "implicitDeny",
    "action",
  ],
  [
    "the secret's own policy",
    {
      asked: { action: "secretsmanager:GetSecretValue", resource: SECRET },
      resource: [allow("secretsmanager:GetSecretValue", "*", { Principal: { AWS: ROLE_ARN } })],
    },
    "allowed",
    "allow",
    "singleAccount",
  ],
  [
    "a secret's policy that denies everybody but a VPC",
    {
      asked: { action: "secretsmanager:GetSecretValue", resource: SECRET },
      identity: ALL,
      resource: [
        deny("secretsmanager:*", "*", { Principal: "*", ...when("StringNotEquals", "aws:SourceVpce", "vpce-1") }),
      ],
    },
    "undetermined",
    "possibleDeny",
    "evaluation",
  ],
  [
    "a secret by its name and six characters",
    {
      asked: { action: "secretsmanager:GetSecretValue", resource: SECRET },
      identity: [
        allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:kloudfuse-??????`),
      ],
    },
    "allowed",
    "allow",
    "resource",
  ],
];

test.each(ROWS)("the use of a key or secret with %s", (_, sets, result, reason, page) => {
  const { asked = DECRYPT, identity = [], boundary, resource, isSameAccount = true } = sets;
  const decision = decide(asked, {
    identity: policy(...identity),
    boundary: boundary && policy(...boundary),
    resource: resource && policy(...resource),
    isSameAccount,
  });
  expect({ result: decision.result, reason: decision.reason, page: PAGE[page] }).toEqual({
    result,
    reason,
    page: PAGE[page],
  });
});
