import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic } from "@aws-sdk/client-sns";
import { isArn, parseArn } from "../../iam/arn";
import { type Answer, attempt } from "../aws/attempt";
import { call } from "../aws/call";
import { collected } from "../aws/pages";
import { UndeterminedError } from "../exit-codes";
import type { VerifyContext } from "./context";
import type { Key } from "./key";
import { readKey } from "./read-key";
import { POLICY_NAMES } from "./resource-policy";
import { resourceRulesOf, type NamedStatement } from "./rules";

/** A subscription of a topic, confirmed or not. */
export interface TopicSubscription {
  readonly protocol: string;
  /** Personal data, or a URL that may hold a secret: shown by `endpointText` alone. */
  readonly endpoint: string;
  readonly state: "confirmed" | "pending" | "deleted";
}

export interface TopicAttributes {
  readonly policy: Answer<readonly NamedStatement[]>;
  /** The key as the topic names it; undefined where it has none. */
  readonly keyName: string | undefined;
}

/** A topic that alarms publish to. */
export interface Topic {
  readonly arn: string;
  /** Undefined where there is no such topic. */
  readonly attributes: Answer<TopicAttributes | undefined>;
  readonly subscriptions: Answer<readonly TopicSubscription[] | undefined>;
  /** The key that encrypts it; undefined where it has none or it is not known. */
  readonly key: Key | undefined;
}

type TopicContext = Pick<VerifyContext, "sns" | "kms">;

/** Reads a topic, its subscriptions and its key. */
export async function readTopic(context: TopicContext, arn: string): Promise<Topic> {
  const [attributes, subscriptions] = await Promise.all([
    attempt(attributesOf(context, arn)),
    attempt(subscriptionsOf(context, arn)),
  ]);
  const keyName = attributes instanceof UndeterminedError ? undefined : attributes?.keyName;
  const { region = "", account: accountId = "" } = parseArn(arn) ?? {};
  return {
    arn,
    attributes,
    subscriptions,
    key: keyName === undefined ? undefined : await readKey(context, keyName, { region, accountId }),
  };
}

async function attributesOf({ sns }: TopicContext, TopicArn: string): Promise<TopicAttributes | undefined> {
  const answer = await call("sns:GetTopicAttributes", sns.send(new GetTopicAttributesCommand({ TopicArn })));
  if (answer === undefined) {
    return undefined;
  }
  const { Policy, KmsMasterKeyId = "" } = answer.Attributes ?? {};
  return {
    policy: policyOf(Policy),
    keyName: KmsMasterKeyId === "" ? undefined : KmsMasterKeyId,
  };
}

function policyOf(document: string | undefined): Answer<readonly NamedStatement[]> {
  if (document === undefined) {
    return new UndeterminedError("AWS returns no policy for the topic. Look at it in the SNS console.");
  }
  try {
    return resourceRulesOf(POLICY_NAMES.topic, document);
  } catch (error) {
    if (error instanceof UndeterminedError) {
      return error;
    }
    throw error;
  }
}

async function subscriptionsOf(
  { sns: client }: TopicContext,
  TopicArn: string,
): Promise<TopicSubscription[] | undefined> {
  const pages = paginateListSubscriptionsByTopic({ client }, { TopicArn });
  const subscriptions = await call(
    "sns:ListSubscriptionsByTopic",
    collected(pages, ({ Subscriptions }) => Subscriptions),
  );
  return subscriptions?.map(({ Protocol = "", Endpoint = "", SubscriptionArn = "" }) => ({
    protocol: Protocol,
    endpoint: Endpoint,
    state: stateOf(SubscriptionArn),
  }));
}

/** Only a confirmed subscription has an ARN. */
function stateOf(subscriptionArn: string): TopicSubscription["state"] {
  return isArn(subscriptionArn) ? "confirmed" : subscriptionArn === "Deleted" ? "deleted" : "pending";
}
