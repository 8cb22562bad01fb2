import type { DeliveryStream } from "../aws/delivery-stream";
import type { Found } from "../aws/find-streams";
import type { Check, Outcome } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { attempt, undetermined } from "./attempt";
import { type Bucket, bucketOutcomes } from "./bucket";
import { configurationOutcomes } from "./configuration";
import type { VerifyContext } from "./context";
import { errorLogOutcomes, type LogEvent, missingLogOutcome } from "./error-log";
import { metricOutcomes } from "./metric-outcomes";
import type { MeasuredStream } from "./metrics";
import { needsOf } from "./needs";
import { readBucket } from "./read-bucket";
import { readErrorLog } from "./read-error-log";
import { readMetrics } from "./read-metrics";
import { readRole } from "./read-role";
import { type Role, roleOutcomes } from "./role";
import { statusOutcome } from "./status";

/** Checks everything that the streams of a region depend on, all side by side. */
export async function verifyRegion(context: VerifyContext, found: readonly Found[]): Promise<Check[]> {
  const streams = found.map(({ stream }) => stream).filter((stream) => stream !== undefined);
  const destinations = streams.map(({ destination }) => destination).filter((each) => each !== undefined);
  const roleArns = new Set(destinations.flatMap(({ roleArn, backup }) => [roleArn, backup.roleArn]));
  const bucketNames = new Set(destinations.map(({ backup }) => backup.bucket));
  const [streamChecks, roles, buckets] = await Promise.all([
    Promise.all(found.map((each) => checkStream(context, each, streams))),
    Promise.all([...roleArns].filter(isNotEmpty).map((arn) => readRole(context, arn))),
    Promise.all([...bucketNames].filter(isNotEmpty).map((name) => readBucket(context, name))),
  ]);
  const checks = [
    ...streamChecks.flat(),
    ...roleChecks(roles, streams, buckets),
    ...bucketChecks(buckets, context.region),
  ];
  return checks.map((check) => ({ region: context.region, ...check }));
}

async function checkStream(context: VerifyContext, found: Found, streams: readonly DeliveryStream[]): Promise<Check[]> {
  const { name, stream } = found;
  const status = statusOutcome(found, context.region, context.waitedSeconds);
  if (stream?.destination === undefined) {
    return checksOf(name, [status, ...(stream === undefined ? [] : configurationOutcomes(stream, streams))]);
  }
  const { destination } = stream;
  const [metrics, errors] = await Promise.all([
    checkMetrics(context, { ...stream, destination }),
    checkErrorLogs(context, stream),
  ]);
  return checksOf(name, [status, ...configurationOutcomes(stream, streams), ...metrics, ...errors]);
}

async function checkMetrics(context: VerifyContext, stream: DeliveryStream & MeasuredStream): Promise<Outcome[]> {
  const metrics = await attempt(context, readMetrics(context, stream.name));
  return metrics instanceof UndeterminedError ? [undetermined("metrics", metrics)] : metricOutcomes(stream, metrics);
}

async function checkErrorLogs(context: VerifyContext, { arn, destination }: DeliveryStream): Promise<Outcome[]> {
  // HTTP delivery and S3 backup may write to the same log.
  const named = [destination?.errorLog, destination?.backup.errorLog].filter((log) => log !== undefined);
  const distinct = [...new Map(named.map((log) => [`${log.group}\n${log.stream}`, log])).values()];
  const answers = await Promise.all(
    distinct.map(async (log) => ({ log, answer: await attempt(context, readErrorLog(context, log)) })),
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

function roleChecks(roles: readonly Role[], streams: readonly DeliveryStream[], buckets: readonly Bucket[]): Check[] {
  const keys = new Map(
    buckets.flatMap(({ name, encryption }) =>
      encryption === undefined ||
      encryption instanceof UndeterminedError ||
      encryption.keyArn?.startsWith("arn:") !== true
        ? []
        : [[name, encryption.keyArn] as const],
    ),
  );
  const [location] = streams;
  return location === undefined
    ? []
    : roles.flatMap((role) =>
        checksOf(
          `role ${role.arn.split("/").at(-1) ?? role.arn}`,
          roleOutcomes(role, needsOf(role.arn, streams, keys), location, servesLogs(role, streams)),
        ),
      );
}

/** Whether CloudWatch Logs puts records on a stream with the role. */
const servesLogs = ({ arn }: Role, streams: readonly DeliveryStream[]): boolean =>
  streams.some(({ signal, destination }) => signal === "logs" && destination?.roleArn === arn);

const bucketChecks = (buckets: readonly Bucket[], region: string): Check[] =>
  buckets.flatMap((bucket) => checksOf(`bucket ${bucket.name}`, bucketOutcomes(bucket, region)));

const checksOf = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));

const isNotEmpty = (text: string): boolean => text !== "";
