import { UNKNOWN } from "../../../policies/plan";
import type { PolicyDocument } from "../../../policies/plan";
import { type PlannedChange, planOf, type PlanParts } from "../../helpers/plan";

const policy = (more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: "aws_iam_role_policy.p",
  values: {},
  unknown: ["policy"],
  references: { policy: ["data.aws_iam_policy_document.d.json"] },
  ...more,
});

const document = (values: PlannedChange["values"], more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: "data.aws_iam_policy_document.d",
  values,
  unknown: ["json"],
  ...more,
});

function read(changes: readonly PlannedChange[], parts: PlanParts = {}): PolicyDocument {
  const plan = planOf(changes, parts);
  const [resource] = plan.ofType("aws_iam_role_policy");
  if (resource === undefined) {
    throw new Error("the plan must have a policy");
  }
  const read = plan.policyDocument(resource, "policy");
  expect(plan.statements(resource, "policy")).toEqual(read.isComplete ? read.statements : UNKNOWN);
  return read;
}

const ALLOW = {
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["s3:*"] },
  resources: { negated: false, values: ["*"] },
  principals: undefined,
  conditions: [],
};

describe("a policy document whose text is known", () => {
  test("is parsed", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" },
    });
    expect(read([policy({ values: { policy: text }, unknown: [] })])).toEqual({
      statements: [ALLOW],
      isComplete: true,
      invalid: undefined,
    });
  });

  test("is said to be invalid in words that do not quote it", () => {
    const { isComplete, invalid } = read([policy({ values: { policy: "s3cr3t" }, unknown: [] })]);
    expect(isComplete).toBe(false);
    expect(invalid).toBe("The policy document must be JSON. Correct its syntax.");
  });

  test("is empty where there is none", () => {
    expect(read([policy({ unknown: [] })])).toEqual({ statements: [], isComplete: true, invalid: undefined });
  });
});

