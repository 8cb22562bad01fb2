import { CLOUDWATCH, PUBLISH } from "./alarm-publisher";
import { UNKNOWN_KEY_ARN } from "./arn";
import type { ContextValue } from "./context";
import { type Decision, evaluate, type Statements } from "./evaluate";
import { and } from "./logic";
import { withOwnResource } from "./own-resource";
import type { AwsLocation, Request } from "./request";
import { SEGMENT, type Text, type TextPart } from "./text";
import { serviceRequest } from "./trust";
import { type Planned, UNKNOWN } from "./unknown";

/**
 * The actions that CloudWatch needs on the key of a topic.
 *
 * Source: Amazon SNS, "Enable compatibility between event sources from AWS services and encrypted topics".
 */
const KEY_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey"] as const;

/** An alarm that publishes to a topic. */
export interface Publisher {
  readonly location: AwsLocation;
  /** Undefined: not known. */
  readonly alarmName?: string | undefined;
}

/** Whether the policy of a topic lets CloudWatch publish for an alarm. */
export const mayPublish = (policy: Statements, topicArn: Text, alarm: Publisher): Planned<boolean> =>
  isAllowed(evaluateAlarmRequest(policy, alarm, PUBLISH, topicArn));

/** Whether the policy of a key lets CloudWatch use it to publish for an alarm. */
export const mayUseKey = (policy: Statements, alarm: Publisher): Planned<boolean> =>
  // Resource is "*" in the policy of a key: it is attached to one.
  and(...KEY_ACTIONS.map((action) => isAllowed(evaluateAlarmRequest(policy, alarm, action, UNKNOWN_KEY_ARN))));

function evaluateAlarmRequest(
  policy: Statements,
  { location, alarmName }: Publisher,
  action: string,
  resource: Text,
): Decision {
  const { accountId } = location;
  const request = requestFor(CLOUDWATCH, { accountId, sourceArn: alarmArn(location, alarmName) });
  const statements = policy.map((statement) => (statement === UNKNOWN ? UNKNOWN : withOwnResource(statement)));
  return evaluate({ ...request, action, resource }, { identity: [], resource: statements, isSameAccount: true });
}

const isAllowed = ({ result }: Decision): Planned<boolean> =>
  result === "undetermined" ? UNKNOWN : result === "allowed";

/** The account and the resource that a service calls for. */
interface AlarmSource {
  readonly accountId: Planned<string>;
  readonly sourceArn: Text;
  /** Undefined: not known. */
  readonly organization?: string;
}

/**
 * A request of a service to a topic or its key.
 *
 * @param source undefined where the service does not send one
 */
export const requestFor = (
  service: string,
  source: AlarmSource | undefined,
): Pick<Request, "principal" | "context"> => {
  const { principal, context } = serviceRequest(
    [service],
    [...SERVICE_PRINCIPAL_KEYS, ...(source === undefined ? NO_SOURCE : sourceContext(source))],
  );
  return { principal, context };
};

/** A service calls from an account of AWS itself, which no policy names and which is in no organization. */
const SERVICE_PRINCIPAL_KEYS: readonly (readonly [string, ContextValue])[] = [
  ["aws:principalaccount", ["service"]],
  ["aws:principalarn", "absent"],
  ["aws:principalorgid", "absent"],
  ["aws:principalorgpaths", "absent"],
];

const sourceContext = ({
  accountId,
  sourceArn,
  organization,
}: AlarmSource): readonly (readonly [string, ContextValue])[] => [
  ["aws:sourceaccount", [accountId]],
  ["aws:sourceowner", [accountId]],
  ["aws:sourcearn", [sourceArn]],
  ["aws:sourceorgid", [organization ?? UNKNOWN]],
  ["aws:sourceorgpaths", [organization === undefined ? UNKNOWN : `${organization}/r-0000/`]],
];

const NO_SOURCE: readonly (readonly [string, ContextValue])[] = [
  ["aws:sourceaccount", "absent"],
  ["aws:sourceowner", "absent"],
  ["aws:sourcearn", "absent"],
  ["aws:sourceorgid", "absent"],
  ["aws:sourceorgpaths", "absent"],
];

/**
 * The ARN of an alarm.
 *
 * @param name an unknown name by default
 */
export function alarmArn({ partition, region, accountId }: AwsLocation, name: TextPart = SEGMENT): Text {
  const known = (part: Planned<string>): TextPart => (part === UNKNOWN ? SEGMENT : part);
  return ["arn:", known(partition), ":cloudwatch:", known(region), ":", known(accountId), ":alarm:", name];
}
