import type { Need } from "../../../cli/verify/needs";
import { type Role, roleOutcomes } from "../../../cli/verify/role";
import { type NamedStatement, rulesOf } from "../../../cli/verify/rules";
import { LOCATION } from "../../helpers/account";
import { deniedAction, outcomeLine } from "../../helpers/outcomes";
import { document } from "../../helpers/statements";

const ARN = "arn:aws:iam::123456789012:role/delivery";
const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const PUT: Need = { purpose: "putRecords", resource: STREAM, example: STREAM };

const policy = (...statements: readonly object[]): NamedStatement[] => rulesOf("Policy", document(...statements));

const trust = (): NamedStatement[] =>
  policy({
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": LOCATION.accountId } },
  });
const mayPut = (): NamedStatement[] => policy({ Effect: "Allow", Action: "firehose:PutRecord*", Resource: STREAM });

const lines = (fields: Partial<Role> = {}): string[] =>
  roleOutcomes(
    { arn: ARN, trust: trust(), rules: mayPut(), boundary: undefined, ...fields },
    [PUT],
    LOCATION,
    ["firehose"],
    new Map(),
  ).map(outcomeLine);

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
    expect(lines({ trust: deniedAction("iam:GetRole") })).toEqual(["unknown trust: AWS denied iam:GetRole.", ALLOWED]);
  });

  test("whose permissions cannot be read is checked for its trust", () => {
    expect(lines({ rules: deniedAction("iam:ListRolePolicies") })).toEqual([
      ...TRUSTED,
      "unknown permissions: AWS denied iam:ListRolePolicies.",
    ]);
  });

  test("whose permissions boundary cannot be read is said to be undetermined there", () => {
    expect(lines({ boundary: deniedAction("iam:GetPolicy") })).toEqual([
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
