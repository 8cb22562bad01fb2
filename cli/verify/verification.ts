import { lastPart } from "../../iam/arn";
import { memoized } from "../../iam/memoized";
import type { TrustedService } from "../../iam/trusted-services";
import type { DeliveryStream } from "../aws/delivery-stream";
import type { StreamLookup, StreamWithBackup } from "../aws/find-streams";
import { type Check, checksOf, type Outcome } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { attempt } from "../aws/attempt";
import { undetermined } from "../checks/undetermined";
import { alarmChecks, regionAlarms } from "./alarm-checks";
import { bucketOutcomes } from "./bucket";
import { configurationOutcomes } from "./configuration";
import type { VerifyContext } from "./context";
import { errorLogOutcomes, type ErrorLogEvent, missingLogOutcome } from "./error-log";
import { failedObjectsOutcome } from "./failed-objects";
import { keyOutcomes } from "./key";
import { metricOutcomes } from "./metric-outcomes";
import { needsOf, type Sender } from "./needs";
import { readErrorLog } from "./read-error-log";
import { readFailedObjects } from "./read-failed-objects";
import { readMetrics } from "./read-metrics";
import { readRole } from "./read-role";
import { keysInUse, readResources, resourcePolicies, type Resources } from "./resources";
import { type Role, roleOutcomes } from "./role";
import { secretOutcomes } from "./secret";
import { statusOutcome } from "./status";
import type { RoleLocation } from "./trust";
import { upstreamOf } from "./upstream";

/** Checks everything that the streams of a region depend on, in parallel. */
export async function verifyRegion(context: VerifyContext, found: readonly StreamLookup[]): Promise<Check[]> {
  const streams = found.map(({ stream }) => stream).filter((stream) => stream !== undefined);
  // The role of a subscription may be the delivery role, which is read once.
  const roleOf = memoized((arn) => readRole(context, arn));
  const isDelivering = streams.some(({ destination }) => destination !== undefined);
  const [checked, deliveryRoles, resources, alarms] = await Promise.all([
    Promise.all(found.map((each) => checkStream(context, each, streams))),
    Promise.all(deliveryRoleArns(streams).map(roleOf)),
    readResources(context, streams),
    isDelivering ? regionAlarms(context) : undefined,
  ]);
  const checks = checked.flatMap((each) => each.checks);
  const senders = checked.flatMap((each) => each.senders);
  const senderRoles = await Promise.all(
    [...new Set(senders.map(({ roleArn }) => roleArn))]
      .filter((arn) => !deliveryRoles.some((role) => role.arn === arn))
      .map(roleOf),
  );
  const [location] = streams;
  if (location !== undefined) {
    checks.push(
      ...roleChecks([...deliveryRoles, ...senderRoles], { streams, senders, resources, location }),
      ...resourceChecks(resources, location),
    );
    if (alarms !== undefined) {
      const subjects = {
        streams: streams.map(({ name }) => name),
        metricStreams: checked.flatMap((each) => each.metricStreamNames),
      };
      checks.push(...(await alarmChecks(context, alarms, subjects, location)));
    }
  }
  return checks.map((check) => ({ region: context.region, ...check }));
}

function deliveryRoleArns(streams: readonly DeliveryStream[]): string[] {
  const arns = streams.flatMap(({ destination }) =>
    destination === undefined ? [] : [destination.roleArn, destination.backup.roleArn],
  );
  return [...new Set(arns)].filter((arn) => arn !== "");
}

/** The checks of a stream, and its senders. */
interface CheckedStream {
  readonly checks: readonly Check[];
  readonly senders: readonly Sender[];
  readonly metricStreamNames: readonly string[];
}

