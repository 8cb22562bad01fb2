import { UNKNOWN } from "../../iam/unknown";
import { asObject, isObject } from "../../iam/json";
import type { PlannedResource } from "./planned-resource";

/** Replaces, in messages, a value that Terraform marks as sensitive. */
export const SENSITIVE = "(sensitive value)";

/** The value at a path for a message, without sensitive values and without user info, query and fragment of URLs. */
export function redactedValue(resource: PlannedResource, path: string): string {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return "not known before the apply";
  }
  const sensitivity = resource.sensitivity(path);
  if (sensitivity === true) {
    return SENSITIVE;
  }
  return value === undefined ? "not set" : JSON.stringify(redact(value, sensitivity));
}

/** A text that was read from a path of a resource, such as an ARN, for a message. */
export const redactedText = (resource: PlannedResource, path: string, text: string): string =>
  resource.isSensitive(path) ? SENSITIVE : redactUrls(text);

function redact(value: unknown, sensitivity: unknown): unknown {
  if (sensitivity === true) {
    return SENSITIVE;
  }
  if (typeof value === "string") {
    return redactUrls(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => redact(item, asObject(sensitivity)[String(index)]));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, asObject(sensitivity)[key])]))
    : value;
}

/** Removes the parts of URLs that may contain a secret. */
export const redactUrls = (text: string): string =>
  text.replace(
    /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#]*@)?([^\s?#]*)([?#]\S*)?/gi,
    (_, scheme: string, userInfo: string | undefined, rest: string, query: string | undefined) =>
      `${scheme}${userInfo === undefined ? "" : "(user info)@"}${rest}${query === undefined ? "" : `${query.charAt(0)}(removed)`}`,
  );
