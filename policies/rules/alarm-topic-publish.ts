import { mayPublish, mayUseKey, type Publisher } from "../../iam/alarm-requests";
import { asString } from "../../iam/json";
import { REMEDIES } from "../../iam/remedies";
import type { PlannedAlarm } from "../alarms/alarms";
import { perTopicPolicy } from "../alarms/topic-policies";
import { type PlannedTopic, arnOfTopic, locationOfTopic, perTopic } from "../alarms/topics";
import { holdersOfKeyPolicy, POLICY, resourcePolicy } from "../buckets/resource-policies";
import type { Kloudfuse } from "../kloudfuse";
import { distinct, finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const KEY = "aws_kms_key";
const KEY_ID = "kms_master_key_id";

export const alarmTopicPublish: Policy = {
  id: "KFF-ALM-003",
  severity: "error",
  title: "CloudWatch can publish to the alarm topic",
  why: "An alarm whose topic does not allow CloudWatch to publish, or is encrypted with a key that CloudWatch cannot use, deploys cleanly and notifies nobody.",
  source:
    "Amazon SNS, Enable compatibility between event sources from AWS services and encrypted topics; CloudWatch User Guide, Notifying users on alarm changes",
  check: (kloudfuse) =>
    distinct(
      perTopic(kloudfuse, "whether CloudWatch can publish to it", (topic) => [
        ...keyOutcomes(kloudfuse, topic),
        ...policyOutcomes(kloudfuse, topic),
      ]),
    ),
};

/** An alarm as a publisher to a topic, for the evaluation of the topic's policy. */
const publisherOf = (kloudfuse: Kloudfuse, topic: PlannedResource, { resource }: PlannedAlarm): Publisher => {
  const { plan } = kloudfuse;
  const location = locationOfTopic(kloudfuse, topic);
  const name = resource.get("alarm_name");
  return {
    location: {
      ...location,
      accountId: resource.accountId ?? (plan.isSameAccount(resource, topic) ? location.accountId : UNKNOWN),
    },
    alarmName: asString(name),
  };
};

function policyOutcomes(kloudfuse: Kloudfuse, { resource: topic, alarms }: PlannedTopic): readonly PolicyOutcome[] {
  const publishers = alarms.map((alarm) => publisherOf(kloudfuse, topic, alarm));
  return perTopicPolicy(kloudfuse, topic, ({ owner, statements }) => {
    const may = publishers.map((publisher) => mayPublish(statements, arnOfTopic(kloudfuse, topic), publisher));
    if (may.includes(false)) {
      return [
        finding(
          owner,
          "it does not grant cloudwatch.amazonaws.com sns:Publish for the alarms of the account",
          REMEDIES.allowForAccount,
        ),
      ];
    }
    return may.includes(UNKNOWN)
      ? [
          undeterminedOutcome(
            owner,
            "whether it grants cloudwatch.amazonaws.com sns:Publish depends on its conditions, or on what is not known before the apply",
            "Allow it with conditions only on aws:SourceAccount and aws:SourceArn.",
          ),
        ]
      : [];
  });
}

function keyOutcomes(kloudfuse: Kloudfuse, alarmTopic: PlannedTopic): PolicyOutcome[] {
  const { resource: topic } = alarmTopic;
  const { kind, value, resource: key } = keyOf(kloudfuse, topic);
  if (kind === "absent") {
    return [];
  }
  if (typeof value === "string" && /(?:^|:)alias\/aws\/sns$/.test(value)) {
    return [
      finding(
        topic,
        `${KEY_ID} is ${redactedText(topic, KEY_ID, value)}, whose policy AWS manages: CloudWatch cannot use it`,
        "Use a customer-managed key that cloudwatch.amazonaws.com may use, or none.",
      ),
    ];
  }
  if (key !== undefined) {
    return ofPlannedKey(kloudfuse, alarmTopic, key);
  }
  return typeof value === "string"
    ? [
        undeterminedOutcome(
          topic,
          `the plan does not have the key ${redactedText(topic, KEY_ID, value)}: whether CloudWatch can use it is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [unknownOutcome(topic, KEY_ID)];
}

/** The key of a topic, also if the topic names an alias of the plan. */
function keyOf({ plan }: Kloudfuse, topic: PlannedResource): ReturnType<typeof plan.linked> {
  const key = plan.linked(topic, KEY_ID, KEY);
  const alias = key.resource === undefined ? plan.linked(topic, KEY_ID, "aws_kms_alias").resource : undefined;
  return alias === undefined ? key : plan.linked(alias, "target_key_id", KEY);
}

function ofPlannedKey(
  kloudfuse: Kloudfuse,
  { resource: topic, alarms }: PlannedTopic,
  key: PlannedResource,
): PolicyOutcome[] {
  const { plan, related } = kloudfuse;
  const holders = holdersOfKeyPolicy(kloudfuse, key);
  if (holders.length === 0) {
    return related("aws_kms_key_policy", "key_id", key).possible.length > 0
      ? [unknownOutcome(key, POLICY)]
      : [
          finding(
            key,
            `it has AWS's default policy, by which CloudWatch cannot use it for ${topic.address}`,
            REMEDIES.keyOfTopic,
          ),
        ];
  }
  return holders.flatMap((owner) => {
    const { statements, invalid } = resourcePolicy(plan, owner);
    if (invalid !== undefined) {
      return [finding(owner, `the key's policy is invalid: ${invalid}`, "Correct it: AWS KMS rejects it.")];
    }
    const may = alarms.map((alarm) => mayUseKey(statements, publisherOf(kloudfuse, topic, alarm)));
    if (may.includes(false)) {
      return [finding(owner, `its policy does not let CloudWatch use it for ${topic.address}`, REMEDIES.keyOfTopic)];
    }
    return may.includes(UNKNOWN)
      ? [
          undeterminedOutcome(
            owner,
            `whether its policy lets CloudWatch use it for ${topic.address} depends on its conditions, or on what is not known before the apply`,
            REMEDIES.keyOfTopic,
          ),
        ]
      : [];
  });
}
