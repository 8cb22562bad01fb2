import type { ContextValue } from "./context";
import { ASSUME_ACTIONS } from "./documented-actions";
import { type Decision, evaluate, type Statements } from "./evaluate";
import { logsPrincipals } from "./partitions";
import type { AwsLocation, Request } from "./request";
import type { Statement } from "./statement";
import { SEGMENT, type Text, type TextPart } from "./text";
import { globalName, principalOf, type TrustedService } from "./trusted-services";
import { type Planned, UNKNOWN } from "./unknown";

/**
 * Whether a service may assume the role on behalf of the location's account.
 *
 * @param sourceArns ARNs of the streams or log groups that the service acts for; by default any of the account
 */
export function mayAssume<S extends Statement>(
  trust: Statements<S>,
  service: TrustedService,
  location: AwsLocation,
  sourceArns: readonly Text[] = [],
): Decision<S> {
  const decisions = sourceArns.map((sourceArn) =>
    evaluateTrust(trust, requestByService(service, { location, accountId: location.accountId, sourceArn })),
  );
  const anySource: TrustSource = {
    location,
    accountId: location.accountId,
    sourceArn: anySourceArn(service, location, location.accountId),
  };
  return (
    decisions.find(({ result }) => result === "denied") ??
    decisions.find(({ result }) => result === "undetermined") ??
    decisions[0] ??
    evaluateAnySource(trust, requestByService(service, anySource))
  );
}

function evaluateAnySource<S extends Statement>(trust: Statements<S>, request: Request): Decision<S> {
  const decision = evaluateTrust(trust, request);
  const { result } = evaluateTrust(trust.map(withoutLogStream), request);
  return result === decision.result ? decision : { ...decision, result: "undetermined", reason: "possibleAllow" };
}

/** The ARN of a log group may end in `:*`, for its log streams; AWS does not document whether a service sends it so. */
function withoutLogStream<S extends Statement>(statement: Planned<S>): Planned<Statement> {
  return statement === UNKNOWN
    ? UNKNOWN
    : {
        ...statement,
        conditions: statement.conditions.map((condition) => ({
          ...condition,
          values: condition.values.map((value) =>
            value === UNKNOWN ? UNKNOWN : value.replace(/^((?:[^:]*:){5}log-group:[^:]+):\*$/, "$1"),
          ),
        })),
      };
}

/** Whether a request to assume the role passes its trust policy. */
export const evaluateTrust = <S extends Statement>(trust: Statements<S>, request: Request): Decision<S> =>
  evaluate(request, { identity: [], resource: trust, isSameAccount: true });

/** The account and the resource that a service assumes the role for. */
export interface TrustSource {
  readonly location: AwsLocation;
  readonly accountId: Planned<string>;
  /** Undefined: the service sends no source. */
  readonly sourceArn: Text | undefined;
}

/**
 * A service's request to assume a role. Firehose sends the account as the external id, the others send none. All send the
 * account that they act for, Firehose and CloudWatch Logs also the resource. It is not documented whether a metric
 * stream does.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-confused-deputy.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-trustpolicy.html
 */
export function requestByService(service: TrustedService, { location, accountId, sourceArn }: TrustSource): Request {
  return serviceRequest(serviceNames(service, location), [
    ["sts:externalid", service === "firehose" ? [accountId] : "absent"],
    ["aws:sourceaccount", sourceArn === undefined ? "absent" : [accountId]],
    ["aws:sourcearn", sourceArn === undefined ? "absent" : [service === "metricStreams" ? UNKNOWN : sourceArn]],
    ["aws:resourceaccount", [location.accountId]],
  ]);
}

/** A request of a service principal to assume a role. */
export function serviceRequest(names: readonly Text[], context: readonly (readonly [string, ContextValue])[]): Request {
  return {
    action: ASSUME_ACTIONS.assumeRole,
    resource: UNKNOWN,
    principal: { kind: "service", names },
    context: new Map<string, ContextValue>([
      ["aws:securetransport", ["true"]],
      ["aws:principalisawsservice", ["true"]],
      ["aws:principalservicename", names.length === 1 ? names : [UNKNOWN]],
      ["aws:viaawsservice", ["false"]],
      // Keys of signed-in users and of federated identities.
      ["aws:multifactorauthpresent", "absent"],
      ["aws:federatedprovider", "absent"],
      ...context,
    ]),
  };
}

/** The ARN of any resource of an account. The name of the resource has no colon. */
export function anySourceArn(
  service: TrustedService,
  { partition, region }: AwsLocation,
  accountId: Planned<string>,
): Text {
  const known = (part: Planned<string>): TextPart => (part === UNKNOWN ? SEGMENT : part);
  const { namespace, resourceType } = SOURCES[service];
  const owner: readonly TextPart[] = [known(partition), `:${namespace}:`, known(region), ":", known(accountId)];
  return ["arn:", ...owner, `:${resourceType}`, SEGMENT];
}

/** The ARN parts of the resources that a service acts for. */
export const SOURCES = {
  firehose: { namespace: "firehose", resourceType: "deliverystream/" },
  logs: { namespace: "logs", resourceType: "log-group:" },
  metricStreams: { namespace: "cloudwatch", resourceType: "metric-stream/" },
} as const satisfies Record<TrustedService, { readonly namespace: string; readonly resourceType: string }>;

/** The names by which a policy may trust a service in a region. */
export function serviceNames(service: TrustedService, { partition, region }: AwsLocation): readonly Text[] {
  const known = partition === UNKNOWN ? undefined : partition;
  return service === "logs"
    ? logsPrincipals(known).flatMap((name) => [name, regionalName(name, region)])
    : [principalOf(service, known)];
}

function regionalName(name: string, region: Planned<string>): Text {
  const domain = globalName(name).slice("logs.".length);
  return region === UNKNOWN ? ["logs.", SEGMENT, `.${domain}`] : `logs.${region}.${domain}`;
}
