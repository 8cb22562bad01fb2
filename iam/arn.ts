/** The parts of `arn:partition:service:region:account:resource`; those that it does not have are empty. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** The ID of the account. */
  readonly account: string;
  /** The rest, which may contain colons. */
  readonly resource: string;
}

/** Parses an ARN, or a pattern for ARNs such as `arn:aws:s3:::*`; undefined if the value is not one. */
export function parseArn(value: unknown): ArnParts | undefined {
  if (typeof value !== "string") {
    return undefined;
  }
  const [prefix, partition = "", service, region = "", account = "", ...resource] = value.split(":");
  return prefix !== "arn" || partition === "" || service === undefined
    ? undefined
    : { partition, service, region, account, resource: resource.join(":") };
}

export const isArn = (value: unknown): value is string => parseArn(value) !== undefined;

/** Whether a text is the ARN of a KMS key, and not of an alias. */
export function isKeyArn(text: string): boolean {
  const { service, resource } = parseArn(text) ?? {};
  return service === "kms" && resource?.startsWith("key/") === true;
}

/** The region in the ARN of a KMS key or alias; undefined if the value is not one. */
export function keyRegion(value: unknown): string | undefined {
  const { service, region } = parseArn(value) ?? {};
  return service === "kms" && region !== "" ? region : undefined;
}

/** Whether a text is the ARN of an SNS topic. */
export const isTopicArn = (text: string): boolean => parseArn(text)?.service === "sns";

/** The name at the end of an ARN, without the path before it. */
export const lastPart = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn;

/** Stands for the ARN of a key that is not known: a key policy usually names its key by `*`. */
export const UNKNOWN_KEY_ARN = "arn:aws:kms:us-east-1:000000000000:key/not-known";
