import { UNKNOWN } from "../../../iam/unknown";
import type { Link, Plan, PlannedResource } from "../../../policies/plan";
import {
  documentText,
  documentTextBefore,
  excludedNames,
  isSubscription,
  linkInDocument,
} from "../../../policies/sources/account-policy";
import type { JsonObject } from "../../../iam/json";
import { ROLE, ROLE_ARN, roleChange, STREAM, STREAM_ARN, streamChange } from "../../helpers/iam-plan";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { ACCOUNT_POLICY, accountDocument, accountPolicyChange, criteria } from "../../helpers/source-plan";
import { resourceAt } from "../resource-at";

const STREAM_TYPE = "aws_kinesis_firehose_delivery_stream";

const planWithPolicy = (values: JsonObject, more: Partial<PlannedChange> = {}): Plan =>
  planOf([accountPolicyChange(values, more), roleChange(), streamChange({ values: { arn: STREAM_ARN } })]);
const accountPolicy = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedResource =>
  resourceAt(planWithPolicy(values, more), ACCOUNT_POLICY);

describe("an account policy subscribes log groups", () => {
  test.each<[type: unknown, expected: boolean]>([
    ["SUBSCRIPTION_FILTER_POLICY", true],
    ["DATA_PROTECTION_POLICY", false],
    ["subscription_filter_policy", false],
    ["", false],
    [undefined, false],
  ])("by its type %j: %s", (policy_type, expected) => {
    expect(isSubscription(accountPolicy({ policy_type }))).toBe(expected);
  });

  test("perhaps, where its type is not known", () => {
    expect(isSubscription(accountPolicy({}, unknownAt("policy_type")))).toBe(true);
  });
});

describe("a text of the document", () => {
  const text = (policy_document: unknown, name = "DestinationArn"): unknown =>
    documentText(accountPolicy({ policy_document }), name);

  test.each([
    ["DestinationArn", STREAM_ARN],
    ["RoleArn", ROLE_ARN],
    ["FilterPattern", ""],
    ["Distribution", undefined],
  ])("is that of %s: %s", (name, expected) => {
    expect(text(accountDocument(), name)).toBe(expected);
  });

  test.each(["{", "[]", '"x"', "null", '{"DestinationArn":1}', '{"DestinationArn":["x"]}', "", 1, undefined])(
    "is missing in %j",
    (document) => {
      expect(text(document)).toBeUndefined();
    },
  );

  test("is not known where the document is not", () => {
    expect(documentText(accountPolicy({}, unknownAt("policy_document")), "RoleArn")).toBe(UNKNOWN);
  });
});

describe("a text of the document before the plan", () => {
  const before = (values: JsonObject, more: Partial<PlannedChange> = {}): unknown =>
    documentTextBefore(accountPolicy({}, { actions: ["update"], before: values, ...more }), "DestinationArn");

  test("is that of the document as it is", () => {
    expect(before({ policy_document: accountDocument({ DestinationArn: "old" }) })).toBe("old");
  });

  test("is known where the document after the plan is not", () => {
    expect(before({ policy_document: accountDocument() }, unknownAt("policy_document"))).toBe(STREAM_ARN);
  });

  test("is missing where there is no document", () => {
    expect(before({})).toBeUndefined();
    expect(before({ policy_document: "{" })).toBeUndefined();
    expect(documentTextBefore(accountPolicy(), "DestinationArn")).toBeUndefined();
  });
});

describe("the resource that the document names", () => {
  const link = (values: JsonObject, more: Partial<PlannedChange> = {}): Link => {
    const plan = planWithPolicy(values, more);
    return linkInDocument(plan, resourceAt(plan, ACCOUNT_POLICY), "DestinationArn", STREAM_TYPE);
  };
  const named = (DestinationArn: unknown): Link => link({ policy_document: accountDocument({ DestinationArn }) });

  test("is found by its ARN", () => {
    expect(named(STREAM_ARN)).toMatchObject({ kind: "linked", value: STREAM_ARN, via: "value" });
    expect(named(STREAM_ARN).resource?.address).toBe(STREAM);
  });

  test("is found by the name that is asked for", () => {
    const plan = planWithPolicy({});
    const role = linkInDocument(plan, resourceAt(plan, ACCOUNT_POLICY), "RoleArn", "aws_iam_role");
    expect([role.kind, role.resource?.address]).toEqual(["linked", ROLE]);
  });

  test("is elsewhere where the plan does not have it", () => {
    expect(named(`${STREAM_ARN}-2`)).toEqual({
      kind: "elsewhere",
      value: `${STREAM_ARN}-2`,
      resource: undefined,
      candidates: [],
      via: undefined,
    });
  });

  test.each(["", undefined, 1])("is absent where the document has %j", (value) => {
    expect(named(value)).toEqual({
      kind: "absent",
      value: undefined,
      resource: undefined,
      candidates: [],
      via: undefined,
    });
  });

  test("is found by reference where the document is not known", () => {
    const found = link({}, unknownAt("policy_document", `${STREAM}.arn`, `${ROLE}.arn`));
    expect([found.kind, found.value, found.resource?.address]).toEqual(["linked", UNKNOWN, STREAM]);
  });

  test("is unresolved where the document refers to none", () => {
    const found = link({}, unknownAt("policy_document", "aws_iam_role.other.arn"));
    expect([found.kind, found.resource]).toEqual(["unresolved", undefined]);
  });
});

describe("the log groups that an account policy leaves out", () => {
  const excluded = (selection_criteria: unknown, more: Partial<PlannedChange> = {}): unknown =>
    excludedNames(accountPolicy({ selection_criteria }, more));

  test("are those of its selection criteria", () => {
    expect(excluded(criteria("a", "/b/c"))).toEqual(["a", "/b/c"]);
  });

  test("are none without selection criteria", () => {
    expect(excluded("")).toEqual([]);
    expect(excluded(undefined)).toEqual([]);
    expect(excluded(null)).toEqual([]);
  });

  test("are not known where the criteria are not, or have another form", () => {
    expect(excluded(undefined, unknownAt("selection_criteria"))).toBe(UNKNOWN);
    expect(excluded('LogGroupName IN ["a"]')).toBe(UNKNOWN);
    expect(excluded(1)).toBe(UNKNOWN);
  });
});
