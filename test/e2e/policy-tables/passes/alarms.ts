import { alarm, topic, topicKey, topicPolicy } from "../hcl/alarms";
import { ACCOUNT } from "../hcl/trust";
import { ID } from "../ids";
import type { PassRow } from "../row";

export const ALARMS_PASSES: readonly PassRow[] = [
  { name: "an alarm with a topic of its own", hcl: alarm() + topic() + topicPolicy() },
  {
    name: "two alarms that share a topic with the default policy",
    hcl: alarm() + alarm(undefined, "second") + topic(),
  },
  {
    name: "a topic that CloudWatch can use through a customer-managed key",
    hcl: alarm() + topic("  kms_master_key_id = aws_kms_key.alarms.arn") + topicKey("cloudwatch.amazonaws.com"),
  },
  {
    name: "a topic that principals of the account may publish to",
    hcl:
      alarm() +
      topic() +
      topicPolicy({
        principal: `type = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::\${${ACCOUNT}}:root"]`,
      }),
  },
  {
    name: "a topic of another root",
    unknown: [ID.alarmTopicPolicy, ID.alarmTopicPublish],
    hcl: alarm(`["arn:aws:sns:us-east-1:\${${ACCOUNT}}:on-call"]`),
  },
  {
    name: "a topic that everybody can publish to, of another stream's alarm",
    hcl:
      alarm().replace("aws_kinesis_firehose_delivery_stream.logs.name", '"other"') +
      topic() +
      topicPolicy({ principal: 'type = "AWS"\n      identifiers = ["*"]', condition: "" }),
  },
];
