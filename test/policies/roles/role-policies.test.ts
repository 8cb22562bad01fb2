import { UNKNOWN } from "../../../iam/unknown";
import type { PlannedResource } from "../../../policies/plan";
import {
  allowing,
  isFullAccess,
  parseDocument,
  plannedPolicy,
  policyByArn,
  type RolePolicy,
  statementsOf,
  unknownPolicy,
  withDocument,
} from "../../../policies/roles/role-policies";
import { allow, change, document, ROLE, roleChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const POLICY = "aws_iam_policy.p";
const DATA = "data.aws_iam_policy.d";
const TEXT = document(allow("s3:GetObject", "*", { Sid: "Read" }));

const role = (more: Partial<PlannedChange> = {}): PlannedResource => resourceAt(planOf([roleChange({}, more)]), ROLE);

describe("a policy whose document is at a path", () => {
  test("is certain, has no ARN and is named by its owner's address", () => {
    const owner = role();
    const text = parseDocument(TEXT);
    expect(withDocument(owner, "policy", text)).toEqual({
      owner,
      path: "policy",
      label: ROLE,
      arn: undefined,
      kind: "document",
      document: text,
      isCertain: true,
    });
  });

  test("takes a label of its own", () => {
    expect(withDocument(role(), "policy", parseDocument(TEXT), "a block").label).toBe("a block");
  });
});

describe("a policy of which the plan shows nothing", () => {
  test("is certain, named by its path, and has an incomplete document without statements", () => {
    const owner = role();
    expect(unknownPolicy(owner, "inline_policy")).toEqual({
      owner,
      path: "inline_policy",
      label: `inline_policy of ${ROLE}`,
      arn: undefined,
      kind: "unknown",
      document: { statements: [], isComplete: false, invalid: undefined },
      isCertain: true,
    });
  });
});

describe("a customer-managed policy of the plan", () => {
  const planned = (values: PlannedChange["values"], more: Partial<PlannedChange> = {}): RolePolicy => {
    const plan = planOf([change(POLICY, values, more)]);
    return plannedPolicy(plan, resourceAt(plan, POLICY));
  };

  test("has its document and its ARN", () => {
    const { owner, arn, path, kind, document: found } = planned({ arn: ARN, policy: TEXT });
    expect([owner.address, arn, path, kind]).toEqual([POLICY, ARN, "policy", "document"]);
    expect(found).toEqual(parseDocument(TEXT));
  });

  test("has no ARN before the apply", () => {
    expect(planned({ policy: TEXT }, { unknown: ["arn"] }).arn).toBeUndefined();
  });
});

describe("a policy that is named by its ARN", () => {
  const named = (arn: string, more: readonly PlannedChange[] = [], ofRole: Partial<PlannedChange> = {}): RolePolicy => {
    const plan = planOf([roleChange({}, ofRole), ...more]);
    return policyByArn(plan, arn, resourceAt(plan, ROLE), "permissions_boundary");
  };

  test("has the document of the data source that reads it", () => {
    const policy = named(ARN, [change(DATA, { arn: ARN, policy: TEXT })]);
    expect([policy.owner.address, policy.path, policy.label, policy.arn, policy.kind]).toEqual([
      DATA,
      "policy",
      DATA,
      ARN,
      "document",
    ]);
    expect(policy.document).toEqual(parseDocument(TEXT));
  });

  test("is managed elsewhere where the data source has another ARN", () => {
    expect(named(ARN, [change(DATA, { arn: `${ARN}2`, policy: TEXT })]).kind).toBe("elsewhere");
  });

  test("is managed elsewhere where the data source's ARN is not known", () => {
    expect(named(ARN, [change(DATA, { policy: TEXT }, { unknown: ["arn"] })]).kind).toBe("elsewhere");
  });

  test("is managed elsewhere where the data source is read after the apply", () => {
    expect(named(ARN, [change(DATA, { arn: ARN }, { unknown: ["policy"] })]).kind).toBe("elsewhere");
  });

  test("is named by its ARN where another root manages it", () => {
    const policy = named(ARN);
    expect([policy.owner.address, policy.path, policy.label, policy.arn, policy.kind]).toEqual([
      ROLE,
      "permissions_boundary",
      ARN,
      ARN,
      "elsewhere",
    ]);
    expect(policy.document).toEqual({ statements: [], isComplete: false, invalid: undefined });
  });

  test("is not named where what names it is sensitive", () => {
    expect(named(ARN, [], { sensitive: ["permissions_boundary"] }).label).toBe("(sensitive value)");
  });

  test.each([
    [READ_ONLY, "awsManaged"],
    ["arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess", "awsManaged"],
    [`arn:aws:iam::${ACCOUNT}:policy/arn:aws:iam::aws:policy/x`, "elsewhere"],
    [`x${READ_ONLY}`, "elsewhere"],
  ])("%s is %s", (arn, kind) => {
    expect(named(arn).kind).toBe(kind);
  });
});

describe("the document of a text", () => {
  test("is complete where the text is a policy", () => {
    const { statements, isComplete, invalid } = parseDocument(TEXT);
    expect([statements.map(({ sid }) => sid), isComplete, invalid]).toEqual([["Read"], true, undefined]);
  });

  test("is incomplete and says why where the text is none", () => {
    expect(parseDocument("{}")).toEqual({
      statements: [],
      isComplete: false,
      invalid: "The policy document must have a Statement. Add one.",
    });
  });
});

describe("the statements of policies", () => {
  const read = (): object => ({ ...parseDocument(TEXT).statements[0], sid: "Read" });
  const known = (more: Partial<RolePolicy> = {}): RolePolicy => ({
    ...withDocument(role(), "policy", parseDocument(TEXT)),
    ...more,
  });
  const aws = (arn: string | undefined, more: Partial<RolePolicy> = {}): RolePolicy => ({
    ...unknownPolicy(role(), "managed_policy_arns"),
    kind: "awsManaged",
    arn,
    ...more,
  });

  test("are those of each document, with the policy", () => {
    const policy = known();
    expect(statementsOf([policy, policy])).toEqual([
      { ...read(), policy },
      { ...read(), policy },
    ]);
  });

  test("are more than those of an incomplete document", () => {
    const policy = known({ document: { ...parseDocument(TEXT), isComplete: false } });
    expect(statementsOf([policy])).toEqual([{ ...read(), policy }, UNKNOWN]);
  });

  test("are none of an invalid document, which AWS refuses", () => {
    expect(statementsOf([known({ document: parseDocument("{}") })])).toEqual([]);
  });

  test("are not known of a policy that the role may not have", () => {
    expect(statementsOf([known({ isCertain: false })])).toEqual([UNKNOWN]);
  });

  test("of the rest of a list allow something that is not known", () => {
    const policy: RolePolicy = { ...unknownPolicy(role(), "managed_policy_arns"), kind: "rest" };
    expect(statementsOf([policy])).toEqual([{ ...allowing(UNKNOWN), policy }]);
  });

  test("of a policy of AWS allow something that is not known", () => {
    const policy = aws(READ_ONLY);
    expect(statementsOf([policy])).toEqual([{ ...allowing(UNKNOWN), policy }]);
  });

  test("of AdministratorAccess allow everything", () => {
    const policy = aws("arn:aws:iam::aws:policy/AdministratorAccess");
    expect(statementsOf([policy])).toEqual([{ ...allowing("*"), policy }]);
  });

  test("of a policy that only contains the name AdministratorAccess do not allow everything", () => {
    const policy = aws("arn:aws:iam::aws:policy/AdministratorAccess-Amplify");
    expect(statementsOf([policy])).toEqual([{ ...allowing(UNKNOWN), policy }]);
  });

  test.each(["AWSDenyAll", "AWSCompromisedKeyQuarantineV3"])("of %s are not known: it denies", (name) => {
    expect(statementsOf([aws(`arn:aws:iam::aws:policy/${name}`)])).toEqual([UNKNOWN]);
  });

  test("of AdministratorAccess are not known where the role may not have it", () => {
    expect(statementsOf([aws("arn:aws:iam::aws:policy/AdministratorAccess", { isCertain: false })])).toEqual([UNKNOWN]);
  });

  test("of a policy of AWS without an ARN allow something that is not known", () => {
    const policy = aws(undefined);
    expect(statementsOf([policy])).toEqual([{ ...allowing(UNKNOWN), policy }]);
  });
});

describe("a policy with full access", () => {
  test.each([
    "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    "arn:aws-cn:iam::aws:policy/AmazonS3FullAccess",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/PowerUserAccess",
    "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
    "arn:aws:iam::aws:policy/aws-service-role/AWSSupportFullAccess",
  ])("is %s", (arn) => {
    expect(isFullAccess(arn)).toBe(true);
  });

  test.each([
    READ_ONLY,
    "arn:aws:iam::aws:policy/AmazonS3FullAccessV2",
    "arn:aws:iam::aws:policy/AdministratorAccess-Amplify",
    "arn:aws:iam::aws:policy/Administrator",
    "arn:aws:iam::aws:policy/x-AdministratorAccess",
    `arn:aws:iam::${ACCOUNT}:policy/AmazonS3FullAccess`,
    `x:arn:aws:iam::aws:policy/AmazonS3FullAccess`,
    "arn:aws:x:iam::aws:policy/AmazonS3FullAccess",
    undefined,
  ])("is not %s", (arn) => {
    expect(isFullAccess(arn)).toBe(false);
  });
});

describe("a statement that allows a value", () => {
  test.each(["*", UNKNOWN] as const)("allows it as action on it as resource: %p", (value) => {
    expect(allowing(value)).toEqual({
      sid: "",
      effect: "Allow",
      actions: { negated: false, values: [value] },
      resources: { negated: false, values: [value] },
      principals: undefined,
      conditions: [],
    });
  });
});
