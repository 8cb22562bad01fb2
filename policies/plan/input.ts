import { asObject, isObject, type JsonObject, parsedJson, isUtf16 } from "../../iam/json";
import { HOW_TO } from "./plan-json";
import { elementRangesOf, membersOf, type ByteRange } from "./sections";
import { UnusablePlan } from "./unusable-plan";

const FROM_BINARY = "Convert it with: terraform show -json plan.bin > plan.json";
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Large members of a plan that are not needed. */
const SKIPPED: readonly string[] = ["planned_values", "relevant_attributes", "output_changes", "checks"];

/**
 * Parses the JSON of a plan, without its planned values and other large members that are not needed.
 *
 * @throws UnusablePlan when the input is something else, with the command that creates a plan's JSON
 */
export function parseInput(input: Buffer | string): JsonObject {
  const bytes = decode(typeof input === "string" ? Buffer.from(input) : input);
  const members = membersOf(bytes);
  if (members === undefined) {
    throw new UnusablePlan(notAnObject(bytes));
  }
  checkKind(members);
  const json = Object.fromEntries(
    [...members]
      .filter(([name]) => !SKIPPED.includes(name))
      .map(([name, range]): [string, unknown] => [name, parseMember(bytes, range)]),
  );
  checkVersion(json["format_version"]);
  return json;
}

function decode(input: Buffer): Buffer {
  const start = input.toString("latin1", 0, 2);
  if (start === "PK") {
    throw new UnusablePlan(`The input must be the JSON of a plan, got a binary plan file. ${FROM_BINARY}`);
  }
  if (isUtf16(input)) {
    throw new UnusablePlan(
      "The input must be UTF-8, got UTF-16, which > writes in Windows PowerShell. " +
        "Use: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json",
    );
  }
  return input.subarray(0, 3).equals(BYTE_ORDER_MARK) ? input.subarray(3) : input;
}

/** Parses a list element by element, to avoid a string of hundreds of megabytes. */
function parseMember(bytes: Buffer, range: ByteRange): unknown {
  return elementRangesOf(bytes, range)?.map((element) => parseRange(bytes, element)) ?? parseRange(bytes, range);
}

function parseRange(bytes: Buffer, { start, end }: ByteRange): unknown {
  const value = parsedJson(bytes.toString("utf8", start, end));
  if (value === undefined) {
    throw new UnusablePlan(`The input must be JSON, got text that is not. ${HOW_TO}`);
  }
  return value;
}

function notAnObject(bytes: Buffer): string {
  if (bytes.toString("utf8", 0, 100).trim() === "") {
    return `The input must be the JSON of a plan, got nothing. ${HOW_TO}`;
  }
  const [line = ""] = bytes.toString("utf8", 0, 10_000).trimStart().split("\n", 1);
  const json = parsedJson(line);
  if (json === undefined) {
    return `The input must be JSON, got text that is not. ${HOW_TO}`;
  }
  return "@level" in asObject(json)
    ? `The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`
    : isObject(json) && !Array.isArray(json)
      ? `The input must be one JSON object, got several. ${HOW_TO}`
      : `The input must be the JSON of a plan, got JSON that is not an object. ${HOW_TO}`;
}

function checkKind(members: ReadonlyMap<string, ByteRange>): void {
  if (members.has("@level")) {
    throw new UnusablePlan(`The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`);
  }
  const isEmptyState = members.size === 1 && members.has("format_version");
  if (members.has("lineage") || isEmptyState || (members.has("format_version") && members.has("values"))) {
    throw new UnusablePlan(`The input must be the JSON of a plan, got a state. ${HOW_TO}`);
  }
  if (!members.has("format_version") || !members.has("planned_values")) {
    throw new UnusablePlan(
      `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`,
    );
  }
}

function checkVersion(version: unknown): void {
  if (typeof version !== "string" || !version.startsWith("1.")) {
    throw new UnusablePlan(
      `The plan's format_version must be 1.x, got ${JSON.stringify(version)}. ` +
        "Use a newer kloudfuse-firehose, or an older Terraform.",
    );
  }
}
