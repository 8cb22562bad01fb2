import { RECORD_RETENTION_HOURS } from "./alarm-table";
import { ARN_START } from "./limits";
import { each } from "./collection-rules";
import { setItems } from "./collections";
import { lengthAtMost, matching, type Rule, wholeNumber } from "./rules";

/** The limits of the alarms and of their topic. */
export const ALARM_LIMITS = {
  /** SNS API, CreateTopic.Name; CloudWatch API, PutMetricAlarm.AlarmActions: standard topics. */
  topicArn: [
    matching(
      `${ARN_START}:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}$`,
      "be the ARN of an SNS topic that is not a FIFO topic",
    ),
  ],
  /** RFC 5321 4.5.3.1: at most 254 characters in all. */
  emails: [
    each(setItems("address"), matching("^[^\\s@]+@[^\\s@]+[.][^\\s@]+$", "be an e-mail address")),
    each(setItems("address"), lengthAtMost(254)),
  ],
  /** Firehose loses older records. */
  stalledSeconds: [wholeNumber(1, RECORD_RETENTION_HOURS * 3600)],
  quotaPercent: [wholeNumber(0, 100)],
} as const satisfies Record<string, readonly Rule[]>;
