import { alarmChecks } from "../../../cli/verify/alarm-checks";
import { UndeterminedError } from "../../../cli/exit-codes";
import type { RegionAlarms } from "../../../cli/verify/read-alarms";
import { LOCATION } from "../../helpers/account";
import { alarmOf, compositeOf, metricOf, TOPIC_ARN } from "../../helpers/alarms";
import { firehoseError, kmsStub, queryError, snsStub } from "../../helpers/aws-stub";

const SUBJECTS = { streams: ["kloudfuse-logs"], metricStreams: [] };
const FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f";

/** The checks, and the topics that SNS was asked about; it finds none. */
async function checked(alarms: Partial<RegionAlarms> | UndeterminedError) {
  const asked = new Array<string>();
  const sns = snsStub(({ body }) => {
    asked.push(new URLSearchParams(body.toString()).get("TopicArn") ?? "");
    return queryError(404, "NotFound");
  });
  const all = alarms instanceof UndeterminedError ? alarms : { metricAlarms: [], compositeAlarms: [], ...alarms };
  const context = { sns, kms: () => kmsStub(() => firehoseError(400, "AccessDeniedException")) };
  const checks = await alarmChecks(context, all, SUBJECTS, LOCATION);
  const subjects = [...new Set(checks.map(({ subject }) => subject))];
  return { checks, subjects, asked: [...new Set(asked)] };
}

describe("the checks of alarms", () => {
  test("are undetermined where AWS does not describe them, and ask about no topic", async () => {
    const { checks, asked } = await checked(new UndeterminedError("AWS denied cloudwatch:DescribeAlarms. Grant it."));
    expect(checks).toEqual([
      {
        subject: "alarms",
        name: "alarms",
        verdict: "unknown",
        found: "AWS denied cloudwatch:DescribeAlarms.",
        remedy: "Grant it.",
      },
    ]);
    expect(asked).toEqual([]);
  });

  test("have each topic once, whichever actions name it", async () => {
    const other = TOPIC_ARN.replace("alarms", "recoveries");
    const metricAlarms = [alarmOf({ name: "a" }), alarmOf({ name: "b", allActions: [TOPIC_ARN, other] })];
    const { subjects, asked } = await checked({ metricAlarms });
    expect(subjects).toEqual(["alarms", "topic alarms", "topic recoveries"]);
    expect(asked.sort()).toEqual([TOPIC_ARN, other]);
  });

  test("have the topics of composite alarms", async () => {
    const metricAlarms = [alarmOf({ alarmActions: [], allActions: [] })];
    const { subjects } = await checked({ metricAlarms, compositeAlarms: [compositeOf()] });
    expect(subjects).toEqual(["alarms", "topic alarms"]);
  });

  test("ask about no other action, and about no topic of other alarms", async () => {
    const { asked } = await checked({
      metricAlarms: [
        alarmOf({ allActions: [FUNCTION] }),
        alarmOf({ metrics: [metricOf({ dimensions: new Map([["DeliveryStreamName", "other"]]) })] }),
      ],
    });
    expect(asked).toEqual([]);
  });

  test("end where the command is interrupted", async () => {
    const stop = Object.assign(new Error("stop"), { name: "AbortError" });
    const sns = snsStub(() => Promise.reject(stop));
    const context = { sns, kms: () => kmsStub(() => firehoseError(400, "x")) };
    const all = { metricAlarms: [alarmOf()], compositeAlarms: [] };
    await expect(alarmChecks(context, all, SUBJECTS, LOCATION)).rejects.toThrow("Interrupted before the end.");
  });
});
