import type { AwsLocation } from "../iam/request";
import { SEGMENT, type Text, type TextPart } from "../iam/text";
import { type Planned, UNKNOWN } from "./plan";

/** An ARN of which parts may not be known. */
export function arnOf(
  { partition, region, accountId }: AwsLocation,
  service: string,
  ...name: readonly TextPart[]
): Text {
  const known = (part: Planned<string>): TextPart => (part === UNKNOWN ? SEGMENT : part);
  return joined(["arn:", known(partition), `:${service}:`, known(region), ":", known(accountId), ":", ...name]);
}

/** One text where all parts are known. */
export const joined = (parts: readonly TextPart[]): Text =>
  parts.every((part) => typeof part === "string") ? parts.join("") : parts;

export const partsOf = (text: Text): readonly TextPart[] =>
  typeof text === "string" || text === UNKNOWN ? [text] : text;

/** A text for a message, with a word for what is not known. */
export const written = (text: Text): string =>
  partsOf(text)
    .map((part) => (typeof part === "string" ? part : "(not known)"))
    .join("");
