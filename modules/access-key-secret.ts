import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Fn, Op, type Postcondition, ref, Token } from "cdktf";
import { type Flag, whenSet } from "./expressions";

/** Lets a stream read its access key from a secret, if there is one. */
export function readAccessKeyFromSecret(
  stream: KinesisFirehoseDeliveryStream,
  secretArn: string | undefined,
  roleArn: string,
): void {
  if (secretArn === undefined) {
    return;
  }
  // A dynamic block, because the ARN may be null when Terraform plans: AWS echoes a disabled
  // block in part, which would be a change in every plan.
  stream.addOverride("http_endpoint_configuration.dynamic.secrets_manager_configuration", {
    for_each: whenSet(secretArn, [secretArn], []),
    content: { enabled: true, secret_arn: "${secrets_manager_configuration.value}", role_arn: roleArn },
  });
}

/** The provider keeps the secret of a stream that no longer names one; the role may no longer read it. */
export function secretIsSetWhileInUse(secretArn: string | undefined): Postcondition[] {
  if (secretArn !== undefined && !Token.isUnresolved(secretArn)) {
    return [];
  }
  const enabled: unknown = Fn.try([
    ref("self.http_endpoint_configuration[0].secrets_manager_configuration[0].enabled"),
    false,
  ]);
  return [
    {
      condition: Token.asString(whenSet<Flag>(secretArn, true, Op.neq(Token.asString(enabled), true))),
      errorMessage:
        "This stream takes its access key from a secret that is no longer set, and would go on to without permission. " +
        "Set access_key_secret_arn, or replace the stream with -replace, which loses the records it has buffered.",
    },
  ];
}
