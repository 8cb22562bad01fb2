import { SEGMENT } from "../../../iam/text";
import { UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { processorRequests } from "../../../policies/roles/processor-requests";
import type { RoleRequests } from "../../../policies/roles/role-requests";
import type { JsonObject } from "../../../iam/json";
import { change, planWith, REGION, STREAM, streamChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";

const HTTP = "http_endpoint_configuration.0";
const PROCESSING = `${HTTP}.processing_configuration.0`;
const ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:transform`;
const OTHER_ROLE = `arn:aws:iam::${ACCOUNT}:role/processor`;
const valueAt = (index: number, processor = 0): string =>
  `${PROCESSING}.processors.${processor}.parameters.${index}.parameter_value`;

const parameter = (parameter_name: string, parameter_value: string): JsonObject => ({
  parameter_name,
  parameter_value,
});
const lambda = (...parameters: readonly JsonObject[]): JsonObject => ({ type: "Lambda", parameters });

function requestsIn(
  processing: JsonObject | undefined,
  more: Partial<PlannedChange> = {},
  others: readonly PlannedChange[] = [],
): readonly RoleRequests[] {
  const http = processing === undefined ? {} : { processing_configuration: [processing] };
  const kloudfuse = findKloudfuse(planOf(planWith({ stream: streamChange({ http }, more) }, others)));
  return kloudfuse.streams.flatMap((stream) => processorRequests(kloudfuse, stream));
}

const enabled = (...processors: readonly JsonObject[]): JsonObject => ({ enabled: true, processors });

describe("the requests for the functions that transform records", () => {
  test("are to invoke each and to read its configuration, by the role of the HTTP delivery", () => {
    const [requests, ...others] = requestsIn(enabled(lambda(parameter("LambdaArn", ARN))));
    expect(others).toEqual([]);
    expect(requests).toMatchObject({
      purpose: "invokeProcessor",
      actions: ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"],
      resourceArn: ARN,
      location: { partition: "aws", region: REGION, accountId: ACCOUNT },
      region: REGION,
      policyHolders: [],
    });
    expect(requests?.use.path).toBe(`${HTTP}.role_arn`);
    expect(requests && "neededIf" in requests).toBe(false);
    expect(requests?.readFrom.map(([{ address }, path]) => `${address} ${path}`)).toEqual([`${STREAM} ${valueAt(0)}`]);
  });

  test("are for every Lambda processor, and for no other", () => {
    const other = { type: "AppendDelimiterToRecord", parameters: [parameter("LambdaArn", `${ARN}2`)] };
    const processing = enabled(other, lambda(parameter("LambdaArn", ARN)), lambda(parameter("LambdaArn", `${ARN}3`)));
    expect(requestsIn(processing).map(({ resourceArn }) => resourceArn)).toEqual([ARN, `${ARN}3`]);
  });

  test("are none without processing", () => {
    expect(requestsIn(undefined)).toEqual([]);
  });

  test("are none where the processing is disabled", () => {
    expect(requestsIn({ ...enabled(lambda(parameter("LambdaArn", ARN))), enabled: false })).toEqual([]);
  });

  test("are none where the configuration leaves the processing out", () => {
    expect(requestsIn(undefined, { unknown: [`${HTTP}.processing_configuration`] })).toEqual([]);
  });

  test("are none where a processor names no function", () => {
    expect(requestsIn(enabled(lambda(parameter("NumberOfRetries", "3"))))).toEqual([]);
  });

  test("are none where the processors are not known", () => {
    const path = `${PROCESSING}.processors`;
    expect(requestsIn(enabled(), unknownAt(path, "var.processors"))).toEqual([]);
  });

  test("matter only if the processing is enabled, where that is not known", () => {
    const path = `${PROCESSING}.enabled`;
    const processing = enabled(lambda(parameter("LambdaArn", ARN)));
    expect(requestsIn(processing, unknownAt(path, "var.enabled")).map(({ neededIf }) => neededIf)).toEqual([
      "the processing is enabled",
    ]);
  });

  test("are for the function among other parameters", () => {
    const processing = enabled(lambda(parameter("NumberOfRetries", "3"), parameter("LambdaArn", ARN)));
    expect(requestsIn(processing).map(({ resourceArn }) => resourceArn)).toEqual([ARN]);
  });

  test("are by the role of the processor where it names one", () => {
    const processing = enabled(lambda(parameter("LambdaArn", ARN), parameter("RoleArn", OTHER_ROLE)));
    expect(requestsIn(processing).map(({ use }) => [use.path, use.role.value, use.service])).toEqual([
      [valueAt(1), OTHER_ROLE, "firehose"],
    ]);
  });

  test("are by the role of the HTTP delivery where the processor's is empty", () => {
    const processing = enabled(lambda(parameter("LambdaArn", ARN), parameter("RoleArn", "")));
    expect(requestsIn(processing).map(({ use }) => use.path)).toEqual([`${HTTP}.role_arn`]);
  });

  describe("that the plan creates", () => {
    const more = unknownAt(valueAt(0), "aws_lambda_function.f.arn");
    const processing = enabled(lambda(parameter("LambdaArn", "")));

    test("are for the function by its name, with any version", () => {
      const planned = change("aws_lambda_function.f", { function_name: "transform" }, { unknown: ["arn", "id"] });
      const [requests] = requestsIn(processing, more, [planned]);
      expect(requests?.resourceArn).toEqual([
        "arn:",
        "aws",
        ":lambda:",
        REGION,
        ":",
        ACCOUNT,
        ":",
        "function:",
        "transform",
        UNKNOWN,
      ]);
      expect(requests?.readFrom.map(([{ address }, path]) => `${address} ${path}`)).toContain(
        "aws_lambda_function.f function_name",
      );
    });

    test("are for any function where its name is not known", () => {
      const planned = change("aws_lambda_function.f", {}, { unknown: ["arn", "id", "function_name"] });
      const [requests] = requestsIn(processing, more, [planned]);
      expect(requests?.resourceArn).toEqual([
        "arn:",
        "aws",
        ":lambda:",
        REGION,
        ":",
        ACCOUNT,
        ":",
        "function:",
        SEGMENT,
        UNKNOWN,
      ]);
    });
  });
});
