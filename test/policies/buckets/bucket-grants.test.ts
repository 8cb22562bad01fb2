import { backupBuckets } from "../../../policies/buckets/backup-buckets";
import { grantsToOthers } from "../../../policies/buckets/bucket-grants";
import { bucketPolicies } from "../../../policies/buckets/resource-policies";
import { findKloudfuse } from "../../../policies/kloudfuse";
import type { JsonObject } from "../../../iam/json";
import { allow, BUCKET_ARN, change, document, planWith, REGION, ROLE_ARN } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";

const OWNER = "aws_s3_bucket_policy.p";
const DATA = "data.aws_iam_policy_document.d";
const OBJECTS = `${BUCKET_ARN}/*`;
const FOREIGN = "210987654321";
const EVERYBODY = [{ type: "*", identifiers: ["*"] }];

const grant = (Principal: unknown, Action: unknown = "s3:GetObject", Resource: unknown = OBJECTS): JsonObject => ({
  ...allow(Action, Resource),
  Principal,
});
const denyOutside = { Effect: "Deny", Principal: "*", Action: "*", NotResource: [BUCKET_ARN, OBJECTS] };

function grantsIn(
  policy: PlannedChange,
  more: readonly PlannedChange[] = [],
  bucket: PlannedChange = change("aws_s3_bucket.backup", { bucket: "backup", arn: BUCKET_ARN, region: REGION }),
  parts: PlanParts = {},
): readonly string[] {
  const kloudfuse = findKloudfuse(planOf(planWith({ bucket }, [policy, ...more]), parts));
  return backupBuckets(kloudfuse).flatMap((backup) =>
    bucketPolicies(kloudfuse, backup).flatMap((held) =>
      grantsToOthers(kloudfuse, backup, held).map(({ kind, address, found }) => `${kind} ${address}: ${found}`),
    ),
  );
}

const known = (...statements: readonly JsonObject[]): PlannedChange =>
  change(OWNER, { bucket: "backup", policy: document(...statements) });

/** What a policy grants that the plan rebuilds from statements with unknown parts. */
const rebuilt = (statements: readonly JsonObject[], unknown: readonly string[]): readonly string[] =>
  grantsIn(change(OWNER, { bucket: "backup" }, unknownAt("policy", `${DATA}.json`)), [
    change(DATA, { statement: statements }, { unknown: ["json", ...unknown.map((path) => `statement.${path}`)] }),
  ]);

const allows = (who: string, action = "s3:GetObject"): string => `finding ${OWNER}: it grants ${who} ${action}`;
const mayAllow = (who: string, action = "s3:GetObject"): string =>
  `unknown ${OWNER}: whether it grants ${who} ${action} depends on its conditions, or on what is not known before the apply`;

describe("what a bucket's policy grants to others", () => {
  test("is nothing where it allows the role and the account alone", () => {
    expect(grantsIn(known(grant({ AWS: ROLE_ARN }), grant({ AWS: ACCOUNT })))).toEqual([]);
  });

  test("is nothing of a statement without a principal", () => {
    expect(grantsIn(known(allow("s3:GetObject", OBJECTS)))).toEqual([]);
  });

  test("is the first of what it surely grants to a principal", () => {
    expect(grantsIn(known(grant("*", "s3:PutObject"), grant("*", "s3:GetObject")))).toEqual([
      allows("everybody", "s3:PutObject"),
    ]);
  });

  test("is what a statement surely grants, after another one that may", () => {
    const possible = { ...grant("*", "s3:PutObject"), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    expect(grantsIn(known(possible, grant("*")))).toEqual([allows("everybody")]);
  });

  test("is what it grants on objects alone", () => {
    const objects = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", NotResource: BUCKET_ARN };
    expect(grantsIn(known(objects, denyOutside))).toEqual([allows("everybody")]);
  });

  test("is nothing where a Deny takes the same objects away", () => {
    const Resource = `${BUCKET_ARN}/public/*`;
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource };
    expect(grantsIn(known(grant("*", "s3:GetObject", Resource), deny))).toEqual([]);
  });

  test("is that of everybody by NotPrincipal, and not of the service that it names", () => {
    const { Principal: _, ...others } = grant(undefined);
    expect(grantsIn(known({ ...others, NotPrincipal: { Service: "x.amazonaws.com" } }))).toEqual([allows("everybody")]);
  });
});

describe("what a bucket of another account than the role's grants", () => {
  const bucket = change(
    "aws_s3_bucket.backup",
    { bucket: "backup", arn: BUCKET_ARN, region: REGION },
    { provider: "aws.other" },
  );
  const parts = { providers: { "aws.other": { assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/x" }] } } };
  const inOther = (principal: unknown): readonly string[] => grantsIn(known(grant(principal)), [], bucket, parts);

  test.each([ROLE_ARN, ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`])(
    "is nothing to others where it is to %s",
    (principal) => {
      expect(inOther({ AWS: principal })).toEqual([]);
    },
  );

  test("is to others where it is to a third account", () => {
    expect(inOther({ AWS: FOREIGN })).toEqual([allows(`AWS:${FOREIGN}`)]);
  });
});

describe("what a policy with unknown parts grants", () => {
  test("is on the bucket or its objects where the resource is not known", () => {
    const statements = [
      { actions: ["s3:GetObject"], resources: [null], principals: EVERYBODY },
      { effect: "Deny", actions: ["*"], not_resources: [BUCKET_ARN, OBJECTS], principals: EVERYBODY },
    ];
    expect(rebuilt(statements, ["0.resources.0"])).toEqual([allows("everybody")]);
  });

  test("is possible on all but a resource that is not known", () => {
    const statements = [{ actions: ["s3:GetObject"], not_resources: [null], principals: EVERYBODY }];
    expect(rebuilt(statements, ["0.not_resources.0"])).toEqual([mayAllow("everybody")]);
  });

  test("is possible where a Deny of a resource that is not known may take it away", () => {
    const statements = [
      { actions: ["s3:GetObject"], resources: [OBJECTS], principals: EVERYBODY },
      { effect: "Deny", actions: ["s3:*"], resources: [null], principals: EVERYBODY },
    ];
    expect(rebuilt(statements, ["1.resources.0"])).toEqual([mayAllow("everybody")]);
  });

  test("is possible where the action is not known", () => {
    const statements = [{ actions: [null], resources: [OBJECTS], principals: EVERYBODY }];
    expect(rebuilt(statements, ["0.actions.0"])).toEqual([mayAllow("everybody")]);
  });

  const service = (more: JsonObject = {}): JsonObject => ({
    actions: ["s3:PutObject"],
    resources: [OBJECTS],
    principals: [{ type: "Service", identifiers: ["x.amazonaws.com"] }],
    ...more,
  });

  test("is to a service on behalf of any account without a condition", () => {
    expect(rebuilt([service()], [])).toEqual([
      `finding ${OWNER}: it grants the service x.amazonaws.com access on behalf of any account`,
    ]);
  });

  test("is not to a service on behalf of any account where the key of a condition is not known", () => {
    const condition = [{ test: "StringEquals", variable: null, values: ["x"] }];
    expect(rebuilt([service({ condition })], ["0.condition.0.variable"])).toEqual([]);
  });

  test("is not to a service that is not known", () => {
    const principals = [{ type: "Service", identifiers: [null] }];
    expect(rebuilt([service({ principals })], ["0.principals.0.identifiers.0"])).toEqual([]);
  });
});
