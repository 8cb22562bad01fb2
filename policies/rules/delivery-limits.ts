import { asString } from "../../iam/json";
import { LIMITS } from "../../modules/limits";
import { requirement, type Rule } from "../../modules/rules";
import { BACKUP, HTTP, ROLES, SECRET, type PlannedStream } from "../kloudfuse";
import { brokenLimits } from "../limits";
import { finding, unknownOutcome } from "../outcomes";
import { type PlannedResource, SENSITIVE, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

/** Limits that other policies do not check. */
const SETTINGS: readonly (readonly [path: string, rules: readonly Rule[]])[] = [
  ["name", LIMITS.streamName],
  [`${HTTP}.name`, LIMITS.endpointName],
  [`${BACKUP}.buffering_size`, LIMITS.s3BufferingSizeMb],
  [`${BACKUP}.buffering_interval`, LIMITS.s3BufferingIntervalSeconds],
];

/** Limits of values that other policies report if they are not known. */
const REPORTED_ELSEWHERE: readonly (readonly [path: string, rules: readonly Rule[]])[] = [
  [`${HTTP}.url`, LIMITS.endpointUrl.slice(1)],
  [`${HTTP}.access_key`, LIMITS.accessKey],
  ...ROLES.map((path) => [path, LIMITS.roleArn] as const),
];

export const deliveryLimits: Policy = {
  id: "KFF-DEL-007",
  severity: "error",
  title: "Values are within the AWS limits that the provider does not check",
  why: "Terraform plans other values, which AWS rejects during the apply.",
  source:
    "Firehose API, CreateDeliveryStream, HttpEndpointConfiguration, HttpEndpointRequestConfiguration, BufferingHints, DeliveryStreamEncryptionConfigurationInput",
  check: ({ streams }) =>
    streams.flatMap((stream) => [
      ...SETTINGS.flatMap(([path, rules]) => brokenLimits(stream.resource, path, rules, true)),
      ...REPORTED_ELSEWHERE.flatMap(([path, rules]) => brokenLimits(stream.resource, path, rules, false)),
      ...commonAttributes(stream.resource),
      ...keyOfStream(stream),
      ...accessKeyAndSecret(stream),
    ]),
};

const ATTRIBUTES = `${HTTP}.request_configuration.0.common_attributes`;

function commonAttributes(resource: PlannedResource): PolicyOutcome[] {
  const count = resource.count(ATTRIBUTES);
  if (count === UNKNOWN) {
    // An omitted block has no attributes; KFF-DEL-001 reports its missing GZIP.
    return resource.get(`${HTTP}.request_configuration`) === UNKNOWN ? [] : [unknownOutcome(resource, ATTRIBUTES)];
  }
  const paths = Array.from({ length: count }, (_, index) => `${ATTRIBUTES}.${index}`);
  const names = paths.map((path) => resource.get(`${path}.name`));
  const values = paths.map((path) => resource.get(`${path}.value`));
  const isSensitive = paths.some((path) => resource.isSensitive(path) || resource.isSensitive(`${path}.name`));
  // An unknown name or value counts as an attribute that is within the limits.
  const map = Object.fromEntries(
    paths.map((path, index): [string, unknown] => [asString(names[index]) ?? path, asString(values[index]) ?? ""]),
  );
  const found = LIMITS.commonAttributes
    .filter((rule) => !rule.allows(map))
    .map((rule) =>
      finding(
        resource,
        `${requirement(rule, ATTRIBUTES)}, got ${isSensitive ? SENSITIVE : rule.received(map)}`,
        "Correct it: AWS rejects it during the apply.",
      ),
    );
  return [...found, ...([...names, ...values].includes(UNKNOWN) ? [unknownOutcome(resource, ATTRIBUTES)] : [])];
}

function keyOfStream({ resource, streamKey }: PlannedStream): PolicyOutcome[] {
  const type = resource.get("server_side_encryption.0.key_type");
  return type === "CUSTOMER_MANAGED_CMK" && streamKey.kind === "absent"
    ? [
        finding(
          resource,
          "key_type is CUSTOMER_MANAGED_CMK, and key_arn is not set",
          "Set key_arn, or use AWS_OWNED_CMK.",
        ),
      ]
    : [];
}

function accessKeyAndSecret({ resource }: PlannedStream): PolicyOutcome[] {
  const [key, enabled] = [resource.get(`${HTTP}.access_key`), resource.get(`${SECRET}.enabled`)];
  return typeof key === "string" && key !== "" && enabled === true
    ? [finding(resource, "access_key and secrets_manager_configuration are both set", "Remove access_key.")]
    : [];
}
