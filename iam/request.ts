import type { Context, ContextValue } from "./context";
import { viaServiceNames } from "./partitions";
import type { Requester } from "./principal";
import type { Text } from "./text";
import { type Planned, UNKNOWN } from "./unknown";

/** A request as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN of the resource; parts may be unknown. */
  readonly resource: Text;
  readonly principal: Requester;
  readonly context: Context;
}

/** Partition, region and account of a role and the streams, as far as they are known. */
export interface AwsLocation {
  readonly partition: Planned<string>;
  readonly region: Planned<string>;
  readonly accountId: Planned<string>;
}

/** A request with a role. */
export interface RoleRequest {
  readonly action: string;
  readonly resource: Text;
  readonly roleArn: Planned<string>;
  readonly location: AwsLocation;
  /** Account of the resource; undefined: not known. */
  readonly resourceAccount?: Planned<string>;
  /** Region that the request goes to; undefined: not known. */
  readonly region?: Planned<string>;
  /** The service that uses a KMS key for the role. */
  readonly via?: { readonly service: string; readonly region: Planned<string> };
  /** Known context keys besides those of every request with a role. */
  readonly context?: Iterable<readonly [key: string, value: ContextValue]>;
}

/** Context keys that only requests of a service principal have. */
export const ABSENT_SERVICE_KEYS: readonly (readonly [string, ContextValue])[] = [
  ["aws:principalservicename", "absent"],
  ["aws:principalservicenameslist", "absent"],
  ["aws:sourcearn", "absent"],
  ["aws:sourceaccount", "absent"],
  ["aws:sourceorgid", "absent"],
  ["aws:sourceorgpaths", "absent"],
];

/** A request with a role that an AWS service has assumed, such as Firehose or CloudWatch Logs. */
export function requestByRole({
  action,
  resource,
  roleArn,
  location,
  resourceAccount = UNKNOWN,
  region = UNKNOWN,
  via,
  context = [],
}: RoleRequest): Request {
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
