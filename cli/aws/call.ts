import { UndeterminedError, UnusableInput } from "../exit-codes";
import { shortened } from "../text";

const NOT_FOUND_ERRORS = [
  "NoSuchBucket",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchKey",
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchBucketPolicy",
  "NoSuchTagSet",
  "NotFound",
  "NotFoundException",
  "OwnershipControlsNotFoundError",
  "ResourceNotFoundException",
  "ServerSideEncryptionConfigurationNotFoundError",
];
const ACCESS_DENIED_ERRORS = [
  ...["AccessDenied", "AccessDeniedException", "AllAccessDisabled", "Forbidden", "NotAuthorized", "403"],
  // Amazon SNS
  ...["AuthorizationError", "AuthorizationErrorException"],
];
const NO_CREDENTIALS_ERRORS = ["CredentialsProviderError", "TokenProviderError"];
const INVALID_CREDENTIALS_ERRORS = [
  "AuthFailure",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "InvalidToken",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];

const MAX_MESSAGE_LENGTH = 300;

/** All further calls would fail too: the credentials do not work, or the command was interrupted. */
export class UnrecoverableError extends UndeterminedError {}

/** Ctrl-C or SIGTERM ended the command. */
export class InterruptedError extends UnrecoverableError {
  public constructor() {
    super("Interrupted before the end.");
  }
}

/** Whether an error leaves something undetermined, and lets the command go on. */
export const isUndetermined = (error: unknown): error is UndeterminedError =>
  error instanceof UndeterminedError && !(error instanceof InterruptedError);

/**
 * Throws the first answer if all answers are errors because the credentials do not work.
 *
 * @throws UnrecoverableError
 */
export function throwIfUnrecoverable(answers: readonly unknown[]): void {
  const [first] = answers;
  const isUnrecoverable = (answer: unknown): boolean => answer instanceof UnrecoverableError && isUndetermined(answer);
  if (first instanceof UnrecoverableError && answers.every(isUnrecoverable)) {
    throw first;
  }
}

/** AWS denied a call; its message names the permission that is missing. */
export class AccessDeniedError extends UndeterminedError {}

/**
 * The answer of an AWS call, undefined where AWS says that there is no such thing.
 *
 * @param action the permission that the call needs, such as `firehose:DescribeDeliveryStream`
 * @throws UndeterminedError when AWS gives no answer: what to do is in the message
 */
export async function call<T>(action: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && NOT_FOUND_ERRORS.includes(error.name)) {
      return undefined;
    }
    throw toUserError(action, error);
  }
}

/** Converts an error of a call into one that tells the user what to do. */
export function toUserError(action: string, error: unknown): Error {
  if (!(error instanceof Error) || error instanceof UndeterminedError || error instanceof UnusableInput) {
    return error instanceof Error ? error : new UndeterminedError(`${action} failed: ${String(error)}`);
  }
  const { name, message } = error;
  if (name === "AbortError") {
    return new InterruptedError();
  }
  if (ACCESS_DENIED_ERRORS.includes(name)) {
    return new AccessDeniedError(`AWS denied ${action}. Grant it to the user or role that runs this command.`);
  }
  if (NO_CREDENTIALS_ERRORS.includes(name)) {
    return new UnrecoverableError(
      `No usable AWS credentials were found (${message}). Provide them with --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  }
  if (INVALID_CREDENTIALS_ERRORS.includes(name)) {
    return new UnrecoverableError(
      `AWS refused the credentials at ${action} (${name}). Renew them, for example with aws sso login, and run the command again.`,
    );
  }
  if (message === "Region is missing") {
    return new UndeterminedError("The AWS region is missing. Set it with --region, AWS_REGION or in the profile.");
  }
  if (name === "SyntaxError") {
    return new UndeterminedError(
      `${action} failed: the answer is not in AWS's format. Check what is between here and AWS, such as a proxy or a firewall, and AWS_ENDPOINT_URL.`,
    );
  }
  const unreachable = unreachableText(error);
  if (unreachable !== undefined) {
    return new UndeterminedError(`${action} failed: ${unreachable}`);
  }
  return new UndeterminedError(
    `${action} failed: ${name}: ${shortened(message || reasonWithoutMessage(error), MAX_MESSAGE_LENGTH)}`,
  );
}

/** Why there is no endpoint to ask, and what to do; undefined for another error. */
function unreachableText(error: Error): string | undefined {
  switch ("code" in error ? error.code : undefined) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name ${"hostname" in error ? String(error.hostname) : "of the endpoint"} does not resolve. Check the region, AWS_ENDPOINT_URL, and the DNS of this machine.`;
    case "ERR_INVALID_URL":
      return "the endpoint is not a URL. Correct AWS_ENDPOINT_URL, or endpoint_url in the profile.";
    default:
      return undefined;
  }
}

/** The system's code of an error that has no message, such as when every address refuses the connection. */
const reasonWithoutMessage = (error: Error): string => ("code" in error ? String(error.code) : "no reason given");
