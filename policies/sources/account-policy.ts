import { asObject, asString, parsedJson } from "../../iam/json";
import { type Link, type Plan, type Planned, type PlannedResource, UNKNOWN } from "../plan";
import { excludedLogGroups } from "./criteria";

export const ACCOUNT_POLICY = "aws_cloudwatch_log_account_policy";

/** Paths of the document and of the selection criteria of an account policy. */
export const DOCUMENT = "policy_document";
export const CRITERIA = "selection_criteria";

/** Whether an account policy subscribes log groups; there are other types, such as data protection. */
export const isSubscription = (resource: PlannedResource): boolean => {
  const type = resource.get("policy_type");
  return type === UNKNOWN || type === "SUBSCRIPTION_FILTER_POLICY";
};

/** A string in the document: `DestinationArn`, `RoleArn` or `FilterPattern`. */
export function documentText(resource: PlannedResource, name: string): Planned<string | undefined> {
  const text = resource.get(DOCUMENT);
  return text === UNKNOWN ? UNKNOWN : textIn(text, name);
}

/** The same before the apply. */
export const documentTextBefore = (resource: PlannedResource, name: string): string | undefined =>
  textIn(resource.getBefore(DOCUMENT), name);

function textIn(document: unknown, name: string): string | undefined {
  return typeof document === "string" ? asString(asObject(parsedJson(document))[name]) : undefined;
}

/** The resource of a type that a string in the document names: by reference if the document is not known. */
export function linkInDocument(
  plan: Plan,
  resource: PlannedResource,
  name: "DestinationArn" | "RoleArn",
  type: string,
): Link {
  const text = documentText(resource, name);
  if (text === UNKNOWN) {
    return plan.linkedPart(resource, DOCUMENT, type);
  }
  return text === undefined || text === ""
    ? { kind: "absent", value: undefined, resource: undefined, candidates: [], via: undefined }
    : plan.linkedText(resource, DOCUMENT, type, text);
}

/** The exact names of the log groups that an account policy excludes; UNKNOWN if its criteria have another form. */
export function excludedNames(resource: PlannedResource): Planned<readonly string[]> {
  const criteria = resource.get(CRITERIA) ?? "";
  return (typeof criteria === "string" ? excludedLogGroups(criteria) : undefined) ?? UNKNOWN;
}
