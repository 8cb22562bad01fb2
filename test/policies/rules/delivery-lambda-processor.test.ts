import { deliveryLambdaProcessor } from "../../../policies/rules/delivery-lambda-processor";
import {
  AFTER,
  allow,
  change,
  document,
  ELSEWHERE,
  GRANTS,
  inlineChange,
  missing,
  REGION,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:scrub`;
const VERSION = `${FUNCTION}:1`;
const ACTIONS = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"];
const PARAMETERS = `${HTTP}.processing_configuration.0.processors.0.parameters`;
const VALUE = `${PARAMETERS}.0.parameter_value`;

const parameter = (parameter_name: string, parameter_value: string): object => ({ parameter_name, parameter_value });

const processed = (
  more: readonly object[] = [],
  { enabled = true, type = "Lambda", arn = VERSION } = {},
  change: Partial<PlannedChange> = {},
): PlannedChange =>
  goodStream(
    {
      http: {
        processing_configuration: [
          { enabled, processors: [{ type, parameters: [parameter("LambdaArn", arn), ...more] }] },
        ],
      },
    },
    change,
  );

const granting = (resource: string, actions: unknown = ACTIONS): PlannedChange =>
  inlineChange(document(...Object.values(GRANTS), allow(actions, resource)));

describe("KFF-DEL-009", () => {
  test("finds that the role cannot invoke the function", () => {
    expect(checkGood(deliveryLambdaProcessor, { stream: processed() })).toEqual([missing(ACTIONS.join(", "), VERSION)]);
  });

  test("accepts the permission on the version", () => {
    expect(checkGood(deliveryLambdaProcessor, { stream: processed(), inline: granting(VERSION) })).toEqual([]);
    expect(checkGood(deliveryLambdaProcessor, { stream: processed(), inline: granting(`${FUNCTION}:*`) })).toEqual([]);
  });

  test("does not take the permission on the function without its version", () => {
    expect(checkGood(deliveryLambdaProcessor, { stream: processed(), inline: granting(FUNCTION) })).toEqual([
      missing(ACTIONS.join(", "), VERSION),
    ]);
  });

  test.each(ACTIONS)("names the action that is missing beside %s", (action) => {
    const other = ACTIONS.filter((each) => each !== action).join("");
    expect(checkGood(deliveryLambdaProcessor, { stream: processed(), inline: granting(VERSION, action) })).toEqual([
      missing(other, VERSION),
    ]);
  });

  test("asks nothing without a processor, with another one, or with one that is off", () => {
    expect(checkGood(deliveryLambdaProcessor)).toEqual([]);
    expect(checkGood(deliveryLambdaProcessor, { stream: processed([], { type: "Decompression" }) })).toEqual([]);
    expect(checkGood(deliveryLambdaProcessor, { stream: processed([], { enabled: false }) })).toEqual([]);
  });

  test("asks nothing of a processor without a function", () => {
    const stream = goodStream({
      http: { processing_configuration: [{ enabled: true, processors: [{ type: "Lambda", parameters: [] }] }] },
    });
    expect(checkGood(deliveryLambdaProcessor, { stream })).toEqual([]);
  });

  test("asks nothing of a block that is left out", () => {
    const stream = goodStream({}, { unknown: [`${HTTP}.processing_configuration`] });
    expect(checkGood(deliveryLambdaProcessor, { stream })).toEqual([]);
  });

  test("says that a processor matters only if the processing is enabled", () => {
    const path = `${HTTP}.processing_configuration.0.enabled`;
    const stream = processed([], {}, unknownAt(path, "var.enabled"));
    expect(checkGood(deliveryLambdaProcessor, { stream })).toEqual([
      `unknown ${STREAM}: the role cannot perform ${ACTIONS.join(", ")} on ${VERSION}, which matters only if the processing is enabled | Allow ${ACTIONS.join(", ")} on it.`,
    ]);
  });

  test("finds it of the second processor, and of a function that is not the first parameter", () => {
    const stream = goodStream({
      http: {
        processing_configuration: [
          {
            enabled: true,
            processors: [
              { type: "Decompression", parameters: [] },
              { type: "Lambda", parameters: [parameter("NumberOfRetries", "3"), parameter("LambdaArn", VERSION)] },
            ],
          },
        ],
      },
    });
    expect(checkGood(deliveryLambdaProcessor, { stream })).toEqual([missing(ACTIONS.join(", "), VERSION)]);
  });

  test("evaluates the processor's own role", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/processor`;
    const role = change("aws_iam_role.processor", { name: "processor", arn });
    const own = change("aws_iam_role_policy.processor", {
      name: "invoke",
      role: "processor",
      policy: document(allow(ACTIONS, VERSION)),
    });
    const stream = processed([parameter("RoleArn", arn)]);
    expect(checkGood(deliveryLambdaProcessor, { stream }, [role, own])).toEqual([]);
    expect(checkGood(deliveryLambdaProcessor, { stream, inline: granting(VERSION) }, [role])).toEqual([
      missing(ACTIONS.join(", "), VERSION),
    ]);
    expect(checkGood(deliveryLambdaProcessor, { stream: processed([parameter("RoleArn", "")]) })).toEqual([
      missing(ACTIONS.join(", "), VERSION),
    ]);
  });

  test("says that the role is not in the plan", () => {
    const outcomes = checkGood(deliveryLambdaProcessor, { stream: processed(), role: undefined, inline: undefined });
    expect(outcomes).toEqual([expect.stringMatching(/^unknown .* \| /)]);
    expect(outcomes[0]).toContain(ELSEWHERE);
  });

  test("knows a function that is created by its name", () => {
    const made = change("aws_lambda_function.scrub", { function_name: "scrub" }, { unknown: ["arn", "qualified_arn"] });
    const stream = processed([], {}, unknownAt(VALUE, "aws_lambda_function.scrub.arn"));
    expect(checkGood(deliveryLambdaProcessor, { stream, inline: granting(`${FUNCTION}*`) }, [made])).toEqual([]);
    expect(checkGood(deliveryLambdaProcessor, { stream, inline: granting(FUNCTION) }, [made])).toEqual([
      `unknown ${STREAM}: whether the role can perform ${ACTIONS.join(", ")} on ${FUNCTION}(not known) is not known before the apply | ${AFTER}`,
    ]);
    expect(checkGood(deliveryLambdaProcessor, { stream }, [made])).toEqual([
      missing(ACTIONS.join(", "), `${FUNCTION}(not known)`),
    ]);
  });

  test("says that a function of which nothing is known is undetermined", () => {
    const stream = processed([], {}, unknownAt(VALUE, "var.function"));
    expect(checkGood(deliveryLambdaProcessor, { stream, inline: granting(VERSION) })).toEqual([
      `unknown ${STREAM}: whether the role can perform ${ACTIONS.join(", ")} on arn:aws:lambda:${REGION}:${ACCOUNT}:function:(not known)(not known) is not known before the apply | ${AFTER}`,
    ]);
  });

  test("quotes no sensitive ARN", () => {
    const stream = processed([], {}, { sensitive: [VALUE] });
    expect(checkGood(deliveryLambdaProcessor, { stream })).toEqual([missing(ACTIONS.join(", "), "(sensitive value)")]);
  });
});
