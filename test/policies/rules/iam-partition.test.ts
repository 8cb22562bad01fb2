import { iamPartition } from "../../../policies/rules/iam-partition";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  ELSEWHERE,
  grants,
  INLINE,
  inlineChange,
  KEY_ARN,
  planWith,
  ROLE,
  ROLE_ARN,
  roleChange,
  SECRET_ARN,
  STREAM,
  streamChange,
  type StreamSettings,
  TRUSTS_FIREHOSE,
  TRUSTS_LOGS,
} from "../../helpers/iam-plan";
import { ACCOUNT, unknownAt } from "../../helpers/plan";

const REMEDY = "Take the partition from the data source aws_partition.";
const line = (address: string, path: string, arn: string, partition = "aws-cn", expected = "aws"): string =>
  `finding ${address}: the ARN ${arn} in ${path} is in the partition ${partition}, but the region is in ${expected} | ${REMEDY}`;
const inChina = (arn: string): string => arn.replace("arn:aws:", "arn:aws-cn:");
const withPolicy = (...statements: readonly JsonObject[]): string[] =>
  check(iamPartition, planWith({ inline: inlineChange(document(...statements)) }));

describe("KFF-IAM-010", () => {
  const arn = inChina(BUCKET_ARN);

  test("finds a resource and a condition of another partition", () => {
    expect(withPolicy(allow("s3:PutObject", [BUCKET_ARN, arn]))).toEqual([line(INLINE, "policy", arn)]);
    const Condition = { ArnLike: { "aws:PrincipalArn": [inChina(ROLE_ARN), "x"] } };
    expect(withPolicy(allow("s3:PutObject", "*", { Condition }))).toEqual([line(INLINE, "policy", inChina(ROLE_ARN))]);
  });

  test("finds it in a Deny, too", () => {
    expect(withPolicy({ Effect: "Deny", Action: "*", Resource: arn })).toEqual([line(INLINE, "policy", arn)]);
  });

  test("leaves wildcards to KFF-IAM-007", () => {
    expect(withPolicy(allow("s3:PutObject", ["arn:*:s3:::x", "arn:aws?:s3:::x", "*"]))).toEqual([]);
  });

  test("finds it in the trust policy", () => {
    const Condition = { StringLike: { "aws:SourceArn": `arn:aws-cn:logs:*:${ACCOUNT}:*` } };
    const Principal = { AWS: inChina(ROLE_ARN) };
    const role = roleChange({
      assume_role_policy: document(TRUSTS_FIREHOSE, { ...TRUSTS_LOGS, Condition }, { ...TRUSTS_LOGS, Principal }),
    });
    expect(check(iamPartition, planWith({ role }))).toEqual([
      line(ROLE, "assume_role_policy", `arn:aws-cn:logs:*:${ACCOUNT}:*`),
      line(ROLE, "assume_role_policy", inChina(ROLE_ARN)),
    ]);
  });

  test("finds it in the ARN of an attached policy", () => {
    const policy_arn = "arn:aws-cn:iam::aws:policy/ReadOnlyAccess";
    const attachment = change("aws_iam_role_policy_attachment.a", { role: "firehose", policy_arn });
    expect(check(iamPartition, planWith({}, [attachment]))).toEqual([
      line("aws_iam_role_policy_attachment.a", "policy_arn", policy_arn),
    ]);
    const right = change("aws_iam_role_policy_attachment.a", {
      role: "firehose",
      policy_arn: policy_arn.replace("-cn", ""),
    });
    expect(check(iamPartition, planWith({}, [right]))).toEqual([]);
  });

  test.each<[string, string, StreamSettings]>([
    [
      "http_endpoint_configuration.0.s3_configuration.0.bucket_arn",
      BUCKET_ARN,
      { backup: { bucket_arn: inChina(BUCKET_ARN) } },
    ],
    [
      "http_endpoint_configuration.0.s3_configuration.0.kms_key_arn",
      KEY_ARN,
      { backup: { kms_key_arn: inChina(KEY_ARN) } },
    ],
    ["server_side_encryption.0.key_arn", KEY_ARN, { encryption: { key_arn: inChina(KEY_ARN) } }],
    [
      "http_endpoint_configuration.0.secrets_manager_configuration.0.secret_arn",
      SECRET_ARN,
      { http: { secrets_manager_configuration: [{ secret_arn: inChina(SECRET_ARN) }] } },
    ],
  ])("finds it in the stream's %s", (path, own, settings) => {
    expect(check(iamPartition, planWith({ stream: streamChange(settings) }))).toEqual([
      line(STREAM, path, inChina(own)),
    ]);
  });

  test.each<[string, StreamSettings]>([
    ["role_arn", { http: { role_arn: inChina(ROLE_ARN) } }],
    ["s3_configuration.0.role_arn", { backup: { role_arn: inChina(ROLE_ARN) } }],
    [
      "secrets_manager_configuration.0.role_arn",
      { http: { secrets_manager_configuration: [{ secret_arn: SECRET_ARN, role_arn: inChina(ROLE_ARN) }] } },
    ],
  ])("finds it in the stream's %s", (path, settings) => {
    const outcomes = check(iamPartition, planWith({ stream: streamChange(settings) }));
    expect(outcomes[0]).toBe(line(STREAM, `http_endpoint_configuration.0.${path}`, inChina(ROLE_ARN)));
  });

  test("finds arn:aws: that is hard-coded in China", () => {
    const role = roleChange({ arn: inChina(ROLE_ARN) }, {});
    const stream = streamChange({
      http: { role_arn: inChina(ROLE_ARN) },
      backup: { role_arn: inChina(ROLE_ARN), bucket_arn: inChina(BUCKET_ARN) },
      values: { region: "cn-north-1" },
    });
    const inline = inlineChange(grants().replaceAll("arn:aws:", "arn:aws-cn:").replace("arn:aws-cn:s3", "arn:aws:s3"));
    const trust = roleChange({ ...role.values, assume_role_policy: document(TRUSTS_FIREHOSE) });
    expect(check(iamPartition, planWith({ role: trust, stream, inline }))).toEqual([
      line(INLINE, "policy", BUCKET_ARN, "aws", "aws-cn"),
    ]);
  });

  test("takes the partition from the role's or the bucket's ARN where the region is not known", () => {
    const bucket = change("aws_s3_bucket.backup", { bucket: "backup" });
    const stream = streamChange({ values: { region: undefined } });
    const inline = inlineChange(document(allow("s3:PutObject", arn)));
    expect(check(iamPartition, planWith({ bucket, stream, inline }))).toEqual([line(INLINE, "policy", arn)]);
  });

  test("does not quote a sensitive policy", () => {
    const inline = inlineChange(document(allow("s3:PutObject", arn)), { sensitive: ["policy"] });
    expect(check(iamPartition, planWith({ inline }))).toEqual([
      line(INLINE, "policy", "(sensitive value)", "(sensitive value)"),
    ]);
  });
});

