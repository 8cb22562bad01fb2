import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { asObject } from "../iam/json";
import { INPUT_NAMES, type InputName, inputOf, variableName } from "../modules/inputs";
import { editDistance } from "../iam/edit-distance";
import type { Problems } from "./problems";
import { fleetSchema } from "./schema";

/** Names of the schema's types in error messages. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

const SECRETS: readonly string[] = INPUT_NAMES.filter((name) => inputOf(name).sensitive).map(variableName);

/** Inputs that may contain a secret by mistake: error messages show neither their values nor those of their members. */
const CONFIDENTIAL: readonly string[] = [
  ...SECRETS,
  ...(["accessKeySecretArn", "commonAttributes"] as const satisfies readonly InputName[]).map(variableName),
  "external_id",
];

const MAX_SHOWN = 60;

let compiled: ValidateFunction | undefined;

const validator = (): ValidateFunction =>
  (compiled ??= new Ajv({ allErrors: true, verbose: true, strictTypes: false, allowUnionTypes: true }).compile(
    fleetSchema(),
  ));

/** Checks names and types by the schema. The rules of the inputs are checked separately. */
export function checkStructure(value: unknown, problems: Problems): void {
  const validate = validator();
  validate(value);
  for (const error of validate.errors ?? []) {
    const message = messageOf(error);
    if (message !== undefined) {
      problems.add(message);
    }
  }
}

/** The message for an error of the schema; undefined where a rule of the inputs reports it. */
function messageOf({ keyword, instancePath, params, data, parentSchema }: ErrorObject): string | undefined {
  const path = pathOf(instancePath);
  const { type, missingProperty, additionalProperty } = asObject(params);
  switch (keyword) {
    case "type": {
      const names = [type].flat().filter((each) => each !== "null");
      return `${subject(path)} must be ${names.map((name) => TYPE_NAMES[String(name)] ?? String(name)).join(" or ")}, got ${received(instancePath, data)}.`;
    }
    case "required":
      return `${memberOf(path, String(missingProperty))} is required. Add it.`;
    case "additionalProperties":
      return unknownName(path, String(additionalProperty), Object.keys(asObject(asObject(parentSchema)["properties"])));
    case "minItems":
      // The rules of the inputs check the lists in inputs.
      return path.includes("inputs") ? undefined : `${path} must have at least one entry, got none. Add one.`;
    case "minProperties":
    case "maxProperties":
      return path === "state"
        ? `state must contain either s3 or hcp, got ${Object.keys(asObject(data)).join(" and ") || "neither"}. ` +
            "Leave state out for local files."
        : undefined;
    default:
      return undefined;
  }
}

function unknownName(path: string, name: string, known: readonly string[]): string {
  const label = memberOf(path, name);
  if (path.endsWith("inputs") && SECRETS.includes(snakeCase(name))) {
    return (
      `${label} must not be in the file, which others read (the value is not shown). Put the key into Secrets Manager ` +
      "and set access_key_secret_arn, with {account} and {region} in it, or set the Terraform variable access_key " +
      "with TF_VAR_access_key in the environment."
    );
  }
  const near = nearest(name, known);
  if (near !== undefined) {
    return `${label} is unknown. Did you mean ${near}?`;
  }
  const choice = path.endsWith("inputs") ? "the inputs in docs/reference.md" : known.join(", ");
  return `${label} is unknown. Use one of ${choice}.`;
}

const snakeCase = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();

/** The known name that is closest to an unknown one, within the edit distance of a typo. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const typed = snakeCase(name);
  const [closest] = known
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
    .sort((one, other) => one.distance - other.distance);
  return closest !== undefined && closest.distance <= Math.max(1, Math.floor(typed.length / 4))
    ? closest.candidate
    : undefined;
}

const subject = (path: string): string => (path === "" ? "the file" : path);

/** A JSON pointer as a path such as `accounts[3].inputs.tags["cost center"]`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) && path !== "" ? `${path}[${part}]` : memberOf(path, part)), "");
}

/** The path of a member of an object. */
export function memberOf(path: string, name: string): string {
  if (!/^[$\w-]+$/.test(name)) {
    return `${path}[${JSON.stringify(name)}]`;
  }
  return path === "" ? name : `${path}.${name}`;
}

/** The value for a message. A list or an object is not shown: it may contain a secret, such as an access key. */
function received(pointer: string, value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "a list" : "an object";
  }
  if (pointer.split("/").some((part) => CONFIDENTIAL.includes(part))) {
    return "a value that is not shown";
  }
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
