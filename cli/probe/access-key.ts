import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LIMITS } from "../../modules/limits";
import { parseArn } from "../../iam/arn";
import { asObject, parsedJson } from "../../iam/json";
import { call, isUndetermined } from "../aws/call";
import { clientSettings } from "../aws/settings";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { UnusableInput } from "../exit-codes";
import type { AwsOptions } from "../options";
import { MASK } from "./secrecy";

const VARIABLE = "KLOUDFUSE_ACCESS_KEY";
const NAME = "access key";
const SET_VARIABLE = `Set ${VARIABLE} to the key that the stream sends, or to an empty value if it sends none, and run the command again.`;

/** The access key of a stream, as far as it could be determined. */
export interface AccessKey {
  readonly value: string | undefined;
  /** Whether the stream is known to send the same key, or none. */
  readonly isKnown: boolean;
  readonly outcome: Outcome;
}

/**
 * The key in the environment, undefined where the variable is not set.
 *
 * @throws UnusableInput when it cannot be a key
 */
export function accessKeyFromEnvironment(): AccessKey | undefined {
  const value = process.env[VARIABLE];
  if (value === undefined) {
    return undefined;
  }
  if (value === "") {
    const outcome = note(NAME, `${VARIABLE} is empty: the request carries no access key.`, "");
    return { value: undefined, isKnown: true, outcome };
  }
  const fault = violationOf(value);
  if (fault !== undefined) {
    throw new UnusableInput(`${VARIABLE} must ${fault}, got a value that is not shown. Set it to nothing but the key.`);
  }
  return { value, isKnown: true, outcome: ok(NAME, `from ${VARIABLE}`) };
}

/**
 * Reads the key in the stream's secret, if it has one.
 *
 * @throws UndeterminedError when the command is interrupted
 */
export async function readAccessKey(
  secretArn: string | undefined,
  options: AwsOptions,
  abortSignal: AbortSignal,
): Promise<AccessKey> {
  if (secretArn === undefined) {
    return missingKey(
      unknown(NAME, `${VARIABLE} is not set, and no secret is known: the request carries no key.`, SET_VARIABLE),
    );
  }
  const region = parseArn(secretArn)?.region ?? "";
  const client = new SecretsManagerClient(clientSettings({ ...options, region }, abortSignal));
  try {
    const command = new GetSecretValueCommand({ SecretId: secretArn });
    const secret = await call("secretsmanager:GetSecretValue", client.send(command));
    return secret === undefined
      ? missingKey(
          problem(
            NAME,
            `The stream's secret ${secretArn} does not exist.`,
            "Create it again, or configure another one for the stream.",
          ),
        )
      : keyIn(secret.SecretString ?? "", secretArn);
  } catch (error) {
    if (!isUndetermined(error)) {
      throw error;
    }
    return missingKey(unknown(NAME, `${error.message} The request carries no key.`, SET_VARIABLE));
  }
}

/** What a dry run shows in place of the key in the stream's secret, which it does not read. */
export const maskOfSecret = (secretArn: string | undefined): AccessKey => ({
  ...missingKey(unknown(NAME, "not read", "")),
  value: secretArn === undefined ? undefined : MASK,
});

/** A key that is withheld because the connection could be read by others. */
export const WITHHELD_KEY: AccessKey = {
  value: undefined,
  isKnown: false,
  outcome: note(
    NAME,
    "Not sent: the TLS connection is not verified, and others could read the key.",
    "Fix the certificate first.",
  ),
};

function missingKey(outcome: Outcome): AccessKey {
  return { value: undefined, isKnown: false, outcome };
}

function keyIn(secret: string, secretArn: string): AccessKey {
  const value = apiKey(secret);
  const fault = typeof value === "string" ? violationOf(value) : `be JSON such as {"api_key":"…"}`;
  return typeof value === "string" && fault === undefined
    ? { value, isKnown: true, outcome: ok(NAME, `from ${secretArn}`) }
    : missingKey(
        problem(
          NAME,
          `The secret ${secretArn} must ${fault ?? ""}, and is not shown.`,
          "Correct the secret's api_key.",
        ),
      );
}

const apiKey = (secret: string): unknown => asObject(parsedJson(secret))["api_key"];

/** The rule that a key violates, after "must"; undefined if it can be sent as a header. */
function violationOf(key: string): string | undefined {
  const violated = LIMITS.accessKey.find((rule) => !rule.allows(key));
  return violated?.text ?? (/^[!-~]*$/.test(key) ? undefined : "contain only ASCII characters");
}
