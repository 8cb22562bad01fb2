import { UNKNOWN } from "../../../iam/unknown";
import type { Condition } from "../../../iam/statement";
import { backupBuckets } from "../../../policies/buckets/backup-buckets";
import {
  bucketPolicies,
  grantOutcome,
  holdersOfKeyPolicy,
  holdersOfSecretPolicy,
  type PlannedResourcePolicy,
  resourcePolicy,
  undeterminedReason,
} from "../../../policies/buckets/resource-policies";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { parseDocument } from "../../../policies/roles/role-policies";
import type { JsonObject } from "../../../iam/json";
import { allow, change, document, planWith } from "../../helpers/iam-plan";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const TEXT = document({ ...allow("s3:GetObject", "*"), Sid: "Read", Principal: "*" });
const POLICY = "aws_s3_bucket_policy.p";

const policyOf = (values: JsonObject, more: Partial<PlannedChange> = {}): PlannedResourcePolicy => {
  const plan = planOf([change(POLICY, values, more)]);
  return resourcePolicy(plan, resourceAt(plan, POLICY));
};

describe("the policy that a resource holds", () => {
  test("has its statements", () => {
    const { owner, statements, invalid } = policyOf({ policy: TEXT });
    expect([owner.address, statements, invalid]).toEqual([POLICY, parseDocument(TEXT).statements, undefined]);
  });

  test("has statements that are not known where it is not", () => {
    expect(policyOf({}, unknownAt("policy")).statements).toEqual([UNKNOWN]);
  });

  test("has no statements, and says why, where it is invalid", () => {
    const { statements, invalid } = policyOf({ policy: "{}" });
    expect([statements, invalid]).toEqual([[], "The policy document must have a Statement. Add one."]);
  });
});

describe("the policies of a bucket", () => {
  const policiesIn = (...of: Parameters<typeof planWith>): readonly string[] => {
    const kloudfuse = findKloudfuse(planOf(planWith(...of)));
    return backupBuckets(kloudfuse).flatMap((bucket) =>
      bucketPolicies(kloudfuse, bucket).map(({ owner, statements }) => `${owner.address}: ${statements.length}`),
    );
  };

  test("are those of the resources that name it", () => {
    expect(policiesIn({}, [change(POLICY, { bucket: "backup", policy: TEXT })])).toEqual([`${POLICY}: 1`]);
  });

  test("are else that of its own argument", () => {
    expect(policiesIn({ bucket: change("aws_s3_bucket.backup", { bucket: "backup", policy: TEXT }) })).toEqual([
      "aws_s3_bucket.backup: 1",
    ]);
  });

  test("are none without one", () => {
    expect(policiesIn()).toEqual([]);
  });
});

describe.each([
  ["key", "aws_kms_key.r", "aws_kms_key_policy.p", "key_id", holdersOfKeyPolicy, false],
  [
    "secret",
    "aws_secretsmanager_secret.r",
    "aws_secretsmanager_secret_policy.p",
    "secret_arn",
    holdersOfSecretPolicy,
    true,
  ],
] as const)("what holds the policy of a %s", (_, address, policyAddress, path, holders, isBoth) => {
  const heldBy = (
    values: JsonObject,
    more: Partial<PlannedChange> = {},
    ...others: readonly PlannedChange[]
  ): unknown => {
    const plan = planOf([change(address, { arn: "arn", ...values }, more), ...others]);
    return holders(findKloudfuse(plan), resourceAt(plan, address)).map((holder) => holder.address);
  };
  const own = change(policyAddress, { [path]: "arn", policy: TEXT });

  test("is itself by its argument", () => {
    expect(heldBy({ policy: TEXT })).toEqual([address]);
  });

  test("is itself by an argument that is not known", () => {
    expect(heldBy({}, unknownAt("policy"))).toEqual([address]);
  });

  test("is nothing without an argument", () => {
    expect([heldBy({}), heldBy({ policy: "" }), heldBy({}, { unknown: ["policy"] })]).toEqual([[], [], []]);
  });

  test("is the resource that names it", () => {
    expect(heldBy({}, {}, own)).toEqual([policyAddress]);
    expect(heldBy({}, {}, { ...own, values: { [path]: "other", policy: TEXT } })).toEqual([]);
  });

  test(`is the resource that names it ${isBoth ? "and" : "rather than"} its argument`, () => {
    expect(heldBy({ policy: TEXT }, {}, own)).toEqual(isBoth ? [policyAddress, address] : [policyAddress]);
  });
});

describe("what a policy allows to others", () => {
  let owner: PlannedResourcePolicy;

  beforeAll(() => {
    owner = policyOf({ policy: TEXT });
  });

  test("is a finding where it is certain", () => {
    expect(grantOutcome(owner, "everybody s3:GetObject", true, "Remove it.")).toEqual({
      kind: "finding",
      address: POLICY,
      found: "it grants everybody s3:GetObject",
      remedy: "Remove it.",
    });
  });

  test("is else undetermined", () => {
    expect(grantOutcome(owner, "everybody s3:GetObject", false, "Remove it.")).toEqual({
      kind: "unknown",
      address: POLICY,
      found:
        "whether it grants everybody s3:GetObject depends on its conditions, or on what is not known before the apply",
      remedy: "Remove it.",
    });
  });
});

describe("why a policy does not decide", () => {
  const condition = (operator: string, key: Condition["key"], ...values: Condition["values"]): Condition => ({
    operator,
    key,
    values,
  });
  const reason = (conditions: readonly Condition[], more: Partial<PlannedChange> = {}): string =>
    undeterminedReason(policyOf({ policy: TEXT }, more), conditions);

  test("is that it is not known, without conditions that are", () => {
    expect(reason([])).toBe("is not known before the apply");
    expect(reason([condition("Bool", UNKNOWN, "x"), condition("Bool", "a:b", "x", UNKNOWN)])).toBe(
      "is not known before the apply",
    );
  });

  test("is each condition that is known, once", () => {
    const conditions = [condition("Bool", "a:b", "x"), condition("Null", "c:d", "y"), condition("Bool", "a:b", "z")];
    expect(reason(conditions)).toBe("depends on Bool a:b, Null c:d");
  });

  test("quotes no condition of a sensitive policy", () => {
    expect(reason([condition("Bool", "a:b", "x")], { sensitive: ["policy"] })).toBe("depends on (sensitive value)");
  });
});
