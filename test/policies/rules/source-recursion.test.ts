import { sourceRecursion } from "../../../policies/rules/source-recursion";
import type { JsonObject } from "../../../iam/json";
import { AFTER, change, LOG_GROUP, REGION, STREAM_ARN } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BACKUP, GROUP, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";
import {
  ACCOUNT_POLICY,
  accountDocument,
  accountPolicyChange,
  checkLogs,
  criteria,
  FILTER,
  filterChange,
} from "../../helpers/source-plan";

const ERROR_LOG = `the error log group of ${STREAM}`;
const ADD = "Add its name to LogGroupName NOT IN.";
const LOOP = `finding ${FILTER}: it subscribes ${ERROR_LOG}, which it feeds | Remove the filter.`;
const NOT_LEFT_OUT = `finding ${ACCOUNT_POLICY}: selection_criteria does not exclude ${ERROR_LOG} | ${ADD}`;

const ofFilter = (...filter: Parameters<typeof filterChange>): string[] =>
  checkLogs(sourceRecursion, [filterChange(...filter)]);
const ofPolicy = (...policy: Parameters<typeof accountPolicyChange>): string[] =>
  checkLogs(sourceRecursion, [accountPolicyChange(...policy)]);
/** The error log group with a name that is not known. */
const groupChange = change(GROUP, { region: REGION, retention_in_days: 30 }, { unknown: ["name"] });
const groupReference = [`${GROUP}.name`];
const options = (enabled: boolean, name: string): JsonObject => ({
  cloudwatch_logging_options: [{ enabled, log_group_name: name, log_stream_name: "x" }],
});

