import { bucketPolicy } from "../../../policies/rules/bucket-policy";
import type { JsonObject } from "../../../iam/json";
import { AFTER, allow, BUCKET_ARN, document, ELSEWHERE, ROLE_ARN } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";
import {
  BACKUP,
  BUCKET,
  bucketChange,
  bucketPolicyWith,
  checkGood,
  DENY_PLAIN_HTTP,
  goodStream,
  guard,
  STREAM,
} from "../../helpers/rule-plan";
import { denyInBucket } from "../../helpers/statements";

const TYPE = "aws_s3_bucket_policy";
const OWNER = `${TYPE}.backup`;
const FOREIGN = "210987654321";
const OBJECTS = `${BUCKET_ARN}/*`;
const UPLOADED = `${BUCKET_ARN}/kloudfuse-logs-failures/*`;
const NAME_OWN = "Name only principals of the bucket's own account.";

const checked = (...statements: readonly JsonObject[]): string[] =>
  checkGood(bucketPolicy, bucketPolicyWith([DENY_PLAIN_HTTP, ...statements]));
const grant = (
  Principal: unknown,
  Action: unknown = "s3:GetObject",
  Resource: unknown = OBJECTS,
  more: JsonObject = {},
): JsonObject => allow(Action, Resource, { Principal, ...more });
const denies = (actions: string, on = UPLOADED): string =>
  `finding ${OWNER}: it denies the role of the S3 backup ${actions} on ${on} | Exclude the role from the Deny.`;
const allows = (who: string, action = "s3:GetObject"): string =>
  `finding ${OWNER}: it grants ${who} ${action} | ${NAME_OWN}`;
const mayAllow = (who: string, action = "s3:GetObject"): string =>
  `unknown ${OWNER}: whether it grants ${who} ${action} depends on its conditions, or on what is not known before the apply | ${NAME_OWN}`;

describe("KFF-BKT-007, of the role's upload", () => {
  test("accepts a policy that denies what the role does not do", () => {
    expect(checked(denyInBucket("s3:DeleteObject", OBJECTS))).toEqual([]);
  });

  test("evaluates the role and the prefix of each stream, and says each once", () => {
    const second = goodStream({ address: STREAM.replace("logs", "metrics"), signal: "metrics" });
    const same = { ...goodStream(), address: STREAM.replace("logs", "more") };
    expect(checkGood(bucketPolicy, bucketPolicyWith([denyInBucket("s3:PutObject", OBJECTS)]), [second, same])).toEqual([
      denies("s3:PutObject"),
      denies("s3:PutObject", UPLOADED.replace("logs", "metrics")),
    ]);
  });
});

