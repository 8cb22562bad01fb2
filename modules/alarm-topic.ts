import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformIterator, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { CLOUDWATCH, PUBLISH } from "../iam/alarm-publisher";
import { attributeOf, withProvider } from "./expressions";
import type { InputNames } from "./inputs";
import type { Location } from "./location";
import { policyDocument } from "./policy-document";

/** Options of the topic that the alarms of a `KloudfuseFirehose` publish to. */
export interface AlarmTopicOptions {
  /**
   * E-mail addresses to subscribe, at most 254 characters each. Each recipient must confirm the subscription.
   * @default []: nobody is subscribed
   */
  readonly emails?: string[] | undefined;
  /**
   * ARN, at most 512 characters, of the KMS key (not of an alias) to encrypt the topic with. Its policy must allow
   * `cloudwatch.amazonaws.com` to use `kms:Decrypt` and `kms:GenerateDataKey*`; the policy of `alias/aws/sns` does not.
   * @default none: the topic is not encrypted with KMS
   */
  readonly kmsKeyArn?: string | undefined;
}

/** The input of each option. */
export const ALARM_TOPIC_OPTIONS = {
  emails: "alarmEmails",
  kmsKeyArn: "alarmTopicKmsKeyArn",
} as const satisfies InputNames<AlarmTopicOptions>;

/** Properties of `AlarmTopic`. */
export interface AlarmTopicProps extends AlarmTopicOptions {
  readonly topicName: string;
  /** Code of the region of the alarms. */
  readonly region: string;
  readonly location: Location;
  /** `count` of the topic; undefined: the topic has no `count`. */
  readonly count: number | undefined;
  readonly tags: Record<string, string>;
  readonly provider: TerraformProvider | undefined;
}

/**
 * An SNS topic that CloudWatch may publish to on behalf of the alarms of this account and region. Apart from CloudWatch,
 * only principals with an IAM policy of the account may publish.
 */
export class AlarmTopic extends Construct {
  /** ARN of the topic, once CloudWatch may publish to it. */
  public readonly topicArn: string;

  public constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    const { topicName, emails, kmsKeyArn, region, location, tags, provider } = props;
    super(scope, id);
    const count = props.count === undefined ? {} : { count: props.count };
    const topic = new SnsTopic(this, "Resource", {
      ...count,
      name: topicName,
      ...(kmsKeyArn === undefined ? {} : { kmsMasterKeyId: kmsKeyArn }),
      tags,
      ...withProvider(provider),
    });
    const topicArn = attributeOf(topic, "arn");
    const policy = new SnsTopicPolicy(this, "policy", {
      ...count,
      arn: topicArn,
      policy: policyDocument(this, "policy_document", {
        statements: [
          {
            sid: "CloudWatchAlarms",
            actions: [PUBLISH],
            resources: [topicArn],
            principals: [{ type: "Service", identifiers: [CLOUDWATCH] }],
            condition: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: [location.accountId] },
              {
                test: "ArnLike",
                variable: "aws:SourceArn",
                values: [`arn:${location.partition}:cloudwatch:${region}:${location.accountId}:alarm:*`],
              },
            ],
          },
        ],
        count: props.count,
        provider,
      }).json,
      ...withProvider(provider),
    });
    if (emails !== undefined) {
      const addresses = TerraformIterator.fromList(emails);
      new SnsTopicSubscription(this, "email", {
        forEach: addresses,
        topicArn,
        protocol: "email",
        endpoint: Token.asString(addresses.value),
        ...withProvider(provider),
      });
    }
    this.topicArn = attributeOf(policy, "arn");
  }
}
