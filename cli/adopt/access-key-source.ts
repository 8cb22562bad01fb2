import { parseArn } from "../../iam/arn";
import { LIMITS } from "../../modules/limits";
import { UnusableInput } from "../exit-codes";

/** Where the access key of the streams comes from. */
export type AccessKeySource =
  { readonly kind: "provided" } | { readonly kind: "none" } | { readonly kind: "secret"; readonly arn: string };

const SECRET = "secret:";

/**
 * Parses the value of `--access-key`. It is never the key itself: every process on the machine can see an option.
 *
 * @throws UnusableInput when it is none of the three; the message does not show the value, because it may be the key
 */
export function parseAccessKeySource(text: string): AccessKeySource {
  if (text === "provided" || text === "none") {
    return { kind: text };
  }
  if (!text.startsWith(SECRET)) {
    throw new UnusableInput(
      "--access-key must be provided, none or secret:<ARN>, got another value, which is not shown: it may be the key. The key itself is passed to Terraform only, with TF_VAR_access_key.",
    );
  }
  const arn = text.slice(SECRET.length);
  const violated = LIMITS.secretArn.find((rule) => !rule.allows(arn));
  if (violated !== undefined) {
    throw new UnusableInput(
      `--access-key secret:<ARN> must ${violated.text}, got ${violated.received(arn)}. Use the secret's full ARN, as Secrets Manager shows it.`,
    );
  }
  return { kind: "secret", arn };
}

/** @throws UnusableInput when the access key is in a secret of another region, which Firehose cannot read */
export function checkSecretRegion(source: AccessKeySource | undefined, region: string): void {
  const secretRegion = source?.kind === "secret" ? parseArn(source.arn)?.region : undefined;
  if (secretRegion !== undefined && secretRegion !== region) {
    throw new UnusableInput(
      `--access-key secret:<ARN> must be in the streams' region, ${region}, got a secret in ${secretRegion}. Create a secret there, or replicate this one.`,
    );
  }
}
