import { ACTIONS } from "../../../iam/documented-actions";
import { iamDocumentedActions } from "../../../policies/rules/iam-documented-actions";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  ELSEWHERE,
  INLINE,
  inlineChange,
  planWith,
  STREAM,
  streamChange,
} from "../../helpers/iam-plan";
import { ACCOUNT, unknownAt } from "../../helpers/plan";

const REMEDY = "Remove the action: neither Firehose nor CloudWatch Logs needs it.";
const found = (...statements: readonly JsonObject[]): string[] =>
  check(iamDocumentedActions, planWith({ inline: inlineChange(document(...statements)) }));

describe("KFF-IAM-008", () => {
  test.each(Object.values(ACTIONS).flat())("accepts %s, in any case", (action) => {
    expect(found(allow([action, action.toUpperCase()], BUCKET_ARN))).toEqual([]);
  });

  test("finds others", () => {
    expect(
      found(allow(["s3:PutObject", "s3:DeleteObject"], BUCKET_ARN, { Sid: "Some" }), allow("iam:PassRole", "*")),
    ).toEqual([
      `finding ${INLINE}: Some allows s3:DeleteObject | ${REMEDY}`,
      `finding ${INLINE}: a statement allows iam:PassRole | ${REMEDY}`,
    ]);
  });

  test("leaves wildcards and NotAction to KFF-IAM-007, and accepts every Deny", () => {
    expect(
      found(
        allow(["s3:*", "s3:Get?bject"], BUCKET_ARN),
        { Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" },
        { Effect: "Deny", Action: "iam:PassRole", Resource: "*" },
      ),
    ).toEqual([]);
  });

  test("accepts the actions of a Lambda processor where a stream has one", () => {
    const actions = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"];
    const inline = inlineChange(document(allow(actions, "arn:aws:lambda:x:y:function:z:1")));
    expect(check(iamDocumentedActions, planWith({ inline }))).toEqual(
      actions.map((action) => `finding ${INLINE}: a statement allows ${action} | ${REMEDY}`),
    );
    const stream = streamChange({ http: { processing_configuration: [{ processors: [{ type: "Lambda" }] }] } });
    expect(check(iamDocumentedActions, planWith({ inline, stream }))).toEqual([]);
    const path = "http_endpoint_configuration.0.processing_configuration.0.processors";
    const unknown = streamChange(
      { http: { processing_configuration: [{ processors: [] }] } },
      unknownAt(path, "var.p"),
    );
    expect(check(iamDocumentedActions, planWith({ inline, stream: unknown }))).toEqual([]);
  });

  test("does not quote a sensitive policy", () => {
    const inline = inlineChange(document(allow("iam:PassRole", "*", { Sid: "Pass" })), { sensitive: ["policy"] });
    expect(check(iamDocumentedActions, planWith({ inline }))).toEqual([
      `finding ${INLINE}: (sensitive value) allows (sensitive value) | ${REMEDY}`,
    ]);
  });

  test("says that a policy or an action is not known", () => {
    const data = change(
      "data.aws_iam_policy_document.d",
      { statement: [{ actions: [null], resources: [BUCKET_ARN] }] },
      { unknown: ["json", "statement.0.actions.0"] },
    );
    const references = { policy: ["data.aws_iam_policy_document.d.json"] };
    const inline = inlineChange(undefined, { unknown: ["policy"], references });
    expect(check(iamDocumentedActions, planWith({ inline }, [data]))).toEqual([
      `unknown ${INLINE}: whether a statement allows other actions is not known before the apply | ${AFTER}`,
    ]);
    expect(check(iamDocumentedActions, planWith({ inline: inlineChange(undefined, { unknown: ["policy"] }) }))).toEqual(
      [
        `unknown ${INLINE}: policy is not known before the apply: whether it allows other actions is undetermined | ${AFTER}`,
      ],
    );
  });

  test("says that the role is managed elsewhere", () => {
    expect(check(iamDocumentedActions, planWith({ role: undefined, inline: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role arn:aws:iam::${ACCOUNT}:role/firehose: whether it allows other actions is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