describe("a policy document that is not known before the apply", () => {
  test("is rebuilt from its data source, with what is unknown in it", () => {
    const data = document(
      {
        statement: [
          {
            sid: "Assume",
            effect: "Deny",
            not_actions: ["sts:AssumeRole"],
            resources: ["a", "b"],
            principals: [{ type: "AWS", identifiers: ["x"] }],
            condition: [{ test: "StringEquals", variable: "aws:SourceArn", values: ["y"] }],
          },
        ],
      },
      {
        unknown: [
          "json",
          "statement.0.resources.1",
          "statement.0.principals.0.identifiers.0",
          "statement.0.condition.0.values.0",
        ],
      },
    );
    expect(read([policy(), data])).toEqual({
      statements: [
        {
          sid: "Assume",
          effect: "Deny",
          actions: { negated: true, values: ["sts:AssumeRole"] },
          resources: { negated: false, values: ["a", UNKNOWN] },
          principals: { negated: false, ids: [{ type: "AWS", id: UNKNOWN }] },
          conditions: [{ operator: "StringEquals", key: "aws:SourceArn", values: [UNKNOWN] }],
        },
      ],
      isComplete: true,
      invalid: undefined,
    });
  });

  test("reads not_principals and not_resources, and allows by default", () => {
    const data = document({
      statement: [
        { actions: ["s3:*"], not_resources: ["a"], not_principals: [{ type: "*", identifiers: ["*"] }], effect: null },
      ],
    });
    expect(read([policy(), data]).statements).toEqual([
      {
        ...ALLOW,
        resources: { negated: true, values: ["a"] },
        principals: { negated: true, ids: [{ type: "*", id: "*" }] },
      },
    ]);
  });

  test("takes a list that is unknown as a whole for one unknown element", () => {
    const data = document({ statement: [{ actions: ["s3:*"] }] }, { unknown: ["json", "statement.0.resources"] });
    expect(read([policy(), data]).statements).toEqual([{ ...ALLOW, resources: { negated: false, values: [UNKNOWN] } }]);
  });

  test("is not complete where a statement's effect or principals are not known", () => {
    const data = document(
      { statement: [{ actions: ["s3:*"], resources: ["*"] }, { actions: ["*"] }, { actions: ["*"] }] },
      { unknown: ["json", "statement.1.effect", "statement.2.principals"] },
    );
    expect(read([policy(), data])).toEqual({ statements: [ALLOW], isComplete: false, invalid: undefined });
  });

  test("includes source documents, and overrides statements by Sid", () => {
    const statement = (Sid: string, Action: string): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: { Sid, Effect: "Allow", Action, Resource: "*" } });
    const data = document({
      statement: [{ sid: "own", actions: ["s3:*"], resources: ["*"] }],
      source_policy_documents: [statement("source", "s3:Get*")],
      override_policy_documents: [statement("own", "s3:Put*")],
    });
    const { statements, isComplete } = read([policy(), data]);
    expect(statements.map(({ sid, actions }) => [sid, actions.values])).toEqual([
      ["source", ["s3:Get*"]],
      ["own", ["s3:Put*"]],
    ]);
    expect(isComplete).toBe(true);
  });

  test("follows source documents that are not known either", () => {
    const data = document(
      { source_policy_documents: ["x"] },
      {
        unknown: ["json", "source_policy_documents.0"],
        references: { source_policy_documents: ["data.aws_iam_policy_document.source.json"] },
      },
    );
    const source = document(
      { statement: [{ actions: ["s3:*"], resources: ["*"] }] },
      { address: "data.aws_iam_policy_document.source" },
    );
    expect(read([policy(), data, source])).toEqual({ statements: [ALLOW], isComplete: true, invalid: undefined });
    expect(read([policy(), data])).toEqual({ statements: [], isComplete: false, invalid: undefined });
  });

  test("takes the text that a data source read before", () => {
    const data = document(
      { json: '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}' },
      { unknown: [] },
    );
    expect(read([policy()], { state: [data] }).statements).toEqual([ALLOW]);
  });

  describe("of which the expression names a resource that has another document", () => {
    const role: PlannedChange = {
      address: "aws_iam_role.r",
      values: {},
      unknown: ["arn", "assume_role_policy"],
      references: { assume_role_policy: ["data.aws_iam_policy_document.d.json"] },
    };
    const data = document({ statement: [{ actions: ["s3:*"], resources: ["*"] }] });
    const from = (...references: readonly string[]): PolicyDocument =>
      read([policy({ references: { policy: references } }), role, data]);

    test("is not the document of that resource", () => {
      expect(from("aws_iam_role.r.arn")).toEqual({ statements: [], isComplete: false, invalid: undefined });
    });

    test("is unknown, since it may be more than the document that it names too", () => {
      const unknown = { statements: [], isComplete: false, invalid: undefined };
      expect(from("data.aws_iam_policy_document.d.json", "aws_iam_role.r.arn")).toEqual(unknown);
    });

    test("is the text of the attribute that it names", () => {
      expect(from("aws_iam_role.r.assume_role_policy").statements).toEqual([ALLOW]);
    });
  });

  test("of an instance is rebuilt whatever its keys are made from", () => {
    const instance = policy({
      address: 'aws_iam_role_policy.p["a"]',
      references: { policy: ["data.aws_iam_policy_document.d", "each.key"] },
      forEach: ["aws_s3_bucket.b"],
    });
    const data = document(
      { statement: [{ actions: ["s3:*"], resources: ["*"] }] },
      { address: 'data.aws_iam_policy_document.d["a"]' },
    );
    const bucket: PlannedChange = { address: 'aws_s3_bucket.b["a"]', values: {}, unknown: ["id"] };
    expect(read([instance, data, bucket]).statements).toEqual([ALLOW]);
  });

  test.each([
    ["jsonencode, of which Terraform shows only the references", ["aws_s3_bucket.b.arn"]],
    ["a local", ["local.policy"]],
    ["two documents", ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.e.json"]],
  ])("is unknown where it comes from %s", (_, references) => {
    const data = ["d", "e"].map((name) =>
      document({ statement: [{ actions: ["s3:*"] }] }, { address: `data.aws_iam_policy_document.${name}` }),
    );
    expect(read([policy({ references: { policy: references } }), ...data])).toEqual({
      statements: [],
      isComplete: false,
      invalid: undefined,
    });
  });
});
