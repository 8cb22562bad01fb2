import type { JsonSchema, Rule } from "../modules/rules";
import { inputSchemas } from "./input-schema";
import { FLEET_LIMITS } from "./limits";
import { PLACEHOLDER_PATTERN } from "./placeholders";

/** The settings that both an account and the defaults can have. */
const SHARED = {
  assume_role: text(
    "ARN of the role to assume in the account. If omitted, the credentials must be those of the account itself.",
    FLEET_LIMITS.assumeRole,
  ),
  external_id: text("External ID that the role's trust policy requires.", FLEET_LIMITS.externalId),
  regions: {
    description: "Codes of the regions, without duplicates. Each region is one stack.",
    type: "array",
    items: text("Code of an AWS region, such as eu-west-1.", FLEET_LIMITS.region, false),
    minItems: 1,
    uniqueItems: true,
  },
  inputs: {
    description: "Inputs of the module, by variable name.",
    type: "object",
    additionalProperties: false,
    properties: inputSchemas(),
  },
};

const references = Object.fromEntries(Object.keys(SHARED).map((name) => [name, { $ref: `#/definitions/${name}` }]));

/** The JSON schema of a fleet file: for editors, and for the checks of types and names. */
export function fleetSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Kloudfuse Firehose fleet",
    description: "The accounts and regions that send metrics and logs to Kloudfuse: docs/fleet.md.",
    definitions: SHARED,
    ...object(
      {
        $schema: { description: "Path or URL of this schema, for editors.", type: "string" },
        state: {
          description:
            "Where the state of each stack is stored: s3 or hcp. If omitted, in a local file for each stack.",
          ...object(
            {
              s3: {
                description: "An object in S3 for each stack, encrypted and locked.",
                ...object(
                  {
                    bucket: text("Name of the bucket, which must exist.", FLEET_LIMITS.bucket, false),
                    region: text("Region of the bucket.", FLEET_LIMITS.region, false),
                    key: text("Key of the object, with {account} and {region}.", FLEET_LIMITS.key),
                  },
                  ["bucket", "region", "key"],
                ),
              },
              hcp: {
                description: "A workspace of HCP Terraform or Terraform Enterprise for each stack.",
                ...object(
                  {
                    organization: text("Name of the organization.", FLEET_LIMITS.organization, false),
                    workspace: text("Name of the workspace, with {account} and {region}.", FLEET_LIMITS.workspace),
                    hostname: text("Host name of Terraform Enterprise.", FLEET_LIMITS.hostname, false),
                  },
                  ["organization", "workspace"],
                ),
              },
            },
            [],
          ),
          minProperties: 1,
          maxProperties: 1,
        },
        defaults: {
          description: "Settings of every account that does not override them.",
          ...object(references, []),
        },
        accounts: {
          description: "The accounts.",
          type: "array",
          minItems: 1,
          items: object({ id: text("12-digit AWS account ID.", FLEET_LIMITS.accountId, false), ...references }, ["id"]),
        },
      },
      ["accounts"],
    ),
  };
}

function object(properties: JsonSchema, required: readonly string[]): JsonSchema {
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties,
  };
}

function text(description: string, rules: readonly Rule[], hasPlaceholders = true): JsonSchema {
  const ofRules = Object.fromEntries(rules.flatMap(({ schema }) => Object.entries(schema)));
  return {
    description,
    type: "string",
    ...(hasPlaceholders ? { anyOf: [{ pattern: PLACEHOLDER_PATTERN }, ofRules] } : ofRules),
  };
}
