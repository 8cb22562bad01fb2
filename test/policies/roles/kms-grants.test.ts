import { type Planned, UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { isGranted } from "../../../policies/roles/kms-grants";
import type { JsonObject } from "../../../iam/json";
import { change, KEY_ARN, planWith, ROLE, ROLE_ARN, roleChange, streamChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const KEY = "aws_kms_key.k";
const OTHER_ARN = `arn:aws:iam::${ACCOUNT}:role/other`;
const ROLE_PATH = "http_endpoint_configuration.0.role_arn";
const VALUES = { key_id: "1", grantee_principal: ROLE_ARN, operations: ["Encrypt", "Decrypt"] };

const grant = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_kms_grant.g", { ...VALUES, ...values }, more);

function isGrantedIn(
  changes: readonly PlannedChange[],
  parts: Parameters<typeof planWith>[0] = {},
  key: PlannedChange = change(KEY, { arn: KEY_ARN, key_id: "1" }),
): Planned<boolean> {
  const plan = planOf(planWith(parts, [key, ...changes]));
  const kloudfuse = findKloudfuse(plan);
  const [stream] = kloudfuse.streams;
  if (stream === undefined) {
    throw new Error("the plan must have a stream to Kloudfuse");
  }
  return isGranted(kloudfuse, resourceAt(plan, KEY), stream.role, "kms:Decrypt");
}

describe("a key is granted", () => {
  test("to the role of the plan that a grant names", () => {
    expect(isGrantedIn([grant()])).toBe(true);
  });

  test("to the role of another root that a grant names", () => {
    expect(isGrantedIn([grant()], { role: undefined })).toBe(true);
  });

  test("by one grant of several", () => {
    const other = change("aws_kms_grant.o", { ...VALUES, grantee_principal: OTHER_ARN });
    expect(isGrantedIn([other, grant()])).toBe(true);
  });
});

describe("a key is not granted", () => {
  test("without a grant", () => {
    expect(isGrantedIn([])).toBe(false);
  });

  test.each<[string, JsonObject]>([
    ["for another key", { key_id: "2" }],
    ["to another role", { grantee_principal: OTHER_ARN }],
    ["for other operations", { operations: ["Encrypt"] }],
    ["for no operation", { operations: [] }],
  ])("by a grant %s", (_, values) => {
    expect(isGrantedIn([grant(values)])).toBe(false);
  });

  test("to a role of another root by a grant to another one", () => {
    expect(isGrantedIn([grant({ grantee_principal: OTHER_ARN })], { role: undefined })).toBe(false);
  });

  test("by a grant to another role of the plan", () => {
    const other = change("aws_iam_role.other", { name: "other", arn: OTHER_ARN });
    expect(isGrantedIn([grant({ grantee_principal: OTHER_ARN }), other])).toBe(false);
  });

  test("to a role of the plan whose ARN is not known by a grant to one of another root", () => {
    const role = roleChange({ arn: undefined }, { unknown: ["arn"] });
    const stream = streamChange({}, unknownAt(ROLE_PATH, `${ROLE}.arn`));
    expect(isGrantedIn([grant({ grantee_principal: OTHER_ARN })], { role, stream })).toBe(false);
  });
});

describe("whether a key is granted is not known", () => {
  test("where constraints ask for an encryption context", () => {
    expect(isGrantedIn([grant({ constraints: [{ encryption_context_equals: { a: "b" } }] })])).toBe(UNKNOWN);
  });

  test("where the constraints are not known", () => {
    expect(isGrantedIn([grant({}, unknownAt("constraints"))])).toBe(UNKNOWN);
  });

  test("where the operations are not known", () => {
    expect(isGrantedIn([grant({}, unknownAt("operations"))])).toBe(UNKNOWN);
  });

  test("where one of the operations is not known", () => {
    expect(isGrantedIn([grant({ operations: ["Encrypt", null] }, unknownAt("operations.1"))])).toBe(UNKNOWN);
  });

  test("where the grantee is not known", () => {
    expect(isGrantedIn([grant({}, unknownAt("grantee_principal"))])).toBe(UNKNOWN);
  });

  test("where neither grantee nor role is in the plan, and the role is not known", () => {
    const stream = streamChange({}, unknownAt(ROLE_PATH));
    expect(isGrantedIn([grant()], { role: undefined, stream })).toBe(UNKNOWN);
  });

  test("where the key of the grant is not known", () => {
    const key = change(KEY, {}, { unknown: ["arn", "key_id", "id"] });
    const unnamed = grant({}, unknownAt("key_id", "random_pet.p.id"));
    expect(isGrantedIn([unnamed], {}, key)).toBe(UNKNOWN);
  });
});
