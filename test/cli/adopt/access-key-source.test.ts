import { checkSecretRegion, parseAccessKeySource } from "../../../cli/adopt/access-key-source";
import { UnusableInput } from "../../../cli/exit-codes";
import { SECRET_ARN } from "../../helpers/account";

describe("the source of the access key", () => {
  test("is the user, nobody, or a secret", () => {
    expect(parseAccessKeySource("provided")).toEqual({ kind: "provided" });
    expect(parseAccessKeySource("none")).toEqual({ kind: "none" });
    expect(parseAccessKeySource(`secret:${SECRET_ARN}`)).toEqual({ kind: "secret", arn: SECRET_ARN });
  });

  test("is not shown where it may be the key", () => {
    expect(() => parseAccessKeySource("s3cr3t")).toThrow(
      new UnusableInput(
        "--access-key must be provided, none or secret:<ARN>, got another value, which is not shown: it may be the key. The key itself is passed to Terraform only, with TF_VAR_access_key.",
      ),
    );
  });

  test("is the whole ARN of a secret", () => {
    expect(() => parseAccessKeySource("secret:kloudfuse")).toThrow(
      "--access-key secret:<ARN> must be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf, got a value that is not shown. Use the secret's full ARN, as Secrets Manager shows it.",
    );
  });

  test("is a secret in the streams' region", () => {
    const source = { kind: "secret", arn: SECRET_ARN } as const;
    expect(() => {
      checkSecretRegion(source, "us-east-1");
    }).toThrow(
      new UnusableInput(
        "--access-key secret:<ARN> must be in the streams' region, us-east-1, got a secret in eu-west-1. Create a secret there, or replicate this one.",
      ),
    );
    for (const each of [source, { kind: "none" } as const, { kind: "provided" } as const, undefined]) {
      expect(() => {
        checkSecretRegion(each, "eu-west-1");
      }).not.toThrow();
    }
  });
});
