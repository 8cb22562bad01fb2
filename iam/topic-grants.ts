import { otherAccounts, textsOf } from "./accounts";
import { CLOUDWATCH, PUBLISH } from "./alarm-publisher";
import { alarmArn, requestFor } from "./alarm-requests";
import type { ContextValue } from "./context";
import { type Decision, evaluate, type Statements } from "./evaluate";
import { withOwnResource } from "./own-resource";
import { servicesIn } from "./principal";
import { ABSENT_SERVICE_KEYS, type AwsLocation, type Request } from "./request";
import type { Statement } from "./statement";
import type { Text } from "./text";
import { UNKNOWN } from "./unknown";

/** An action that the policy of a topic grants to principals that it does not name. */
export interface OpenGrant {
  /** A service that may act on behalf of any account; undefined: everybody. */
  readonly service: string | undefined;
  readonly action: string;
  /** Whether it is certainly granted; else that depends on a condition or on a value that is not known. */
  readonly isCertain: boolean;
}

const TOPIC_ACTIONS: readonly string[] = [
  ...[PUBLISH, "sns:Subscribe", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
  ...["sns:SetTopicAttributes", "sns:AddPermission", "sns:RemovePermission", "sns:DeleteTopic"],
];

/** The principal and the context of a request. */
interface Caller extends Pick<Request, "principal" | "context"> {
  /** Whether such requests are known to exist. */
  readonly isKnown: boolean;
}

/**
 * The actions that the policy of a topic grants to everybody, or to a service on behalf of any account (confused deputy).
 * An account that the policy names is not everybody; a pattern that matches many accounts is.
 */
export function openGrants(policy: Statements, topicArn: Text, location: AwsLocation): readonly OpenGrant[] {
  const statements = policy.map((statement) => (statement === UNKNOWN ? UNKNOWN : withOwnResource(statement)));
  const allows = statements.filter((statement) => statement !== UNKNOWN).filter(({ effect }) => effect === "Allow");
  const unnamedAccounts = unnamedAccountsOf(statements, location);
  const actions = [...new Set([...TOPIC_ACTIONS, ...actionsIn(allows)])];
  const findGrant = (
    service: string | undefined,
    policyStatements: Statements,
    callers: readonly Caller[],
  ): readonly OpenGrant[] => {
    const found = actions.flatMap((action) =>
      callers.flatMap(({ principal, context, isKnown }): readonly OpenGrant[] => {
        const { result } = evaluateExternally(policyStatements, { action, resource: topicArn, principal, context });
        return result === "denied" ? [] : [{ service, action, isCertain: isKnown && result === "allowed" }];
      }),
    );
    return [found.find(({ isCertain }) => isCertain) ?? found[0] ?? []].flat();
  };
  const everybody = findGrant(undefined, statements, [ANONYMOUS, ...unnamedAccounts.map(accountCaller)]);
  const isOpen = everybody.some(({ isCertain }) => isCertain);
  // A service can do what everybody can: that is not reported twice.
  const others = isOpen ? statements.filter((each) => each === UNKNOWN || !isForEverybody(each)) : statements;
  const services = new Set([
    ...allows.flatMap(servicesIn),
    ...(!isOpen && allows.some(isForEverybody) ? [CLOUDWATCH] : []),
  ]);
  return [
    ...everybody,
    ...[...services].flatMap((service) =>
      findGrant(service, others, serviceCallers(service, statements, unnamedAccounts, location)),
    ),
  ];
}

/** The caller may have every permission in its own account. */
const evaluateExternally = (resource: Statements, request: Request): Decision =>
  evaluate(request, { identity: [ALLOW_EVERYTHING], resource, isSameAccount: false });

const ALLOW_EVERYTHING: Statement = {
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["*"] },
  resources: { negated: false, values: ["*"] },
  principals: undefined,
  conditions: [],
};