async function checkStream(
  context: VerifyContext,
  found: StreamLookup,
  streams: readonly DeliveryStream[],
): Promise<CheckedStream> {
  const { name, stream } = found;
  const status = statusOutcome(found, context.region, context.waitedSeconds);
  if (stream?.destination === undefined) {
    const outcomes = [status, ...(stream === undefined ? [] : configurationOutcomes(stream, streams))];
    return { checks: checksOf(name, outcomes), senders: [], metricStreamNames: [] };
  }
  const withBackup = { ...stream, destination: stream.destination };
  const [metrics, failed, errors, upstream] = await Promise.all([
    attempt(readMetrics(context, stream.name)),
    checkFailedObjects(context, withBackup, streams),
    checkErrorLogs(context, stream),
    upstreamOf(context, stream, streams),
  ]);
  const ofMetrics =
    metrics instanceof UndeterminedError
      ? [undetermined("metrics", metrics)]
      : metricOutcomes(withBackup, metrics, upstream.noDataReason);
  return {
    checks: [
      ...checksOf(name, [status, ...configurationOutcomes(stream, streams, context.expected)]),
      ...upstream.checks,
      ...checksOf(name, [...ofMetrics, ...failed, ...errors]),
    ],
    senders: upstream.senders,
    metricStreamNames: upstream.metricStreamNames,
  };
}

async function checkFailedObjects(
  context: VerifyContext,
  stream: StreamWithBackup,
  streams: readonly DeliveryStream[],
): Promise<Outcome[]> {
  if (stream.destination.backup.bucket === "") {
    return [];
  }
  const objects = await attempt(readFailedObjects(context, stream, streams));
  if (objects instanceof UndeterminedError) {
    return [undetermined("failed data", objects)];
  }
  // The check of the bucket reports that it does not exist.
  return objects === undefined ? [] : [failedObjectsOutcome(stream, objects)];
}

async function checkErrorLogs(context: VerifyContext, { arn, destination }: DeliveryStream): Promise<Outcome[]> {
  // HTTP delivery and S3 backup may write to the same log.
  const named = [destination?.errorLog, destination?.backup.errorLog].filter((log) => log !== undefined);
  const distinct = [...new Map(named.map((log) => [`${log.group}\n${log.stream}`, log])).values()];
  const answers = await Promise.all(
    distinct.map(async (log) => ({ log, answer: await attempt(readErrorLog(context, log)) })),
  );
  const failures = new Map<string, Outcome>();
  const events = new Array<ErrorLogEvent>();
  for (const { log, answer } of answers) {
    if (answer instanceof UndeterminedError) {
      failures.set(answer.message, undetermined("error log", answer));
    } else if (answer === undefined) {
      failures.set(`${log.group}\n${log.stream}`, missingLogOutcome(log.group, log.stream));
    } else {
      events.push(...answer);
    }
  }
  const isAnyRead = answers.length > failures.size || events.length > 0;
  return [...failures.values(), ...(isAnyRead ? errorLogOutcomes(events, arn, context.now) : [])];
}

/** What uses the roles of a region. */
interface RoleUses {
  readonly streams: readonly DeliveryStream[];
  readonly senders: readonly Sender[];
  readonly resources: Resources;
  readonly location: RoleLocation;
}

function roleChecks(roles: readonly Role[], uses: RoleUses): Check[] {
  const { streams, senders, resources, location } = uses;
  const keys = keysInUse(resources);
  const policies = resourcePolicies(resources, location.partition);
  return roles.flatMap((role) =>
    checksOf(
      `role ${lastPart(role.arn)}`,
      roleOutcomes(role, needsOf(role.arn, streams, keys, senders), location, servicesOf(role, uses), policies),
    ),
  );
}

/** The services that use a role. CloudWatch Logs may put records on the logs stream with the delivery role. */
function servicesOf({ arn }: Role, { streams, senders }: RoleUses): TrustedService[] {
  const isOfDelivery = deliveryRoleArns(streams).includes(arn);
  const servesLogs = streams.some(({ signal, destination }) => signal === "logs" && destination?.roleArn === arn);
  const ofSenders = senders.filter(({ roleArn }) => roleArn === arn).map(({ service }) => service);
  return [
    ...new Set<TrustedService>([
      ...(isOfDelivery ? (["firehose"] as const) : []),
      ...(servesLogs ? (["logs"] as const) : []),
      ...ofSenders,
    ]),
  ];
}

const resourceChecks = ({ buckets, secrets, keys }: Resources, location: RoleLocation): Check[] => [
  ...buckets.flatMap((bucket) => checksOf(`bucket ${bucket.name}`, bucketOutcomes(bucket, location))),
  ...secrets.flatMap((secret) => checksOf(`secret ${lastPart(secret.arn)}`, secretOutcomes(secret, location))),
  ...keys.flatMap((key) => checksOf(`key ${lastPart(key.name)}`, keyOutcomes(key, location))),
];
