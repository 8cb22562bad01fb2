import {
  AccessDeniedError,
  call,
  InterruptedError,
  isUndetermined,
  throwIfUnrecoverable,
  toUserError,
  UnrecoverableError,
} from "../../../cli/aws/call";
import { ReportedError, UndeterminedError, UnusableInput } from "../../../cli/exit-codes";

const ACTION = "s3:GetObject on backup/key";
const named = (name: string, message = "from AWS"): Error => Object.assign(new Error(message), { name });
const textOf = (error: unknown): string => toUserError(ACTION, error).message;

describe("an answer of AWS", () => {
  test("is what it answered", async () => {
    expect(await call(ACTION, Promise.resolve("answer"))).toBe("answer");
  });

  test.each([
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
  ])("is that there is no such thing: %s", async (name) => {
    await expect(call(ACTION, Promise.reject(named(name)))).resolves.toBeUndefined();
  });

  test.each(["NoSuchUpload", "NotFoundError", "ResourceInUseException"])("is an error: %s", async (name) => {
    await expect(call(ACTION, Promise.reject(named(name)))).rejects.toThrow(
      new UndeterminedError(`${ACTION} failed: ${name}: from AWS`),
    );
  });
});

describe("an error of AWS", () => {
  test.each(["AccessDenied", "AccessDeniedException", "AllAccessDisabled", "Forbidden", "NotAuthorized", "403"])(
    "%s names the permission that is missing",
    (name) => {
      expect(toUserError(ACTION, named(name))).toBeInstanceOf(AccessDeniedError);
      expect(textOf(named(name))).toBe(`AWS denied ${ACTION}. Grant it to the user or role that runs this command.`);
    },
  );

  test.each(["CredentialsProviderError", "TokenProviderError"])(
    "%s ends the command: there are no credentials",
    (name) => {
      expect(toUserError(ACTION, named(name))).toBeInstanceOf(UnrecoverableError);
      expect(textOf(named(name, "Could not load credentials"))).toBe(
        "No usable AWS credentials were found (Could not load credentials). Provide them with --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      );
    },
  );

  test.each([
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
  ])("%s ends the command: the credentials are refused", (name) => {
    expect(toUserError(ACTION, named(name))).toBeInstanceOf(UnrecoverableError);
    expect(textOf(named(name))).toBe(
      `AWS refused the credentials at ${ACTION} (${name}). Renew them, for example with aws sso login, and run the command again.`,
    );
  });

  test("that the region is missing says where to set it", () => {
    expect(textOf(new Error("Region is missing"))).toBe(
      "The AWS region is missing. Set it with --region, AWS_REGION or in the profile.",
    );
  });

  test("that the request was aborted is an interruption", () => {
    expect(toUserError(ACTION, named("AbortError"))).toEqual(new InterruptedError());
    expect(textOf(named("AbortError"))).toBe("Interrupted before the end.");
  });

  test("of another kind has its name and its message, on one line of at most 300 characters", () => {
    expect(textOf(named("InternalError", "two\nlines"))).toBe(`${ACTION} failed: InternalError: two lines`);
    expect(textOf(named("E", "x".repeat(300)))).toBe(`${ACTION} failed: E: ${"x".repeat(300)}`);
    expect(textOf(named("E", "x".repeat(301)))).toBe(`${ACTION} failed: E: ${"x".repeat(299)}…`);
  });

  test("without a message has the system's code, or says that there is none", () => {
    expect(textOf(Object.assign(new Error(""), { code: "ECONNREFUSED" }))).toBe(
      `${ACTION} failed: Error: ECONNREFUSED`,
    );
    expect(textOf(new Error(""))).toBe(`${ACTION} failed: Error: no reason given`);
  });

  test.each(["ENOTFOUND", "EAI_AGAIN"])("of a name that does not resolve says what to check: %s", (code) => {
    const error = Object.assign(new Error(`getaddrinfo ${code}`), { code, hostname: "firehose.nowhere.amazonaws.com" });
    expect(textOf(error)).toBe(
      `${ACTION} failed: the name firehose.nowhere.amazonaws.com does not resolve. Check the region, AWS_ENDPOINT_URL, and the DNS of this machine.`,
    );
  });

  test("of an endpoint that is not a URL says where it may come from", () => {
    const error = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" });
    expect(textOf(error)).toBe(
      `${ACTION} failed: the endpoint is not a URL. Correct AWS_ENDPOINT_URL, or endpoint_url in the profile.`,
    );
  });

  test("that is no error has its text", () => {
    expect(toUserError(ACTION, "text")).toEqual(new UndeterminedError(`${ACTION} failed: text`));
  });
});

test.each<[string, () => Error]>([
  ["UndeterminedError", () => new UndeterminedError("a")],
  ["UnusableInput", () => new UnusableInput("b")],
  ["InterruptedError", () => new InterruptedError()],
  ["AccessDeniedError", () => new AccessDeniedError("c")],
])("%s is for the user already", (_, make) => {
  const error = make();
  expect(toUserError(ACTION, error)).toBe(error);
});

describe("an error", () => {
  test.each<[string, () => Error]>([
    ["UndeterminedError", () => new UndeterminedError("a")],
    ["AccessDeniedError", () => new AccessDeniedError("a")],
    ["UnrecoverableError", () => new UnrecoverableError("a")],
    ["ReportedError", () => new ReportedError("a")],
  ])("%s leaves something undetermined", (_, make) => {
    expect(isUndetermined(make())).toBe(true);
  });

  test.each<[string, () => Error | undefined]>([
    ["InterruptedError", () => new InterruptedError()],
    ["UnusableInput", () => new UnusableInput("a")],
    ["Error", () => new Error("a")],
    ["undefined", () => undefined],
  ])("%s ends the command", (_, make) => {
    expect(isUndetermined(make())).toBe(false);
  });
});

test("an answer that is no answer of AWS, such as a proxy's page, is said to be none", () => {
  expect(toUserError(ACTION, new SyntaxError("Unexpected token '<' is not valid JSON"))).toEqual(
    new UndeterminedError(
      `${ACTION} failed: the answer is not in AWS's format. Check what is between here and AWS, such as a proxy or a firewall, and AWS_ENDPOINT_URL.`,
    ),
  );
});

describe("answers of which each is about the credentials", () => {
  let refused: UnrecoverableError;

  beforeEach(() => {
    refused = new UnrecoverableError("Renew them.");
  });

  test("end the command with the first", () => {
    expect(() => {
      throwIfUnrecoverable([refused, new UnrecoverableError("Also.")]);
    }).toThrow(refused);
  });

  test.each<[string, () => unknown[]]>([
    ["there is none", () => []],
    ["one is read", () => [refused, "read"]],
    ["the first is read", () => ["read", refused]],
    ["one is undetermined for another reason", () => [refused, new AccessDeniedError("Grant it.")]],
    ["the command was interrupted", () => [new InterruptedError(), refused]],
  ])("do not where %s", (_, answers) => {
    expect(() => {
      throwIfUnrecoverable(answers());
    }).not.toThrow();
  });
});
