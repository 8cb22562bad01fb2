import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Fn, Op, type Postcondition, ref, Token } from "cdktf";
import { type Flag, whenSet } from "./expressions";

/** Configures a stream to read its access key from a secret, if the ARN of one is set. */
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

/**
 * Rejects a stream that still reads a secret after its ARN was removed: the AWS provider keeps the secret of such a
 * stream, which the role is no longer allowed to read.
 */
export function secretPostconditions(secretArn: string | undefined): Postcondition[] {
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
        "access_key_secret_arn must stay set while the stream reads its access key from a secret, got null: the role would lose the permission to read it. " +
        "Set it, or replace the stream with -replace, which loses the records it has buffered.",
    },
  ];
}