describe("KFF-BKT-007, of whom it allows", () => {
  test.each<[string, JsonObject]>([
    ["the role", grant({ AWS: ROLE_ARN }, "s3:PutObject")],
    ["the account", grant({ AWS: ACCOUNT })],
    [
      "a service for the account",
      grant({ Service: "logging.s3.amazonaws.com" }, "s3:PutObject", OBJECTS, {
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      }),
    ],
    [
      "everybody of the account",
      grant("*", "s3:GetObject", OBJECTS, { Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } }),
    ],
  ])("accepts %s", (_, statement) => {
    expect(checked(statement)).toEqual([]);
  });

  test.each<[string, JsonObject, string]>([
    ["everybody", grant("*"), allows("everybody")],
    ["every AWS principal", grant({ AWS: "*" }, "s3:PutObject"), allows("everybody", "s3:PutObject")],
    ["everybody by NotPrincipal", { ...grant(undefined), NotPrincipal: { AWS: ROLE_ARN } }, allows("everybody")],
    ["a foreign account", grant({ AWS: `arn:aws:iam::${FOREIGN}:root` }), allows(`AWS:arn:aws:iam::${FOREIGN}:root`)],
    ["a foreign account by its number", grant({ AWS: FOREIGN }), allows(`AWS:${FOREIGN}`)],
    ["one object", grant("*", "s3:GetObject", `${BUCKET_ARN}/public/a?c`), allows("everybody")],
    ["an action that is not common", grant("*", "s3:GetObjectTorrent"), allows("everybody", "s3:GetObjectTorrent")],
    ["actions by a pattern", grant("*", "s3:GetObjectA*"), allows("everybody", "s3:GetObjectAx")],
    ["the bucket itself", grant("*", "s3:ListBucket", BUCKET_ARN), allows("everybody", "s3:ListBucket")],
  ])("finds that it allows %s", (_, statement, outcome) => {
    expect(checked(statement)).toEqual([outcome]);
  });

  test("finds a service that may act for any account", () => {
    const service = "logging.s3.amazonaws.com";
    const found = `finding ${OWNER}: it grants the service ${service} access on behalf of any account | Add a condition on aws:SourceAccount.`;
    expect(checked(grant({ Service: service }))).toEqual([found]);
    expect(
      checked(
        grant({ Service: [service] }, "s3:PutObject", OBJECTS, {
          Condition: { Bool: { "aws:SecureTransport": true } },
        }),
      ),
    ).toEqual([found]);
    for (const key of ["aws:SourceAccount", "aws:SourceArn", "AWS:sourceorgid", "aws:SourceOrgPaths"]) {
      expect(
        checked(grant({ Service: service }, "s3:PutObject", OBJECTS, { Condition: { StringEquals: { [key]: "x" } } })),
      ).toEqual([]);
    }
    expect(checked(denyInBucket("s3:DeleteObject", OBJECTS, undefined, { Service: service }))).toEqual([]);
  });

  test("finds that every address of the internet is everybody", () => {
    const from = (cidr: string): JsonObject => ({ Condition: { IpAddress: { "aws:SourceIp": cidr } } });
    expect(checked(grant("*", "s3:GetObject", OBJECTS, from("0.0.0.0/0")))).toEqual([allows("everybody")]);
    expect(checked(grant("*", "s3:GetObject", OBJECTS, from("198.51.100.0/24")))).toEqual([mayAllow("everybody")]);
  });

  test("finds each principal once", () => {
    const accounts = [FOREIGN, "310987654321"];
    expect(checked(grant({ AWS: accounts }, ["s3:GetObject", "s3:PutObject"]))).toEqual(
      accounts.map((account) => allows(`AWS:${account}`)),
    );
  });

  test("accepts a grant that a Deny takes away", () => {
    expect(
      checked(
        grant("*"),
        denyInBucket("s3:GetObject", OBJECTS, { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } }),
      ),
    ).toEqual([]);
  });

  test("says that a condition may let others in", () => {
    expect(
      checked(grant("*", "s3:GetObject", OBJECTS, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })),
    ).toEqual([mayAllow("everybody")]);
  });

  test("is as certain as the surest of a principal's grants", () => {
    const condition = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    const unsure = grant("*", "s3:PutObject", OBJECTS, condition);
    expect(checked(unsure, grant("*"))).toEqual([allows("everybody")]);
    expect(checked(grant("*"), unsure)).toEqual([allows("everybody")]);
  });

  test("quotes nothing of a sensitive policy", () => {
    expect(checkGood(bucketPolicy, bucketPolicyWith([grant({ AWS: FOREIGN })], { sensitive: ["policy"] }))).toEqual([
      `finding ${OWNER}: it grants (sensitive value) (sensitive value) | ${NAME_OWN}`,
    ]);
  });

  test("does not know whose a foreign account is where the own one is not known", () => {
    const path = `${BACKUP}.role_arn`;
    const stream = goodStream({ http: { role_arn: undefined } }, { unknown: [path] });
    const parts = { stream, role: undefined, inline: undefined };
    expect(checkGood(bucketPolicy, { ...parts, ...bucketPolicyWith([grant({ AWS: FOREIGN })]) })).toContain(
      mayAllow(`AWS:${FOREIGN}`),
    );
    expect(checkGood(bucketPolicy, { ...parts, ...bucketPolicyWith([grant("*")]) })).toContain(allows("everybody"));
  });

  test("treats a resource that is not known as one of the bucket: S3 accepts no other", () => {
    const data: PlannedChange = {
      address: "data.aws_iam_policy_document.backup",
      values: {
        statement: [
          {
            actions: ["s3:GetObject"],
            resources: [null],
            principals: [{ type: "*", identifiers: ["*"] }],
          },
        ],
      },
      unknown: ["json", "statement.0.resources.0"],
    };
    const more = unknownAt("policy", "data.aws_iam_policy_document.backup.json");
    expect(checkGood(bucketPolicy, bucketPolicyWith([], more), [data])).toEqual([allows("everybody")]);
  });
});

describe("KFF-BKT-007, of the policy itself", () => {
  test("finds one that is invalid", () => {
    expect(checkGood(bucketPolicy, { guards: { [TYPE]: guard(TYPE, { policy: "x" }) } })).toEqual([
      `finding ${OWNER}: the bucket's policy is invalid: The policy document must be JSON. Correct its syntax. | Correct it: S3 rejects it.`,
    ]);
  });

  test("accepts that there is none", () => {
    expect(checkGood(bucketPolicy, { guards: { [TYPE]: undefined } })).toEqual([]);
  });

  test("evaluates the bucket's own argument", () => {
    const bucket = bucketChange({ policy: document(grant("*")) });
    expect(checkGood(bucketPolicy, { guards: { [TYPE]: undefined }, bucket })).toEqual([
      allows("everybody").replace(OWNER, BUCKET),
    ]);
  });

  test("says that one whose bucket is not known may be the bucket's", () => {
    const possible = guard(TYPE, {}, unknownAt("bucket", "data.aws_s3_bucket.x.id"));
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const other = bucketChange(
      { bucket: "other", arn: undefined },
      { unknown: ["arn"], address: "aws_s3_bucket.other" },
    );
    expect(checkGood(bucketPolicy, { bucket, guards: { [TYPE]: possible } }, [other])).toEqual([
      `unknown ${BUCKET}: whether the bucket has ${TYPE} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the bucket is managed elsewhere, unless the plan has its policy", () => {
    expect(checkGood(bucketPolicy, { bucket: undefined, guards: { [TYPE]: undefined } })).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: its policy is undetermined | ${ELSEWHERE}`,
    ]);
    expect(
      checkGood(bucketPolicy, {
        bucket: undefined,
        ...bucketPolicyWith([grant("*"), denyInBucket("s3:PutObject", OBJECTS)]),
      }),
    ).toEqual(expect.arrayContaining([allows("everybody"), denies("s3:PutObject")]));
  });
});
