import { otherAccounts, textsOf } from "./accounts";
import { alarmArn, CLOUDWATCH, PUBLISH, requestFor } from "./alarm-requests";
import type { ContextValue } from "./context";
import { type Decision, evaluate, type Statements } from "./evaluate";
import { inOwnResource } from "./own-resource";
import { ABSENT_SERVICE_KEYS, type AwsLocation, type Request } from "./request";
import type { Statement } from "./statement";
import type { Text } from "./text";
import { UNKNOWN } from "./unknown";

/** What the policy of a topic allows to those whom it does not name. */
export interface OpenGrant {
  /** A service that may act on behalf of any account; undefined: everybody. */
  readonly service: string | undefined;
  readonly action: string;
  /** Whether it is allowed for certain; else a condition or something that is not known decides. */
  readonly isCertain: boolean;
}

const ACTIONS: readonly string[] = [
  ...[PUBLISH, "sns:Subscribe", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
  ...["sns:SetTopicAttributes", "sns:AddPermission", "sns:RemovePermission", "sns:DeleteTopic"],
];

/** Somebody who may ask for something. */
interface Asker extends Pick<Request, "principal" | "context"> {
  /** Whether such requests are known to be made. */
  readonly isKnown: boolean;
}

/**
 * What the policy of a topic allows to everybody, and to a service on behalf of any account: the confused deputy. An
 * account that the policy names is not everybody; a pattern that covers many accounts is.
 */
export function openGrants(policy: Statements, topicArn: Text, location: AwsLocation): readonly OpenGrant[] {
  const statements = policy.map((statement) => (statement === UNKNOWN ? UNKNOWN : inOwnResource(statement)));
  const allows = statements.filter((statement) => statement !== UNKNOWN).filter(({ effect }) => effect === "Allow");
  const strangers = strangersOf(statements, location);
  const actions = [...new Set([...ACTIONS, ...actionsIn(allows)])];
  const grant = (service: string | undefined, to: Statements, askers: readonly Asker[]): readonly OpenGrant[] => {
    const found = actions.flatMap((action) =>
      askers.flatMap(({ principal, context, isKnown }): readonly OpenGrant[] => {
        const { result } = decide(to, { action, resource: topicArn, principal, context });
        return result === "denied" ? [] : [{ service, action, isCertain: isKnown && result === "allowed" }];
      }),
    );
    return [found.find(({ isCertain }) => isCertain) ?? found[0] ?? []].flat();
  };
  const everybody = grant(undefined, statements, [ANONYMOUS, ...strangers.map(ofAccount)]);
  const isOpen = everybody.some(({ isCertain }) => isCertain);
  // What everybody may, a service may too; that is said once.
  const others = isOpen ? statements.filter((each) => each === UNKNOWN || !isForEverybody(each)) : statements;
  const services = new Set([
    ...allows.flatMap(servicesIn),
    ...(!isOpen && allows.some(isForEverybody) ? [CLOUDWATCH] : []),
  ]);
  return [
    ...everybody,
    ...[...services].flatMap((service) =>
      grant(service, others, servicesFor(service, statements, strangers, location)),
    ),
  ];
}

/** The caller may have every permission of their own account. */
const decide = (resource: Statements, request: Request): Decision =>
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
function strangersOf(statements: Statements, { accountId }: AwsLocation): readonly string[] {
  const named = textsOf(statements);
  return otherAccounts(statements, accountId).filter((account) => !named.some((text) => text.includes(account)));
}

/** Actions that the patterns of statements cover, one of each. */
const actionsIn = (statements: readonly Statement[]): readonly string[] =>
  statements
    .flatMap(({ actions }) => (actions.negated ? [] : actions.values))
    .flatMap((value) => (value === UNKNOWN ? [] : [value.replace(/[*?]/g, "x")]));

const isForEverybody = ({ effect, principals }: Statement): boolean =>
  effect === "Allow" && (principals?.negated === true || (principals?.ids ?? []).some(({ id }) => id === "*"));

const servicesIn = ({ principals }: Statement): readonly string[] =>
  (principals?.negated === false ? principals.ids : []).flatMap(({ type, id }) =>
    type === "Service" && id !== UNKNOWN ? [id] : [],
  );

/** An organization that no policy names. */
const OTHER_ORGANIZATION = "o-0000000000";

const ANONYMOUS: Asker = { principal: { kind: "anonymous" }, context: contextOf("absent"), isKnown: true };

const ofAccount = (accountId: string): Asker => ({
  principal: { kind: "account", accountId },
  context: contextOf([accountId]),
  isKnown: true,
});

function contextOf(account: ContextValue): Request["context"] {
  return new Map<string, ContextValue>([
    ["aws:principalaccount", account],
    // In a request by an account itself, SNS has the account here.
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
function servicesFor(
  service: string,
  statements: Statements,
  strangers: readonly string[],
  location: AwsLocation,
): readonly Asker[] {
  const onBehalf = strangers.flatMap((accountId) => {
    const arns: readonly Text[] = [alarmArn({ ...location, accountId }), ...sourceArnsIn(statements, accountId)];
    return arns.map((sourceArn): Asker => ({
      ...requestFor(service, { accountId, sourceArn, organization: OTHER_ORGANIZATION }),
      isKnown: true,
    }));
  });
  // CloudWatch says for which alarm it publishes; what another service says is not known.
  return service === CLOUDWATCH ? onBehalf : [...onBehalf, { ...requestFor(service, undefined), isKnown: false }];
}

/** ARNs of an account after the patterns in conditions: an attacker chooses region and name. */
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
  // The ARN of a bucket has no account, and everybody can create one whose name a pattern covers.
  const isOfAnyBucket = account === "" && /[*?]/.test(resource);
  const parts = [arn, partition, service, region, isOfAnyAccount ? accountId : account, resource];
  return isOfAnyAccount || isOfAnyBucket ? [parts.join(":").replaceAll(/[*?]/g, "x")] : [];
}
