import { alarm, topic, topicKey, topicPolicy } from "../hcl/alarms";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const EVERYBODY = 'type = "AWS"\n      identifiers = ["*"]';

export const ALARMS_FOUND: readonly FoundRow[] = [
  { name: "an alarm has no actions", found: [ID.alarmActions], hcl: alarm("[]") },
  {
    name: "everybody can publish to the topic of an alarm",
    found: [ID.alarmTopicPolicy],
    hcl: alarm() + topic() + topicPolicy({ principal: EVERYBODY, condition: "" }),
  },
  {
    name: "CloudWatch can publish to the topic of an alarm on behalf of any account",
    found: [ID.alarmTopicPolicy],
    hcl: alarm() + topic() + topicPolicy({ condition: "" }),
  },
  {
    name: "an argument of the topic lets everybody subscribe",
    found: [ID.alarmTopicPolicy],
    also: [ID.alarmTopicPublish],
    hcl:
      alarm() +
      topic(
        '  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sns:Subscribe", Resource = "*", Principal = "*" }] })',
      ),
  },
  {
    name: "the topic of an alarm is encrypted with the key that AWS manages",
    found: [ID.alarmTopicPublish],
    hcl: alarm() + topic('  kms_master_key_id = "alias/aws/sns"'),
  },
  {
    name: "the policy of the topic's key does not name CloudWatch",
    found: [ID.alarmTopicPublish],
    hcl: alarm() + topic("  kms_master_key_id = aws_kms_key.alarms.arn") + topicKey("sns.amazonaws.com"),
  },
  {
    name: "the policy of the topic names another service",
    found: [ID.alarmTopicPublish],
    hcl:
      alarm() + topic() + topicPolicy({ principal: 'type = "Service"\n      identifiers = ["events.amazonaws.com"]' }),
  },
];