/** Accounts that the policy does not name. */
function unnamedAccountsOf(statements: Statements, { accountId }: AwsLocation): readonly string[] {
  const named = textsOf(statements);
  return otherAccounts(statements, accountId).filter((account) => !named.some((text) => text.includes(account)));
}

/** For each action pattern of the statements, an action that it matches. */
const actionsIn = (statements: readonly Statement[]): readonly string[] =>
  statements
    .flatMap(({ actions }) => (actions.negated ? [] : actions.values))
    .flatMap((value) => (value === UNKNOWN ? [] : [value.replace(/[*?]/g, "x")]));

const isForEverybody = ({ effect, principals }: Statement): boolean =>
  effect === "Allow" && (principals?.negated === true || (principals?.ids ?? []).some(({ id }) => id === "*"));

/** An organization that no policy names. */
const OTHER_ORGANIZATION = "o-0000000000";

const ANONYMOUS: Caller = { principal: { kind: "anonymous" }, context: contextOf("absent"), isKnown: true };

const accountCaller = (accountId: string): Caller => ({
  principal: { kind: "account", accountId },
  context: contextOf([accountId]),
  isKnown: true,
});

function contextOf(account: ContextValue): Request["context"] {
  return new Map<string, ContextValue>([
    ["aws:principalaccount", account],
    // In a request of an account, SNS sets this key to the account.
    ["aws:sourceowner", account],
    ["aws:principalorgid", account === "absent" ? "absent" : [OTHER_ORGANIZATION]],
    ["aws:principalorgpaths", account === "absent" ? "absent" : [`${OTHER_ORGANIZATION}/r-0000/`]],
    ...(account === "absent" ? ([["aws:principalarn", "absent"]] as const) : []),
    ["aws:securetransport", ["true"]],
    ["aws:principalisawsservice", ["false"]],
    ...ABSENT_SERVICE_KEYS,
  ]);
}

/** Requests of a service on behalf of accounts that the policy does not name. */
function serviceCallers(
  service: string,
  statements: Statements,
  unnamedAccounts: readonly string[],
  location: AwsLocation,
): readonly Caller[] {
  const onBehalf = unnamedAccounts.flatMap((accountId) => {
    const arns: readonly Text[] = [alarmArn({ ...location, accountId }), ...sourceArnsIn(statements, accountId)];
    return arns.map((sourceArn): Caller => ({
      ...requestFor(service, { accountId, sourceArn, organization: OTHER_ORGANIZATION }),
      isKnown: true,
    }));
  });
  // CloudWatch sends the ARN of the alarm that it publishes for; it is not known what other services send.
  return service === CLOUDWATCH ? onBehalf : [...onBehalf, { ...requestFor(service, undefined), isKnown: false }];
}

/** ARNs of an account that match the patterns in conditions: an attacker can choose region and name. */
function sourceArnsIn(statements: Statements, accountId: string): readonly string[] {
  return statements
    .flatMap((statement) => (statement === UNKNOWN ? [] : statement.conditions))
    .filter(({ key }) => key !== UNKNOWN && key.toLowerCase() === "aws:sourcearn")
    .flatMap(({ values }) => values)
    .flatMap((value) => (value === UNKNOWN ? [] : arnLike(value, accountId)));
}

function arnLike(pattern: string, accountId: string): readonly string[] {
  const [arn = "*", partition = "*", service = "*", region = "*", account = "*", ...name] = pattern.split(":");
  const resource = name.length === 0 ? "*" : name.join(":");
  const isOfAnyAccount = /[*?]/.test(account);
  // The ARN of a bucket contains no account, and everybody can create a bucket whose name matches a pattern.
  const isOfAnyBucket = account === "" && /[*?]/.test(resource);
  const parts = [arn, partition, service, region, isOfAnyAccount ? accountId : account, resource];
  return isOfAnyAccount || isOfAnyBucket ? [parts.join(":").replaceAll(/[*?]/g, "x")] : [];
}
