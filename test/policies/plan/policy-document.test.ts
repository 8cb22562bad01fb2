import { UNKNOWN } from "../../../policies/plan";
import type { PlannedPolicyDocument } from "../../../policies/plan/policy-document";
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

function read(changes: readonly PlannedChange[], parts: PlanParts = {}): PlannedPolicyDocument {
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
    const from = (...references: readonly string[]): PlannedPolicyDocument =>
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

describe("a policy document that is rebuilt", () => {
  const rebuilt = (
    statement: PlannedChange["values"],
    unknown: readonly string[] = [],
    more: Partial<PlannedChange> = {},
  ): PlannedPolicyDocument =>
    read([policy(), document({ statement: [statement] }, { unknown: ["json", ...unknown], ...more })]);
  const STATEMENT = { actions: ["s3:*"], resources: ["*"] };
  const INCOMPLETE = { statements: [], isComplete: false, invalid: undefined };
  const text = (Sid: string, Action: string): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: { Sid, Effect: "Allow", Action, Resource: "*" } });
  const actionsIn = ({ statements }: PlannedPolicyDocument): unknown =>
    statements.map(({ sid, actions }) => [sid, ...actions.values]);

  test("is not complete where the number of its statements is not known", () => {
    expect(read([policy(), document({}, { unknown: ["json", "statement"] })])).toEqual(INCOMPLETE);
  });

  test("is not complete where an effect is neither Allow nor Deny", () => {
    expect(rebuilt({ ...STATEMENT, effect: "Other" })).toEqual(INCOMPLETE);
  });

  test("has no actions where a statement has none", () => {
    expect(rebuilt({ resources: ["*"] }).statements).toEqual([{ ...ALLOW, actions: { negated: false, values: [] } }]);
  });

  test("has no resources where a statement has none", () => {
    expect(rebuilt({ actions: ["s3:*"] }).statements).toEqual([{ ...ALLOW, resources: undefined }]);
  });

  test.each(["AWS", "Service", "Federated", "CanonicalUser", "*"])("has principals of the type %s", (type) => {
    expect(rebuilt({ ...STATEMENT, principals: [{ type, identifiers: ["a", "b"] }] }).statements).toEqual([
      {
        ...ALLOW,
        principals: {
          negated: false,
          ids: [
            { type, id: "a" },
            { type, id: "b" },
          ],
        },
      },
    ]);
  });

  test("has the principals of several types", () => {
    const principals = [
      { type: "AWS", identifiers: ["a"] },
      { type: "Service", identifiers: ["b"] },
    ];
    expect(rebuilt({ ...STATEMENT, principals }).statements[0]?.principals).toEqual({
      negated: false,
      ids: [
        { type: "AWS", id: "a" },
        { type: "Service", id: "b" },
      ],
    });
  });

  test("is not complete where the type of a principal is another one", () => {
    expect(rebuilt({ ...STATEMENT, principals: [{ type: "Other", identifiers: ["a"] }] })).toEqual(INCOMPLETE);
  });

  test("has no principals where their identifiers are none", () => {
    expect(rebuilt({ ...STATEMENT, principals: [{ type: "AWS", identifiers: [] }] }).statements).toEqual([ALLOW]);
  });

  test("has a condition of which nothing is known where their number is not known", () => {
    expect(rebuilt(STATEMENT, ["statement.0.condition"]).statements[0]?.conditions).toEqual([
      { operator: "StringEquals", key: UNKNOWN, values: [UNKNOWN] },
    ]);
  });

  test("has a condition on a key that is not known where the operator is not known", () => {
    const condition = [{ variable: "aws:SourceArn", values: ["y"] }];
    expect(rebuilt({ ...STATEMENT, condition }, ["statement.0.condition.0.test"]).statements[0]?.conditions).toEqual([
      { operator: "", key: UNKNOWN, values: ["y"] },
    ]);
  });

  test("has a condition on a key that is not known", () => {
    const condition = [{ test: "StringLike", values: ["y"] }];
    expect(
      rebuilt({ ...STATEMENT, condition }, ["statement.0.condition.0.variable"]).statements[0]?.conditions,
    ).toEqual([{ operator: "StringLike", key: UNKNOWN, values: ["y"] }]);
  });

  test("says why the text that the data source read is invalid", () => {
    const data = document({ json: "{}" }, { unknown: [] });
    const { isComplete, invalid } = read([policy()], { state: [data] });
    expect([isComplete, invalid]).toEqual([false, "The policy document must have a Statement. Add one."]);
  });

  test("says why a source is invalid", () => {
    const { isComplete, invalid } = read([policy(), document({ source_policy_documents: ["{}"] })]);
    expect([isComplete, invalid]).toEqual([false, "The policy document must have a Statement. Add one."]);
  });

  test("includes the deprecated source and override", () => {
    const data = document({
      statement: [{ sid: "own", ...STATEMENT }],
      source_json: text("source", "s3:Get*"),
      override_json: text("own", "s3:Put*"),
    });
    expect(actionsIn(read([policy(), data]))).toEqual([
      ["source", "s3:Get*"],
      ["own", "s3:Put*"],
    ]);
  });

  test("replaces the statement of a source by its own of the same Sid", () => {
    const data = document({
      statement: [{ sid: "same", ...STATEMENT }],
      source_policy_documents: [text("same", "s3:Get*"), text("", "s3:List*"), text("", "s3:Head*")],
    });
    expect(actionsIn(read([policy(), data]))).toEqual([
      ["", "s3:List*"],
      ["", "s3:Head*"],
      ["same", "s3:*"],
    ]);
  });

  test("keeps statements without a Sid beside its own", () => {
    const data = document({
      statement: [STATEMENT],
      source_policy_documents: [text("", "s3:Get*")],
      override_policy_documents: [text("", "s3:Put*")],
    });
    expect(actionsIn(read([policy(), data]))).toEqual([
      ["", "s3:Get*"],
      ["", "s3:*"],
      ["", "s3:Put*"],
    ]);
  });

  test("takes what is no text in a list of sources for an empty document", () => {
    expect(read([policy(), document({ statement: [STATEMENT], source_policy_documents: [null] })])).toEqual({
      statements: [ALLOW],
      isComplete: true,
      invalid: undefined,
    });
  });

  test("is not complete where the list of sources is not known", () => {
    const data = document({ statement: [STATEMENT] }, { unknown: ["json", "source_policy_documents"] });
    expect(read([policy(), data])).toEqual({ statements: [ALLOW], isComplete: false, invalid: undefined });
  });

  test("includes the deprecated source where the list is not known", () => {
    const data = document({ source_json: text("source", "s3:Get*") }, { unknown: ["json", "source_policy_documents"] });
    expect(actionsIn(read([policy(), data]))).toEqual([["source", "s3:Get*"]]);
  });

  const sourceFrom = (...references: readonly string[]): PlannedChange =>
    document(
      { source_policy_documents: ["x"], source_json: text("single", "s3:Get*") },
      {
        unknown: ["json", "source_policy_documents.0"],
        references: { source_policy_documents: references },
      },
    );
  const sources = ["a", "b"].map((name) =>
    document({ statement: [{ sid: name, ...STATEMENT }] }, { address: `data.aws_iam_policy_document.${name}` }),
  );

  test("includes a source that it refers to, and the deprecated one", () => {
    expect(actionsIn(read([policy(), sourceFrom("data.aws_iam_policy_document.a.json"), ...sources]))).toEqual([
      ["a", "s3:*"],
      ["single", "s3:Get*"],
    ]);
  });

  test.each([
    ["more documents than sources", ["data.aws_iam_policy_document.a.json", "data.aws_iam_policy_document.b.json"]],
    ["a local too", ["data.aws_iam_policy_document.a.json", "local.policy"]],
  ])("is not complete where it refers to %s", (_, references) => {
    const found = read([policy(), sourceFrom(...references), ...sources]);
    expect([actionsIn(found), found.isComplete]).toEqual([[["single", "s3:Get*"]], false]);
  });

  test("is followed through five documents, and is not complete beyond them", () => {
    const chain = (length: number): PlannedChange[] =>
      Array.from({ length }, (_, index) =>
        index === length - 1
          ? document({ statement: [STATEMENT] }, { address: `data.aws_iam_policy_document.d${index}` })
          : document(
              { source_policy_documents: ["x"] },
              {
                address: `data.aws_iam_policy_document.d${index}`,
                unknown: ["json", "source_policy_documents.0"],
                references: { source_policy_documents: [`data.aws_iam_policy_document.d${index + 1}.json`] },
              },
            ),
      );
    const first = policy({ references: { policy: ["data.aws_iam_policy_document.d0.json"] } });
    expect(read([first, ...chain(5)])).toEqual({ statements: [ALLOW], isComplete: true, invalid: undefined });
    expect(read([first, ...chain(6)])).toEqual(INCOMPLETE);
  });

  test("is followed through five deprecated sources, and is not complete beyond them", () => {
    const chain = (length: number): PlannedChange[] =>
      Array.from({ length }, (_, index) =>
        index === length - 1
          ? document({ statement: [STATEMENT] }, { address: `data.aws_iam_policy_document.d${index}` })
          : document(
              {},
              {
                address: `data.aws_iam_policy_document.d${index}`,
                unknown: ["json", "source_json"],
                references: { source_json: [`data.aws_iam_policy_document.d${index + 1}.json`] },
              },
            ),
      );
    const first = policy({ references: { policy: ["data.aws_iam_policy_document.d0.json"] } });
    expect(read([first, ...chain(5)])).toEqual({ statements: [ALLOW], isComplete: true, invalid: undefined });
    expect(read([first, ...chain(6)])).toEqual(INCOMPLETE);
  });
});
