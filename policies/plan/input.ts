import { asObject, isObject, type JsonObject } from "../json";
import { HOW_TO } from "./plan-json";
import { UnusablePlan } from "./unusable-plan";

const FROM_BINARY = "Convert it with: terraform show -json plan.bin > plan.json";

/**
 * The JSON in a file or text that should hold a plan.
 *
 * @throws UnusablePlan when it holds something else, with the command that creates a plan's JSON
 */
export function parseInput(input: Buffer | string): JsonObject {
  const text = typeof input === "string" ? input : decode(input);
  const json = parse(text.replace(/^\uFEFF/, ""));
  if (!isObject(json) || Array.isArray(json)) {
    throw new UnusablePlan(`The input must be the JSON of a plan, got JSON that is not an object. ${HOW_TO}`);
  }
  checkKind(json);
  return json;
}

function decode(input: Buffer): string {
  if (input.subarray(0, 2).toString("latin1") === "PK") {
    throw new UnusablePlan(`The input must be the JSON of a plan, got a binary plan file. ${FROM_BINARY}`);
  }
  // JSON begins with a brace: a zero byte beside it is UTF-16 without a byte order mark.
  if (/^(\xFF\xFE|\xFE\xFF|\0.|.\0)/s.test(input.subarray(0, 2).toString("latin1"))) {
    throw new UnusablePlan(
      "The input must be UTF-8, got UTF-16, which > writes in Windows PowerShell. " +
        "Use: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json",
    );
  }
  return input.toString("utf8");
}

function parse(text: string): unknown {
  if (text.trim() === "") {
    throw new UnusablePlan(`The input must be the JSON of a plan, got nothing. ${HOW_TO}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new UnusablePlan(
      text.startsWith("PK")
        ? `The input must be the JSON of a plan, got a binary plan file. ${FROM_BINARY}`
        : isStreamedOutput(text)
          ? `The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`
          : `The input must be JSON, got text that is not. ${HOW_TO}`,
    );
  }
}

/** Whether the first line is a message of `terraform plan -json`. */
function isStreamedOutput(text: string): boolean {
  try {
    return isMessage(JSON.parse(text.trimStart().split("\n", 1)[0] ?? ""));
  } catch {
    return false;
  }
}

const isMessage = (json: unknown): boolean => "@level" in asObject(json);

function checkKind(json: JsonObject): void {
  const version = json["format_version"];
  if (isMessage(json)) {
    throw new UnusablePlan(`The input must be the JSON of a plan, got the messages of terraform plan -json. ${HOW_TO}`);
  }
  if ("lineage" in json || (typeof version === "string" && ("values" in json || Object.keys(json).length === 1))) {
    throw new UnusablePlan(`The input must be the JSON of a plan, got a state. ${HOW_TO}`);
  }
  if (typeof version !== "string" || json["planned_values"] === undefined) {
    throw new UnusablePlan(
      `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`,
    );
  }
  if (!version.startsWith("1.")) {
    throw new UnusablePlan(
      `The plan's format_version must be 1.x, got "${version}". Use a newer kloudfuse-firehose, or an older Terraform.`,
    );
  }
}
