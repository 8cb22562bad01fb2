import type { JsonObject } from "../../../iam/json";
import { iamTrustedServices } from "../../../policies/rules/iam-trusted-services";
import {
  AFTER,
  change,
  check,
  document,
  ELSEWHERE,
  planWith,
  REGION,
  ROLE,
  roleChange,
  STREAM,
  STREAM_ARN,
  streamChange,
  streamValues,
  TRUSTS_FIREHOSE,
  TRUSTS_LOGS,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";
import { accountDocument, accountPolicyChange } from "../../helpers/source-plan";

const ONLY_TWO = "Trust only firehose.amazonaws.com and CloudWatch Logs.";
const TRUST_FIREHOSE = "Trust firehose.amazonaws.com, with the condition StringEquals sts:ExternalId of this account.";
const TRUST_LOGS = "Trust logs.amazonaws.com, with the condition StringLike aws:SourceArn of this account.";

const trust = (...statements: readonly JsonObject[]): readonly PlannedChange[] =>
  planWith({ role: roleChange({ assume_role_policy: document(...statements) }) });
const found = (...statements: readonly JsonObject[]): string[] => check(iamTrustedServices, trust(...statements));
const alsoTrusts = (Principal: unknown, more: JsonObject = {}): string[] =>
  found(TRUSTS_FIREHOSE, TRUSTS_LOGS, { Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more });

describe("KFF-IAM-001 on others", () => {
  test.each<[string, unknown, JsonObject, string]>([
    ["everybody", "*", {}, "everybody (*)"],
    ["every AWS principal", { AWS: "*" }, {}, "everybody (AWS:*)"],
    ["an account", { AWS: "arn:aws:iam::210987654321:root" }, {}, "AWS:arn:aws:iam::210987654321:root"],
    ["the own account", { AWS: ACCOUNT }, {}, `AWS:${ACCOUNT}`],
    ["another service", { Service: "lambda.amazonaws.com" }, {}, "Service:lambda.amazonaws.com"],
    [
      "an identity provider",
      { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/x` },
      { Action: "sts:AssumeRoleWithWebIdentity" },
      `Federated:arn:aws:iam::${ACCOUNT}:oidc-provider/x`,
    ],
  ])("finds %s", (_, principal, more, who) => {
    expect(alsoTrusts(principal, more)).toEqual([`finding ${ROLE}: ${who} can assume the role | ${ONLY_TWO}`]);
  });

  test("finds NotPrincipal", () => {
    const { Principal: _, ...others } = { ...TRUSTS_LOGS, Condition: undefined, Principal: undefined };
    expect(found(TRUSTS_FIREHOSE, TRUSTS_LOGS, { ...others, NotPrincipal: { AWS: "210987654321" } })).toEqual([
      `finding ${ROLE}: everybody (NotPrincipal) can assume the role | ${ONLY_TWO}`,
    ]);
  });

  test("says that a principal which a condition may keep out is undetermined", () => {
    const Condition = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
    expect(alsoTrusts({ Service: "lambda*" }, { Condition })).toEqual([
      `unknown ${ROLE}: whether Service:lambda* can assume the role is not known before the apply | ${ONLY_TWO}`,
    ]);
  });

  test("does not quote a sensitive trust policy", () => {
    const statements = document(TRUSTS_FIREHOSE, TRUSTS_LOGS, {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: "210987654321" },
    });
    const role = roleChange({ assume_role_policy: statements }, { sensitive: ["assume_role_policy"] });
    expect(check(iamTrustedServices, planWith({ role }))).toEqual([
      `finding ${ROLE}: (sensitive value) can assume the role | ${ONLY_TWO}`,
    ]);
  });

  test("leaves a service on behalf of other accounts to KFF-IAM-002", () => {
    expect(found({ ...TRUSTS_FIREHOSE, Condition: undefined }, TRUSTS_LOGS)).toEqual([]);
  });
});

describe("KFF-IAM-001 on the two services", () => {
  test("finds that Firehose cannot assume the role", () => {
    expect(found(TRUSTS_LOGS)).toEqual([
      `finding ${ROLE}: firehose.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_FIREHOSE}`,
    ]);
  });

  test("finds that CloudWatch Logs cannot", () => {
    expect(found(TRUSTS_FIREHOSE)).toEqual([
      `finding ${ROLE}: logs.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_LOGS}`,
    ]);
  });

  test("finds that sts:TagSession alone is not enough", () => {
    expect(found({ ...TRUSTS_FIREHOSE, Action: "sts:TagSession" }, TRUSTS_LOGS)).toEqual([
      `finding ${ROLE}: firehose.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_FIREHOSE}`,
    ]);
  });

  test("finds a Deny", () => {
    const deny = { Effect: "Deny", Action: "sts:*", Principal: { Service: "firehose.amazonaws.com" } };
    expect(found(TRUSTS_FIREHOSE, TRUSTS_LOGS, deny)).toEqual([
      `finding ${ROLE}: firehose.amazonaws.com cannot assume the role on behalf of this account | Exclude firehose.amazonaws.com from the Deny.`,
    ]);
  });

  test("asks the trust for the stream's own ARN", () => {
    const of = (name: string): JsonObject => ({
      ...TRUSTS_FIREHOSE,
      Condition: { ArnEquals: { "aws:SourceArn": STREAM_ARN.replace("kloudfuse-logs", name) } },
    });
    expect(found(of("kloudfuse-logs"), TRUSTS_LOGS)).toEqual([]);
    expect(found(of("other"), TRUSTS_LOGS)).toEqual([
      `finding ${ROLE}: firehose.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_FIREHOSE}`,
    ]);
  });

  test("says that a condition which the plan does not decide is undetermined", () => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1", "sts:ExternalId": ACCOUNT } };
    expect(found({ ...TRUSTS_FIREHOSE, Condition }, TRUSTS_LOGS)).toEqual([
      `unknown ${ROLE}: whether firehose.amazonaws.com can assume the role on behalf of this account depends on StringEquals aws:PrincipalOrgID | ${AFTER}`,
    ]);
  });

  test("does not quote the condition of a sensitive trust policy", () => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1", "sts:ExternalId": ACCOUNT } };
    const role = roleChange(
      { assume_role_policy: document({ ...TRUSTS_FIREHOSE, Condition }, TRUSTS_LOGS) },
      { sensitive: ["assume_role_policy"] },
    );
    expect(check(iamTrustedServices, planWith({ role }))).toEqual([
      `unknown ${ROLE}: whether firehose.amazonaws.com can assume the role on behalf of this account depends on (sensitive value) | ${AFTER}`,
    ]);
  });

  test("takes the names of the region's partition", () => {
    const china = roleChange({
      arn: undefined,
      assume_role_policy: document(TRUSTS_FIREHOSE, {
        ...TRUSTS_LOGS,
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      }),
    });
    const stream = streamChange({ values: { region: "cn-north-1" } });
    expect(check(iamTrustedServices, planWith({ role: china, stream }))).toEqual([]);
    const without = roleChange({ arn: undefined, assume_role_policy: document(TRUSTS_FIREHOSE) });
    expect(check(iamTrustedServices, planWith({ role: without, stream }))).toEqual([
      `finding ${ROLE}: logs.amazonaws.com.cn cannot assume the role on behalf of this account | Trust logs.amazonaws.com.cn, with the condition StringLike aws:SourceArn of this account.`,
    ]);
  });
});

describe("KFF-IAM-001 on who needs the role", () => {
  test("asks no trust in CloudWatch Logs of the role of a stream of metrics", () => {
    const role = roleChange({ assume_role_policy: document(TRUSTS_FIREHOSE) });
    expect(check(iamTrustedServices, planWith({ role, stream: streamChange({ signal: "metrics" }) }))).toEqual([]);
  });

  test("says that the trust in CloudWatch Logs matters only to logs, where the signal is undecided", () => {
    const role = roleChange({ assume_role_policy: document(TRUSTS_FIREHOSE) });
    const stream = change("aws_kinesis_firehose_delivery_stream.s", {
      ...streamValues({
        name: "kloudfuse-telemetry",
        http: { url: "https://kfuse.example.com/" },
        backup: { prefix: "x/" },
      }),
    });
    expect(check(iamTrustedServices, planWith({ role, stream }))).toEqual([
      `unknown ${ROLE}: logs.amazonaws.com cannot assume the role on behalf of this account, which matters only if aws_kinesis_firehose_delivery_stream.s carries logs | ${TRUST_LOGS}`,
    ]);
  });

  test("asks it of the role of the subscription filter, where the plan has one", () => {
    const role = roleChange({ assume_role_policy: document(TRUSTS_FIREHOSE) });
    const writer = change("aws_iam_role.writer", {
      name: "writer",
      arn: `arn:aws:iam::${ACCOUNT}:role/writer`,
      assume_role_policy: document(TRUSTS_FIREHOSE),
    });
    const filter = change("aws_cloudwatch_log_subscription_filter.f", {
      destination_arn: STREAM_ARN,
      role_arn: `arn:aws:iam::${ACCOUNT}:role/writer`,
    });
    expect(check(iamTrustedServices, planWith({ role }, [writer, filter]))).toEqual([
      `finding aws_iam_role.writer: logs.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_LOGS}`,
    ]);
  });

  test("asks it of the role of the account policy, by its document or the references of that", () => {
    const role = roleChange({ assume_role_policy: document(TRUSTS_FIREHOSE) });
    const arn = `arn:aws:iam::${ACCOUNT}:role/writer`;
    const writer = change("aws_iam_role.writer", {
      name: "writer",
      arn,
      assume_role_policy: document(TRUSTS_FIREHOSE),
    });
    const found = [
      `finding aws_iam_role.writer: logs.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_LOGS}`,
    ];
    const policy = accountPolicyChange({ policy_document: accountDocument({ RoleArn: arn }) });
    expect(check(iamTrustedServices, planWith({ role }, [writer, policy]))).toEqual(found);
    const unknown = accountPolicyChange({}, unknownAt("policy_document", `${STREAM}.arn`, "aws_iam_role.writer.arn"));
    expect(check(iamTrustedServices, planWith({ role }, [writer, unknown]))).toEqual(found);
  });

  test("asks nothing of the role of a metric stream, which another service assumes", () => {
    const writer = change("aws_iam_role.writer", {
      name: "writer",
      arn: `arn:aws:iam::${ACCOUNT}:role/writer`,
      assume_role_policy: document(),
    });
    const metricStream = change("aws_cloudwatch_metric_stream.m", {
      firehose_arn: STREAM_ARN.replace("logs", "metrics"),
      role_arn: `arn:aws:iam::${ACCOUNT}:role/writer`,
    });
    const stream = streamChange({ signal: "metrics" });
    expect(check(iamTrustedServices, planWith({ stream }, [writer, metricStream]))).toEqual([]);
  });

  test("asks trust in Firehose of the S3 backup's own role", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/backup`;
    const backup = change("aws_iam_role.backup", { name: "backup", arn, assume_role_policy: document(TRUSTS_LOGS) });
    const stream = streamChange({ backup: { role_arn: arn } });
    expect(check(iamTrustedServices, planWith({ stream }, [backup]))).toEqual([
      `finding aws_iam_role.backup: firehose.amazonaws.com cannot assume the role on behalf of this account | ${TRUST_FIREHOSE}`,
    ]);
  });

  test("says each thing once, however many streams there are", () => {
    const role = roleChange({ assume_role_policy: document(TRUSTS_LOGS) });
    const second = change("aws_kinesis_firehose_delivery_stream.second", streamValues({ signal: "metrics" }));
    expect(check(iamTrustedServices, planWith({ role }, [second]))).toHaveLength(1);
  });
});

