import { UndeterminedError } from "../../../cli/exit-codes";
import type { Need } from "../../../cli/verify/needs";
import { type Role, roleOutcomes } from "../../../cli/verify/role";
import { type NamedStatement, rulesOf } from "../../../cli/verify/rules";

const HOME = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const ARN = "arn:aws:iam::123456789012:role/delivery";
const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const PUT: Need = { purpose: "putRecords", resource: STREAM, example: STREAM };

const policy = (...statements: readonly object[]): NamedStatement[] =>
  rulesOf("Policy", JSON.stringify({ Version: "2012-10-17", Statement: statements }));

const trust = (): NamedStatement[] =>
  policy({
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": HOME.accountId } },
  });
const mayPut = (): NamedStatement[] => policy({ Effect: "Allow", Action: "firehose:PutRecord*", Resource: STREAM });
const denied = (action: string): UndeterminedError =>
  new UndeterminedError(`AWS denied ${action}. Grant it to the user or role that runs this command.`);

const lines = (fields: Partial<Role> = {}): string[] =>
  roleOutcomes(
    { arn: ARN, trust: trust(), rules: mayPut(), boundary: undefined, ...fields },
    [PUT],
    HOME,
    ["firehose"],
    new Map(),
  ).map(({ verdict, name, found }) => `${verdict} ${name}: ${found}`);

const TRUSTED = [
  `ok role: ${ARN}`,
  "ok trust of firehose: firehose.amazonaws.com, for this account only",
  "ok trust of logs: not trusted, and not needed: no logs stream that was checked uses the role",
  "ok trust of others: none",
];
const ALLOWED = `ok may put records: allowed on ${STREAM}`;

describe("a role", () => {
  test("is trusted and allowed as documented", () => {
    expect(lines()).toEqual([...TRUSTED, ALLOWED]);
  });

  test("that does not exist is one problem", () => {
    expect(lines({ trust: undefined })).toEqual([`problem role: ${ARN} does not exist`]);
  });

  test("whose trust cannot be read is checked for its permissions", () => {
    expect(lines({ trust: denied("iam:GetRole") })).toEqual(["unknown trust: AWS denied iam:GetRole.", ALLOWED]);
  });

  test("whose permissions cannot be read is checked for its trust", () => {
    expect(lines({ rules: denied("iam:ListRolePolicies") })).toEqual([
      ...TRUSTED,
      "unknown permissions: AWS denied iam:ListRolePolicies.",
    ]);
  });

  test("whose permissions boundary cannot be read is said to be undetermined there", () => {
    expect(lines({ boundary: denied("iam:GetPolicy") })).toEqual([
      ...TRUSTED,
      "unknown permissions boundary: AWS denied iam:GetPolicy.",
      ALLOWED,
    ]);
  });

  test("is blocked by a permissions boundary that allows nothing of it", () => {
    expect(lines({ boundary: [] }).at(-1)).toBe(
      `problem may put records: blocked by the permissions boundary: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    );
  });
});
