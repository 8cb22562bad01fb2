import type { AccountPolicy } from "../../cli/sources/account-policies";
import type { LogGroupFilter } from "../../cli/sources/subscribed-log-groups";
import type { ForwardedEvents, Forwarding } from "../../cli/verify/read-forwarding";
import { streamWith } from "./delivery-stream";

const destinationArn = streamWith().arn;
const roleArn = "arn:aws:iam::123456789012:role/delivery";

/** A filter of a log group that points at the documented logs stream. */
export const filter = (logGroup: string, fields: Partial<LogGroupFilter> = {}): LogGroupFilter => ({
  logGroup,
  name: "kloudfuse-logs",
  destinationArn,
  roleArn,
  filterPattern: "",
  ...fields,
});

/** An account policy that points at the documented logs stream. */
export const policy = (
  excluded: readonly string[] | undefined,
  fields: Partial<AccountPolicy> = {},
): AccountPolicy => ({
  name: "kloudfuse-logs",
  destinationArn,
  roleArn,
  filterPattern: "",
  criteria: "criteria",
  excluded,
  ...fields,
});

/** The events of each log group. */
export const events = (byLogGroup: Readonly<Record<string, number>> = {}, notRead = 0): ForwardedEvents => ({
  byLogGroup: new Map(Object.entries(byLogGroup)),
  notRead,
});

/** What CloudWatch Logs forwards without an error, but for some metrics. */
export const forwarding = (fields: Partial<Forwarding> = {}): Forwarding => ({
  forwarded: events({ "/ecs/api": 100 }),
  deliveryErrors: events({ "/ecs/api": 0 }),
  deliveryThrottling: events({ "/ecs/api": 0 }),
  ...fields,
});
