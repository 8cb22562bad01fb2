import type { Input, InputType } from "../modules/input";
import { INPUT_NAMES, inputOf, variableName } from "../modules/inputs";
import type { JsonSchema } from "../modules/rules";
import { PLACEHOLDER_PATTERN } from "./placeholders";

const TEXT = { type: "string" };

/** The JSON schema of each type constraint of a Terraform variable. */
const TYPES: Readonly<Record<InputType, JsonSchema>> = {
  string: TEXT,
  number: { type: "number" },
  bool: { type: "boolean" },
  // An entry whose value is null is absent.
  "map(string)": { type: "object", additionalProperties: { type: ["string", "null"] } },
  "map(list(string))": { type: "object", additionalProperties: { type: "array", items: TEXT } },
  "set(string)": { type: "array", items: TEXT },
  "list(object({ namespace = string, metric_name = string, statistics = set(string) }))": {
    type: "array",
    items: {
      type: "object",
      required: ["namespace", "metric_name", "statistics"],
      additionalProperties: false,
      properties: { namespace: TEXT, metric_name: TEXT, statistics: { type: "array", items: TEXT } },
    },
  },
};

/** The names of the inputs that a fleet file can set: no secrets, because the file is committed. */
export const FLEET_INPUT_NAMES = INPUT_NAMES.filter((name) => inputOf(name).sensitive !== true);

/** The JSON schemas of the inputs by variable name. */
export function inputSchemas(): JsonSchema {
  return Object.fromEntries(FLEET_INPUT_NAMES.map((name) => [variableName(name), inputSchema(inputOf(name))]));
}

function inputSchema({ type, default: value, description, rules }: Input): JsonSchema {
  const { type: jsonType, ...ofType } = TYPES[type];
  const isOptional = value !== undefined;
  const ofRules = rules
    .map(({ schema }) => withPlaceholders(isOptional ? withNull(schema) : schema))
    .filter((schema) => Object.keys(schema).length > 0);
  return {
    description,
    ...(value === undefined || value === null ? {} : { default: value }),
    // Null removes a default of the file.
    type: isOptional ? [jsonType, "null"] : jsonType,
    ...ofType,
    ...(ofRules.length === 0 ? {} : { allOf: ofRules }),
  };
}

const withNull = ({ enum: values, ...others }: JsonSchema): JsonSchema =>
  Array.isArray(values) ? { ...others, enum: [...new Set<unknown>(values), null] } : others;

const STRING_KEYWORDS = ["pattern", "not", "maxLength"];
const ENTRY_KEYWORDS = ["additionalProperties", "items"];

/** The same schema, which also accepts strings with a placeholder: their values are unknown until it is replaced. */
function withPlaceholders(schema: JsonSchema): JsonSchema {
  if (STRING_KEYWORDS.some((keyword) => keyword in schema)) {
    return { anyOf: [{ pattern: PLACEHOLDER_PATTERN }, schema] };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === "properties") {
        return [keyword, mapValues(value, withPlaceholders)];
      }
      return [keyword, ENTRY_KEYWORDS.includes(keyword) ? mapValue(value, withPlaceholders) : value];
    }),
  );
}

const mapValue = (value: unknown, change: (schema: JsonSchema) => JsonSchema): unknown =>
  typeof value === "object" && value !== null ? change({ ...value }) : value;

const mapValues = (value: unknown, change: (schema: JsonSchema) => JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(value ?? {}).map(([name, entry]) => [name, mapValue(entry, change)]));
