import type { Context, ContextValue } from "./context";
import { viaServiceNames } from "./partitions";
import type { Requester } from "./principal";
import type { Text } from "./text";
import { type Planned, UNKNOWN } from "./unknown";

/** A request as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN of the resource; a part that is not known may be anything. */
  readonly resource: Text;
  readonly principal: Requester;
  readonly context: Context;
}

/** Where a role and the streams are, as far as it is known. */
export interface AwsLocation {
  readonly partition: Planned<string>;
  readonly region: Planned<string>;
  readonly accountId: Planned<string>;
}

/** What a role asks for. */
export interface RoleRequest {
  readonly action: string;
  readonly resource: Text;
  readonly roleArn: Planned<string>;
  readonly location: AwsLocation;
  /** Account of the resource; not known by default. */
  readonly resourceAccount?: Planned<string>;
  /** Region that the request goes to; missing: not known. */
  readonly region?: Planned<string>;
  /** The service that uses a KMS key for the role. */
  readonly via?: { readonly service: string; readonly region: Planned<string> };
  /** Keys that are known beside those of every request of a role. */
  readonly context?: Iterable<readonly [key: string, value: ContextValue]>;
}

/** The keys of requests that a service makes by itself, not with a role or for a user. */
export const ABSENT_SERVICE_KEYS: readonly (readonly [string, ContextValue])[] = [
  ["aws:principalservicename", "absent"],
  ["aws:principalservicenameslist", "absent"],
  ["aws:sourcearn", "absent"],
  ["aws:sourceaccount", "absent"],
  ["aws:sourceorgid", "absent"],
  ["aws:sourceorgpaths", "absent"],
];

/** The request of a role that a service of AWS has assumed to work with, as Firehose and CloudWatch Logs do. */
export function requestByRole(asked: RoleRequest): Request {
  const { action, resource, roleArn, location, resourceAccount = UNKNOWN, region = UNKNOWN, via, context = [] } = asked;
  const known: readonly (readonly [string, ContextValue])[] = [
    ["aws:securetransport", ["true"]],
    ["aws:principalarn", [roleArn]],
    ["aws:principalaccount", [location.accountId]],
    ["aws:principaltype", ["AssumedRole"]],
    ["aws:principalisawsservice", ["false"]],
    ...ABSENT_SERVICE_KEYS,
    ["aws:resourceaccount", [resourceAccount]],
    ["aws:requestedregion", [region]],
    ...viaKeys(action, location, via),
    ...context,
  ];
  return {
    action,
    resource,
    principal: { kind: "role", arn: roleArn, accountId: location.accountId },
    context: new Map(known.map(([key, value]) => [key.toLowerCase(), value])),
  };
}

function viaKeys(
  action: string,
  location: AwsLocation,
  via: RoleRequest["via"],
): readonly (readonly [string, ContextValue])[] {
  if (!/^kms:/i.test(action)) {
    return [];
  }
  const caller = ["kms:calleraccount", [location.accountId]] as const;
  return via === undefined ? [caller] : [caller, ["kms:viaservice", [viaServiceText(via, location)]]];
}

function viaServiceText({ service, region }: NonNullable<RoleRequest["via"]>, { partition }: AwsLocation): Text {
  if (region === UNKNOWN) {
    return [`${service}.`, UNKNOWN];
  }
  const [name, ...others] = viaServiceNames(service, region, partition === UNKNOWN ? undefined : partition);
  return name === undefined || others.length > 0 ? [`${service}.${region}.`, UNKNOWN] : name;
}