describe("KFF-SRC-004, of a subscription filter", () => {
  test("accepts another log group", () => {
    expect(ofFilter()).toEqual([]);
  });

  test("finds the error log group", () => {
    expect(ofFilter({ log_group_name: LOG_GROUP })).toEqual([LOOP]);
  });

  test("finds the log group of one delivery path alone", () => {
    const filter = filterChange({ log_group_name: "/s3" });
    expect(checkLogs(sourceRecursion, [filter], { stream: goodStream({ backup: options(true, "/s3") }) })).toEqual([
      LOOP,
    ]);
    expect(checkLogs(sourceRecursion, [filter], { stream: goodStream({ backup: options(false, "/s3") }) })).toEqual([]);
  });

  test("finds it by reference, where its name is not known", () => {
    const references = { [`${HTTP}.cloudwatch_logging_options.0.log_group_name`]: groupReference };
    const unknown = Object.keys(references);
    const stream = goodStream({ backup: options(false, "") }, { unknown, references });
    const filter = filterChange({}, { unknown: ["log_group_name"], references: { log_group_name: groupReference } });
    expect(checkLogs(sourceRecursion, [filter], { stream, logGroup: groupChange })).toEqual([LOOP]);
  });

  test("says that the log group is not known", () => {
    const references = { log_group_name: ["var.x"] };
    expect(ofFilter({}, { unknown: ["log_group_name"], references })).toEqual([
      `unknown ${FILTER}: whether it subscribes ${ERROR_LOG} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the error log group is not known", () => {
    const path = `${BACKUP}.cloudwatch_logging_options.0.log_group_name`;
    const stream = goodStream({}, unknownAt(path));
    expect(checkLogs(sourceRecursion, [filterChange()], { stream })).toEqual([
      `unknown ${FILTER}: whether it subscribes ${ERROR_LOG} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("ignores a filter to somewhere else", () => {
    const destination = STREAM_ARN.replace("kloudfuse", "other");
    expect(ofFilter({ log_group_name: LOG_GROUP, destination_arn: destination })).toEqual([]);
  });

  test("is undetermined where it is not known whether it feeds Kloudfuse", () => {
    const references = { destination_arn: ["var.x"] };
    expect(ofFilter({ log_group_name: LOG_GROUP }, { unknown: ["destination_arn"], references })).toEqual([
      `unknown ${FILTER}: it subscribes ${ERROR_LOG}, which it feeds, which matters only if ${FILTER} feeds a stream to Kloudfuse | Remove the filter.`,
    ]);
  });
});

describe("KFF-SRC-004, of an account policy", () => {
  test("accepts criteria that leave the error log group out", () => {
    expect(ofPolicy()).toEqual([]);
    expect(ofPolicy({ selection_criteria: `  LogGroupName  NOT IN  ["/a", "${LOG_GROUP}"] ` })).toEqual([]);
  });

  test.each([undefined, "", criteria(), criteria("/ecs/api"), criteria(`${LOG_GROUP}/x`)])("finds %j", (value) => {
    expect(ofPolicy({ selection_criteria: value })).toEqual([NOT_LEFT_OUT]);
  });

  test.each(['LogGroupNamePrefix NOT IN ["/aws/"]', "LogGroupName NOT IN [", 'LogGroupName NOT IN "/a"'])(
    "is undetermined by criteria of another form: %s",
    (value) => {
      expect(ofPolicy({ selection_criteria: value })).toEqual([
        `unknown ${ACCOUNT_POLICY}: whether selection_criteria excludes ${ERROR_LOG} is not known before the apply | ${AFTER}`,
      ]);
    },
  );

  test("accepts a reference to the error log group, where its name is not known", () => {
    const path = `${HTTP}.cloudwatch_logging_options.0.log_group_name`;
    const stream = goodStream(
      { backup: options(false, "") },
      { unknown: [path], references: { [path]: groupReference } },
    );
    const of = (selection: readonly string[]): string[] =>
      checkLogs(
        sourceRecursion,
        [accountPolicyChange({}, { unknown: ["selection_criteria"], references: { selection_criteria: selection } })],
        { stream, logGroup: groupChange },
      );
    expect(of(groupReference)).toEqual([]);
    expect(of([...groupReference, "local.more"])).toEqual([]);
    expect(of(["var.x"])).toEqual([
      `unknown ${ACCOUNT_POLICY}: whether selection_criteria excludes ${ERROR_LOG} is not known before the apply | ${AFTER}`,
    ]);
    expect(checkLogs(sourceRecursion, [accountPolicyChange()], { stream, logGroup: groupChange })).toHaveLength(1);
  });

  test("follows the references of a document that is not known", () => {
    const more = unknownAt("policy_document", `${STREAM}.arn`);
    expect(ofPolicy({ selection_criteria: "" }, more)).toEqual([NOT_LEFT_OUT]);
  });

  test("takes the only stream that a document refers to, whatever a local in it hides", () => {
    const more = unknownAt("policy_document", `${STREAM}.arn`, "local.role_arn");
    expect(ofPolicy({ selection_criteria: "" }, more)).toEqual([NOT_LEFT_OUT]);
    const two = [`${STREAM}.arn`, "aws_kinesis_firehose_delivery_stream.other.arn"];
    const other = { ...goodStream(), address: "aws_kinesis_firehose_delivery_stream.other" };
    const policy = accountPolicyChange(
      { selection_criteria: "" },
      { unknown: ["policy_document"], references: { policy_document: two } },
    );
    expect(checkLogs(sourceRecursion, [other, policy])).toEqual([
      expect.stringMatching(/^unknown .*, which matters only if /),
      expect.stringMatching(/^unknown .*, which matters only if /),
    ]);
  });

  test("is undetermined where it is not known whether it feeds Kloudfuse", () => {
    const more = unknownAt("policy_document");
    expect(ofPolicy({ selection_criteria: "" }, more)).toEqual([
      `unknown ${ACCOUNT_POLICY}: selection_criteria does not exclude ${ERROR_LOG}, which matters only if ${ACCOUNT_POLICY} feeds a stream to Kloudfuse | ${ADD}`,
    ]);
  });

  test.each([
    { policy_type: "DATA_PROTECTION_POLICY" },
    { policy_document: accountDocument({ DestinationArn: STREAM_ARN.replace("kloudfuse", "other") }) },
    { policy_document: accountDocument({ DestinationArn: undefined }) },
    { policy_document: accountDocument({ DestinationArn: "" }) },
    { policy_document: "{" },
    { policy_document: "1" },
  ])("ignores another policy: %j", (values) => {
    expect(ofPolicy({ selection_criteria: "", ...values })).toEqual([]);
  });

  test("evaluates a policy whose type is not known", () => {
    expect(ofPolicy({ selection_criteria: "" }, { unknown: ["policy_type"] })).toEqual([NOT_LEFT_OUT]);
  });
});