describe("KFF-IAM-001 on what is not known", () => {
  test("says that a trust policy is not known", () => {
    const role = roleChange({}, { unknown: ["assume_role_policy"] });
    expect(check(iamTrustedServices, planWith({ role }))).toEqual([
      `unknown ${ROLE}: assume_role_policy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that a part of a trust policy is not known", () => {
    const statement = (name: string, test: string, variable: string, value: string): JsonObject => ({
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: [`${name}.amazonaws.com`] }],
      condition: [{ test, variable, values: [value] }],
    });
    const data = change(
      "data.aws_iam_policy_document.trust",
      {
        statement: [
          statement("firehose", "StringEquals", "sts:ExternalId", ACCOUNT),
          statement("logs", "StringEquals", "aws:SourceAccount", ACCOUNT),
        ],
        source_policy_documents: [null],
      },
      { unknown: ["json", "source_policy_documents"] },
    );
    const role = roleChange({}, unknownAt("assume_role_policy", "data.aws_iam_policy_document.trust.json"));
    expect(check(iamTrustedServices, planWith({ role }, [data]))).toEqual([
      `unknown ${ROLE}: a part of assume_role_policy is not known before the apply | ${AFTER}`,
      `unknown ${ROLE}: whether firehose.amazonaws.com can assume the role on behalf of this account is not known before the apply | ${AFTER}`,
      `unknown ${ROLE}: whether logs.amazonaws.com can assume the role on behalf of this account is not known before the apply | ${AFTER}`,
    ]);
  });

  test("finds a text that is no policy document", () => {
    const role = roleChange({ assume_role_policy: "{" });
    expect(check(iamTrustedServices, planWith({ role }))).toEqual([
      `finding ${ROLE}: assume_role_policy is not a policy document: The policy document must be JSON. Correct its syntax. | Correct the document.`,
    ]);
  });

  test("finds that nobody can assume a role whose trust policy is empty", () => {
    expect(found().map((line) => line.split(" on behalf")[0])).toEqual([
      `finding ${ROLE}: firehose.amazonaws.com cannot assume the role`,
      `finding ${ROLE}: logs.amazonaws.com cannot assume the role`,
    ]);
  });

  test("says that a role is managed elsewhere", () => {
    expect(check(iamTrustedServices, planWith({ role: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role arn:aws:iam::${ACCOUNT}:role/firehose: who can assume it is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("does not quote a sensitive ARN", () => {
    const path = "http_endpoint_configuration.0.role_arn";
    const stream = streamChange({ backup: { role_arn: undefined } }, { sensitive: [path] });
    expect(check(iamTrustedServices, planWith({ role: undefined, stream }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role (sensitive value): who can assume it is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("says that the role is not known", () => {
    const path = "http_endpoint_configuration.0.role_arn";
    const stream = streamChange({}, unknownAt(path, "aws_iam_role.x.arn", "aws_iam_role.y.arn"));
    const roles = ["x", "y"].map((name) => change(`aws_iam_role.${name}`, {}, { unknown: ["arn", "name"] }));
    expect(check(iamTrustedServices, planWith({ stream }, roles))).toEqual([
      `unknown ${STREAM}: ${path} is not known before the apply: who can assume it is undetermined | ${AFTER}`,
    ]);
  });

  test("takes the backup's role where the HTTP delivery has none", () => {
    const stream = streamChange({ http: { role_arn: undefined } });
    const role = roleChange({ assume_role_policy: document() });
    expect(check(iamTrustedServices, planWith({ role, stream }))).toHaveLength(2);
    expect(REGION).toBe("eu-west-1");
  });
});