describe("KFF-IAM-010 on what is not known", () => {
  const unknown = (address: string, path: string): string =>
    `unknown ${address}: whether an ARN in ${path} is in another partition is not known before the apply | ${AFTER}`;

  test("says that a policy is not known", () => {
    expect(check(iamPartition, planWith({ inline: inlineChange(undefined, { unknown: ["policy"] }) }))).toEqual([
      unknown(INLINE, "policy"),
    ]);
    expect(check(iamPartition, planWith({ role: roleChange({}, { unknown: ["assume_role_policy"] }) }))).toEqual([
      unknown(ROLE, "assume_role_policy"),
    ]);
  });

  test("leaves a text that is no policy document to KFF-IAM-011", () => {
    expect(check(iamPartition, planWith({ inline: inlineChange("{}") }))).toEqual([]);
  });

  test("says that a part of a policy is not known", () => {
    const data = change(
      "data.aws_iam_policy_document.d",
      { statement: [{ actions: ["s3:PutObject"], resources: [null] }] },
      { unknown: ["json", "statement.0.resources.0"] },
    );
    const references = { policy: ["data.aws_iam_policy_document.d.json"] };
    const inline = inlineChange(undefined, { unknown: ["policy"], references });
    expect(check(iamPartition, planWith({ inline }, [data]))).toEqual([unknown(INLINE, "policy")]);
  });

  test("leaves what managed_policy_arns may name besides to KFF-IAM-009", () => {
    const policy = change("aws_iam_policy.p", { policy: document() }, { unknown: ["arn", "id"] });
    const role = roleChange({}, unknownAt("managed_policy_arns", "aws_iam_policy.p.arn"));
    expect(check(iamPartition, planWith({ role }, [policy]))).toEqual([]);
  });

  test("says that the role is managed elsewhere", () => {
    expect(check(iamPartition, planWith({ role: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${ROLE_ARN}: the partition of its ARNs is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
