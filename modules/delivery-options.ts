import type {
  KinesisFirehoseDeliveryStreamHttpEndpointConfiguration as EndpointConfiguration,
  KinesisFirehoseDeliveryStreamHttpEndpointConfigurationRequestConfigurationCommonAttributes as CommonAttribute,
} from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { type IResolvable, TerraformIterator, Token } from "cdktf";
import { withoutNulls } from "./expressions";
import { INPUTS, type InputName } from "./inputs";

/** How a stream delivers to its endpoint: the same for every stream of a `KloudfuseFirehose`. */
export interface DeliveryOptions {
  /**
   * How long Firehose retries a delivery before it writes the records to the backup bucket, in
   * seconds: a whole number from 0 to 7200.
   * @default 300, as in Firehose
   */
  readonly retryDurationSeconds?: number | undefined;
  /**
   * Access key that Firehose sends to the endpoint: 1 to 4096 bytes without white space. Must be a
   * token, such as a sensitive `TerraformVariable`: a literal would be in the synthesized JSON. It is
   * plain text in the state; prefer `accessKeySecretArn`, which it conflicts with.
   * @default none: requests have no access key
   */
  readonly accessKey?: string | undefined;
  /**
   * ARN, at most 2048 characters with its six-character suffix, of the Secrets Manager secret,
   * `{"api_key": "..."}`, that holds the access key, in the stream's region. Conflicts with `accessKey`.
   * @default none: requests have no access key
   */
  readonly accessKeySecretArn?: string | undefined;
  /**
   * Attributes that Firehose sends with every request: at most 50, names of at most 256 characters
   * and not blank, values of at most 1024.
   * @default {}: requests have no attributes
   */
  readonly commonAttributes?: Record<string, string> | undefined;
}

/** The options by name. */
export const DELIVERY_OPTIONS = [
  "retryDurationSeconds",
  "accessKey",
  "accessKeySecretArn",
  "commonAttributes",
] as const satisfies readonly (keyof DeliveryOptions & InputName)[];

/** The options as arguments of `http_endpoint_configuration`, without the secret, which is a separate block. */
export function endpointOptions({
  retryDurationSeconds,
  accessKey,
  commonAttributes = {},
}: DeliveryOptions): Pick<EndpointConfiguration, "retryDuration" | "accessKey" | "requestConfiguration"> {
  return {
    retryDuration: retryDurationSeconds ?? INPUTS.retryDurationSeconds.default,
    ...(accessKey === undefined ? {} : { accessKey }),
    requestConfiguration: { contentEncoding: "GZIP", commonAttributes: attributeBlocks(commonAttributes) },
  };
}

function attributeBlocks(attributes: Record<string, string>): CommonAttribute[] | IResolvable {
  // A token may be null when Terraform plans.
  if (Object.values({ attributes, ...attributes }).some((part) => Token.isUnresolved(part))) {
    const entries = TerraformIterator.fromMap(withoutNulls(attributes));
    const value: unknown = entries.value;
    return entries.dynamic({ name: entries.key, value });
  }
  return Object.entries(attributes).map(([name, value]) => ({ name, value }));
}
