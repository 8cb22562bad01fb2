import { FLEET_HOST, inputProblems, problemsOf } from "../helpers/fleet";

const of = (inputs: object, others: object = {}): string[] => inputProblems({ ...FLEET_HOST, ...inputs }, others);

describe("an ARN in a fleet", () => {
  test("of the account and region is accepted", () => {
    expect(
      of({
        access_key_secret_arn: "arn:aws:secretsmanager:{region}:{account}:secret:kloudfuse-AbCdEf",
        kms_key_arn: "arn:aws:kms:{region}:444455556666:key/a",
        permissions_boundary_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    ).toEqual([]);
  });

  test.each(["TOPSECRET", "TOP:SECRET:a:b:c"])("is not shown where it is none, and likely the secret: %s", (key) => {
    expect(of({ access_key_secret_arn: key })).toEqual([
      "accounts[0].inputs.access_key_secret_arn must be the ARN of a Secrets Manager secret with its six-character suffix, " +
        "such as -AbCdEf, got a value that is not shown. Use the secret's full ARN, as Secrets Manager shows it.",
    ]);
  });

  test("of another region is rejected", () => {
    expect(of({ kms_key_arn: "arn:aws:kms:us-east-1:111122223333:key/a" })).toEqual([
      'accounts[0].inputs.kms_key_arn must be in the streams\' region, eu-west-1, got "arn:aws:kms:us-east-1:111122223333:key/a". ' +
        "Use a key of the streams' region, such as a replica of a multi-Region key.",
    ]);
  });

  test("of another account is rejected, for each account that it is for", () => {
    const role_arn = "arn:aws:iam::111122223333:role/telemetry";
    const defaults = { regions: ["eu-west-1"], inputs: { ...FLEET_HOST, create_role: false, role_arn } };
    const accounts = ["111122223333", "444455556666", "777788889999"].map((id) => ({ id }));
    expect(problemsOf({ defaults, accounts })).toEqual(
      ["444455556666", "777788889999"].map(
        (id) =>
          `defaults.inputs.role_arn must be in the account that the streams are deployed to, ${id}, got "${role_arn}". ` +
          "A role cannot be passed to Firehose across accounts: use a role of this account.",
      ),
    );
  });

  test("of another partition is rejected", () => {
    expect(
      of({ backup_bucket_arn: "arn:aws:s3:::bucket", create_backup_bucket: false }, { regions: ["cn-north-1"] }),
    ).toEqual([
      'accounts[0].inputs.backup_bucket_arn must be in the partition that the streams are deployed to, aws-cn, got "arn:aws:s3:::bucket". ' +
        "ARNs begin with arn:aws:, arn:aws-cn: in China, arn:aws-us-gov: in GovCloud.",
    ]);
  });

  test("of a role to assume in another partition is rejected", () => {
    const assume_role = "arn:aws:iam::{account}:role/Deployer";
    expect(of({}, { regions: ["us-gov-west-1"], assume_role })).toEqual([
      'accounts[0].assume_role must be in the partition of us-gov-west-1, aws-us-gov, got "arn:aws:iam::111122223333:role/Deployer". ' +
        "ARNs begin with arn:aws:, arn:aws-cn: in China, arn:aws-us-gov: in GovCloud.",
    ]);
  });
});
