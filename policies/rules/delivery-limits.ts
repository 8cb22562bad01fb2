import { LIMITS } from "../../modules/limits";
import { type Rule, wholeNumber } from "../../modules/rules";
import { BACKUP, HTTP, ROLES, SECRET } from "../kloudfuse";
import { finding } from "../outcomes";
import { type PlannedResource, quoted, UNKNOWN } from "../plan";
import type { Outcome, Policy } from "../policy";

/** Firehose API, BufferingHints of an S3 destination. */
const S3_BUFFERING_SIZE_MB = [wholeNumber(1, 128)];
const S3_BUFFERING_INTERVAL_SECONDS = [wholeNumber(0, 900)];

const LIMITED: readonly (readonly [path: string, rules: readonly Rule[]])[] = [
  ["name", LIMITS.streamName],
  [`${HTTP}.name`, LIMITS.endpointName],
  [`${BACKUP}.buffering_size`, S3_BUFFERING_SIZE_MB],
  [`${BACKUP}.buffering_interval`, S3_BUFFERING_INTERVAL_SECONDS],
  ...ROLES.map((path) => [path, LIMITS.roleArn] as const),
  [`${BACKUP}.bucket_arn`, LIMITS.bucketArn],
];

export const deliveryLimits: Policy = {
  id: "KFF-DEL-007",
  severity: "error",
  title: "Limits of AWS that the provider lets through",
  why: "AWS refuses the stream at the apply, when the rest is created already.",
  source: "Firehose API, CreateDeliveryStream, HttpEndpointDestinationConfiguration, S3DestinationConfiguration",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) => [
      ...LIMITED.flatMap(([path, rules]) => limited(resource, path, rules)),
      ...commonAttributes(resource),
      ...keyIsMissing(resource),
      ...keyBesideSecret(resource),
    ]),
};

/** A value that is set must follow the rules; one that is unknown or left to AWS breaks none. */
function limited(resource: PlannedResource, path: string, rules: readonly Rule[]): Outcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN || value === undefined || (value === "" && path !== `${HTTP}.name`)) {
    return [];
  }
  return rules
    .filter((rule) => !rule.allows(value))
    .map((rule) => finding(resource, `${path} is ${quoted(resource, path)}`, `${path} must ${rule.text}.`));
}

function commonAttributes(resource: PlannedResource): Outcome[] {
  const path = `${HTTP}.request_configuration.0.common_attributes`;
  const count = resource.count(path);
  if (count === UNKNOWN) {
    return [];
  }
  const entries = Array.from({ length: count }, (_, index) => [
    resource.get(`${path}.${index}.name`),
    resource.get(`${path}.${index}.value`),
  ]);
  const known = entries.map(([name, value], index) => [
    typeof name === "string" ? name : `unknown-${index}`,
    typeof value === "string" ? value : "",
  ]);
  const names = known.map(([name]) => name);
  // As many entries as names: two attributes of one name count twice.
  const map = Object.fromEntries(
    known.map(([name = "", value], index) => [names.indexOf(name) === index ? name : `${name} (${index})`, value]),
  );
  return LIMITS.commonAttributes
    .filter((rule) => !rule.allows(map))
    .map((rule) =>
      finding(
        resource,
        `${path} has ${resource.isSensitive(path) ? "values that break a limit" : rule.received(map)}`,
        `common_attributes must ${rule.text}.`,
      ),
    );
}

function keyIsMissing(resource: PlannedResource): Outcome[] {
  const [type, key] = ["key_type", "key_arn"].map((name) => resource.get(`server_side_encryption.0.${name}`));
  return type === "CUSTOMER_MANAGED_CMK" && (key === undefined || key === "")
    ? [
        finding(
          resource,
          "server_side_encryption has the key_type CUSTOMER_MANAGED_CMK without a key_arn",
          "Add the key_arn, or use AWS_OWNED_CMK.",
        ),
      ]
    : [];
}

function keyBesideSecret(resource: PlannedResource): Outcome[] {
  const key = resource.get(`${HTTP}.access_key`);
  return resource.get(`${SECRET}.enabled`) === true && typeof key === "string" && key !== ""
    ? [finding(resource, "access_key is set beside secrets_manager_configuration", "Remove access_key.")]
    : [];
}
