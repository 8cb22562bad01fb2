import { REMEDIES } from "../../iam/remedies";
import { openGrants } from "../../iam/topic-grants";
import { perTopicPolicy } from "../alarms/topic-policies";
import { arnOfTopic, locationOfTopic, perTopic } from "../alarms/topics";
import { grantOutcome, POLICY } from "../buckets/resource-policies";
import { distinct, unknownOutcome } from "../outcomes";
import { redactedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const alarmTopicPolicy: Policy = {
  id: "KFF-ALM-002",
  severity: "error",
  title: "The alarm topic is not open to everybody",
  why: "Anyone who can publish to it can raise false alarms until nobody reads them, and anyone who can subscribe learns when telemetry fails.",
  source: "Amazon SNS, Preventative best practices; Checkov CKV_AWS_169; Security Hub SNS.4",
  check: (kloudfuse) =>
    distinct(
      perTopic(kloudfuse, "who its policy grants access", ({ resource: topic }) =>
        perTopicPolicy(kloudfuse, topic, ({ owner, statements }) => {
          const grants = openGrants(statements, arnOfTopic(kloudfuse, topic), locationOfTopic(kloudfuse, topic));
          const certain = grants.filter(({ isCertain }) => isCertain);
          return certain.length === 0 && statements.includes(UNKNOWN)
            ? [unknownOutcome(owner, POLICY)]
            : grants.map(({ service, action, isCertain }) => {
                const who = service === undefined ? "everybody" : `the service ${redactedText(owner, POLICY, service)}`;
                const whose = service === undefined ? "" : " on behalf of any account";
                return grantOutcome(
                  { owner },
                  `${who} ${redactedText(owner, POLICY, action)}${whose}`,
                  isCertain,
                  service === undefined ? REMEDIES.principalsOfAccount : REMEDIES.conditionOnAccount,
                );
              });
        }),
      ),
    ),
};
