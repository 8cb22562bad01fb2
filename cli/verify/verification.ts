import type { DeliveryStream } from "../aws/delivery-stream";
import type { Found, StreamWithBackup } from "../aws/find-streams";
import type { Check, Outcome } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { attempt, undetermined } from "./attempt";
import { bucketOutcomes } from "./bucket";
import { configurationOutcomes } from "./configuration";
import type { VerifyContext } from "./context";
import { errorLogOutcomes, type LogEvent, missingLogOutcome } from "./error-log";
import { failedObjectsOutcome } from "./failed-objects";
import { keyOutcomes } from "./key";
import { metricOutcomes } from "./metric-outcomes";
import type { MeasuredStream } from "./metrics";
import { needsOf } from "./needs";
import { readErrorLog } from "./read-error-log";
import { readFailedObjects } from "./read-failed-objects";
import { readMetrics } from "./read-metrics";
import { readRole } from "./read-role";
import { keysInUse, readResources, resourcePolicies, type Resources } from "./resources";
import { type Role, roleOutcomes } from "./role";
import { secretOutcomes } from "./secret";
import { statusOutcome } from "./status";
import type { AwsLocation } from "./trust";

/** Checks everything that the streams of a region depend on, all side by side. */
export async function verifyRegion(context: VerifyContext, found: readonly Found[]): Promise<Check[]> {
  const streams = found.map(({ stream }) => stream).filter((stream) => stream !== undefined);
  const roleArns = new Set(
    streams.flatMap(({ destination }) =>
      destination === undefined ? [] : [destination.roleArn, destination.backup.roleArn],
    ),
  );
  const [streamChecks, roles, resources] = await Promise.all([
    Promise.all(found.map((each) => checkStream(context, each, streams))),
    Promise.all([...roleArns].filter((arn) => arn !== "").map((arn) => readRole(context, arn))),
    readResources(context, streams),
  ]);
  const checks = streamChecks.flat();
  const [location] = streams;
  if (location !== undefined) {
    checks.push(...roleChecks(roles, streams, resources, location), ...resourceChecks(resources, location));
  }
  return checks.map((check) => ({ region: context.region, ...check }));
}

async function checkStream(context: VerifyContext, found: Found, streams: readonly DeliveryStream[]): Promise<Check[]> {
  const { name, stream } = found;
  const status = statusOutcome(found, context.region, context.waitedSeconds);
  if (stream?.destination === undefined) {
    return checksOf(name, [status, ...(stream === undefined ? [] : configurationOutcomes(stream, streams))]);
  }
  const withBackup = { ...stream, destination: stream.destination };
  const [metrics, failed, errors] = await Promise.all([
    checkMetrics(context, withBackup),
    checkFailedObjects(context, withBackup, streams),
    checkErrorLogs(context, stream),
  ]);
  return checksOf(name, [status, ...configurationOutcomes(stream, streams), ...metrics, ...failed, ...errors]);
}

async function checkMetrics(context: VerifyContext, stream: DeliveryStream & MeasuredStream): Promise<Outcome[]> {
  const metrics = await attempt(readMetrics(context, stream.name));
  return metrics instanceof UndeterminedError ? [undetermined("metrics", metrics)] : metricOutcomes(stream, metrics);
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
  // That the bucket does not exist, its own check says.
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
  const events = new Array<LogEvent>();
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

function roleChecks(
  roles: readonly Role[],
  streams: readonly DeliveryStream[],
  resources: Resources,
  location: AwsLocation,
): Check[] {
  const keys = keysInUse(resources);
  const policies = resourcePolicies(resources, location.partition);
  return roles.flatMap((role) =>
    checksOf(
      `role ${lastPart(role.arn)}`,
      roleOutcomes(role, needsOf(role.arn, streams, keys), location, servesLogs(role, streams), policies),
    ),
  );
}

/** Whether CloudWatch Logs puts records on a stream with the role. */
const servesLogs = ({ arn }: Role, streams: readonly DeliveryStream[]): boolean =>
  streams.some(({ signal, destination }) => signal === "logs" && destination?.roleArn === arn);

const resourceChecks = ({ buckets, secrets, keys }: Resources, location: AwsLocation): Check[] => [
  ...buckets.flatMap((bucket) => checksOf(`bucket ${bucket.name}`, bucketOutcomes(bucket, location))),
  ...secrets.flatMap((secret) => checksOf(`secret ${lastPart(secret.arn)}`, secretOutcomes(secret, location))),
  ...keys.flatMap((key) => checksOf(`key ${lastPart(key.name)}`, keyOutcomes(key, location))),
];

/** The name at the end of an ARN. */
const lastPart = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn;

const checksOf = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));
