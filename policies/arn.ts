import type { AwsLocation } from "../iam/request";
import { SEGMENT, type Text, type TextPart } from "../iam/text";
import { type Planned, UNKNOWN } from "./plan";

/** An ARN, parts of which may be unknown. */
export function arnOf(
  { partition, region, accountId }: AwsLocation,
  service: string,
  ...name: readonly TextPart[]
): Text {
  const known = (part: Planned<string>): TextPart => (part === UNKNOWN ? SEGMENT : part);
  return joinParts(["arn:", known(partition), `:${service}:`, known(region), ":", known(accountId), ":", ...name]);
}

/** Joins the parts to one string, if all are known. */
export const joinParts = (parts: readonly TextPart[]): Text =>
  parts.every((part) => typeof part === "string") ? parts.join("") : parts;

export const partsOf = (text: Text): readonly TextPart[] =>
  typeof text === "string" || text === UNKNOWN ? [text] : text;

/** A text for a message, with a placeholder for unknown parts. */
export const displayText = (text: Text): string =>
  partsOf(text)
    .map((part) => (typeof part === "string" ? part : "(not known)"))
    .join("");
