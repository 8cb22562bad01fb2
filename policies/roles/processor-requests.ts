import { PROCESSOR_ACTIONS } from "../../iam/documented-actions";
import { SEGMENT, type Text } from "../../iam/text";
import { arnOf } from "../arn";
import { HTTP, type Kloudfuse, type PlannedStream } from "../kloudfuse";
import { type Plan, type PlannedResource, UNKNOWN } from "../plan";
import { namesOfLinked, type RoleRequests } from "./role-requests";
import { deliveryUse, locationOf, type RoleUse } from "./role-uses";

const FUNCTION = "aws_lambda_function";
const PROCESSING = `${HTTP}.processing_configuration.0`;

/** The requests for the Lambda functions that transform a stream's records. */
export function processorRequests({ plan }: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const { resource } = stream;
  const enabled = resource.get(`${PROCESSING}.enabled`);
  if (enabled !== true && (enabled !== UNKNOWN || plan.isOmitted(resource, PROCESSING))) {
    return [];
  }
  const location = locationOf(stream);
  return lambdaProcessors(resource).flatMap((processor) => {
    const path = parameterPath(resource, processor, "LambdaArn");
    return path === undefined
      ? []
      : [
          {
            purpose: "invokeProcessor",
            use: processorUse(plan, stream, parameterPath(resource, processor, "RoleArn")),
            actions: PROCESSOR_ACTIONS,
            resourceArn: functionArn(plan, stream, path),
            location,
            readFrom: [[resource, path], ...namesOfLinked(plan.linked(resource, path, FUNCTION))],
            region: location.region,
            policyHolders: [],
            ...(enabled === UNKNOWN ? { neededIf: "the processing is enabled" } : {}),
          } satisfies RoleRequests,
        ];
  });
}

const indexes = (resource: PlannedResource, path: string): readonly number[] => {
  const count = resource.count(path);
  return Array.from({ length: count === UNKNOWN ? 0 : count }, (_, index) => index);
};

function lambdaProcessors(resource: PlannedResource): readonly string[] {
  return indexes(resource, `${PROCESSING}.processors`)
    .map((index) => `${PROCESSING}.processors.${index}`)
    .filter((path) => resource.get(`${path}.type`) === "Lambda");
}

function parameterPath(resource: PlannedResource, processor: string, name: string): string | undefined {
  return indexes(resource, `${processor}.parameters`)
    .map((index) => `${processor}.parameters.${index}`)
    .filter((path) => resource.get(`${path}.parameter_name`) === name)
    .map((path) => `${path}.parameter_value`)[0];
}

/** The role of the processor: its own role, if it has one, else the role of the HTTP delivery. */
function processorUse(plan: Plan, stream: PlannedStream, path: string | undefined): RoleUse {
  const delivery = deliveryUse(stream);
  const role = path === undefined ? undefined : plan.linked(stream.resource, path, "aws_iam_role");
  return role === undefined || path === undefined || role.kind === "absent" ? delivery : { ...delivery, role, path };
}

/** The ARN of the function, with its version or alias if it has one. */
function functionArn(plan: Plan, stream: PlannedStream, path: string): Text {
  const { value, resource } = plan.linked(stream.resource, path, FUNCTION);
  const name = resource?.get("function_name");
  return typeof value === "string"
    ? value
    : arnOf(locationOf(stream), "lambda", "function:", typeof name === "string" ? name : SEGMENT, UNKNOWN);
}
