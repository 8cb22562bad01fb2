import { errorLogPart } from "../../../cli/adopt/error-log";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  backupOf,
  ERROR_LOG,
  errorLogWith,
  guideStream,
  inventoryWith,
  linesOf,
  namesIn,
} from "../../helpers/adoption";

const SUBJECT = `log group ${ERROR_LOG}`;

describe("the error log", () => {
  test("is created with its log streams", () => {
    const part = errorLogPart(inventoryWith());
    expect(part.imports).toEqual([]);
    expect(namesIn(part)).toEqual([
      `create ${SUBJECT}: aws_cloudwatch_log_group.errors`,
      `create ${SUBJECT}: aws_cloudwatch_log_stream.metrics_http_endpoint_delivery[0]`,
      `create ${SUBJECT}: aws_cloudwatch_log_stream.metrics_s3_backup[0]`,
      `create ${SUBJECT}: aws_cloudwatch_log_stream.logs_http_endpoint_delivery[0]`,
      `create ${SUBJECT}: aws_cloudwatch_log_stream.logs_s3_backup[0]`,
    ]);
  });

  test("is imported with the log streams that it has, and keeps its retention", () => {
    const errorLog = errorLogWith({ retentionDays: 90, logStreams: ["kloudfuse-logs/s3-backup", "other"] });
    const part = errorLogPart(inventoryWith({ streams: [guideStream("logs")], errorLog }));
    expect(part.imports).toEqual([
      { to: "aws_cloudwatch_log_group.errors", id: ERROR_LOG },
      { to: "aws_cloudwatch_log_stream.logs_s3_backup[0]", id: `${ERROR_LOG}:kloudfuse-logs/s3-backup` },
    ]);
    expect(part.inputs).toEqual({ errorLogRetentionDays: 90 });
  });

  test("that keeps errors for ever gets a retention, which deletes errors", () => {
    const errorLog = errorLogWith({ retentionDays: undefined });
    expect(linesOf(errorLogPart(inventoryWith({ errorLog })))).toContain(
      `change ${SUBJECT}: retention: unlimited now; after the apply 30 days, which deletes older delivery errors`,
    );
  });

  test("with a key of KMS is a decision: the module would remove the key", () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/one";
    const { items = [] } = errorLogPart(inventoryWith({ errorLog: errorLogWith({ kmsKeyArn: key }) }));
    expect(items.filter(({ action }) => action === "decide")).toEqual([
      {
        action: "decide",
        subject: SUBJECT,
        name: "encryption",
        found: `${key} would be replaced by the key of CloudWatch Logs: new delivery errors get weaker encryption, and the module has no input for the key`,
        remedy: `Remove the key first if that is right, and run the command again: aws logs disassociate-kms-key --log-group-name ${ERROR_LOG}. Otherwise deploy streams with other names beside these: the name of the error log group contains the names of both streams.`,
      },
    ]);
  });

  test("of before stays behind, once", () => {
    const log = { group: "/aws/kinesisfirehose/old", stream: "DestinationDelivery" };
    const destination = { errorLog: log, backup: backupOf("logs", { errorLog: { ...log, group: ERROR_LOG } }) };
    const { items = [] } = errorLogPart(inventoryWith({ streams: [guideStream("logs", { destination })] }));
    const left = items.filter(({ action }) => action === "leave");
    expect(left.map(({ subject, remedy }) => [subject, remedy])).toEqual([
      [
        "log group /aws/kinesisfirehose/old",
        "Delete it when they are no longer needed: aws logs delete-log-group --log-group-name /aws/kinesisfirehose/old",
      ],
    ]);
  });

  test("is undetermined where AWS does not say", () => {
    const errorLog = new UndeterminedError("AWS denied it. Grant it.");
    expect(linesOf(errorLogPart(inventoryWith({ errorLog })))).toEqual([
      `unknown ${SUBJECT}: log group: AWS denied it.`,
    ]);
  });
});
