import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import type { DeliveryStream } from "../aws/delivery-stream";
import { findStreams, type Found } from "../aws/find-streams";
import { bucketSettings, clientSettings } from "../aws/settings";
import { type Check, exitCodeOf, type Outcome } from "../checks/check";
import { printChecks } from "../checks/print";
import { CannotTell } from "../exit-codes";
import { interruption } from "../interrupt";
import { wholeNumber } from "../numbers";
import type { AwsOptions, Format, StreamOptions } from "../options";
import { attempt, undeterminedOutcome } from "./attempt";
import { type Bucket, bucketOutcomes } from "./bucket";
import { configurationOutcomes } from "./configuration";
import { errorLogOutcomes, type LogEvent, missingLogOutcome } from "./error-log";
import { metricOutcomes } from "./metric-outcomes";
import { needsOf } from "./needs";
import type { MeasuredStream } from "./metrics";
import { progressOn } from "./progress";
import { readBucket } from "./read-bucket";
import { readErrorLog } from "./read-error-log";
import { readMetrics } from "./read-metrics";
import { readRole } from "./read-role";
import { type Role, roleOutcomes } from "./role";
import { statusOutcome } from "./status";
import { waitUntilActive } from "./wait";

export interface VerifyOptions extends StreamOptions {
  readonly format: Format;
  readonly wait: boolean;
  readonly timeout: string;
}

/**
 * Checks the streams and everything that they depend on, and returns the exit code.
 *
 * @throws UnusableInput when an option is invalid
 * @throws CannotTell when AWS does not describe the streams
 */
export async function verify(options: VerifyOptions): Promise<number> {
  const timeoutSeconds = wholeNumber("--timeout", options.timeout, 1, 3600);
  const abortSignal = interruption();
  const firehose = new FirehoseClient(clientSettings(options));
  const found = await findStreams(firehose, options, abortSignal);
  const current = options.wait
    ? await waitUntilActive(firehose, found, timeoutSeconds, abortSignal, progressOn(process.stderr))
    : found;
  const region = await firehose.config.region();
  const waitedSeconds = options.wait ? timeoutSeconds : undefined;
  const checks = await new Verification({ ...options, region }, region, waitedSeconds, abortSignal).checks(current);
  printChecks(checks, options.format);
  return exitCodeOf(checks);
}

/** One evaluation of everything that the streams depend on, in parallel. */
class Verification {
  private readonly now = new Date();
  private readonly iam: IAMClient;
  private readonly s3: S3Client;
  private readonly cloudWatch: CloudWatchClient;
  private readonly logs: CloudWatchLogsClient;

  public constructor(
    options: AwsOptions,
    private readonly region: string,
    /** How long --wait waited at most; undefined without it. */
    private readonly waitedSeconds: number | undefined,
    private readonly abortSignal: AbortSignal,
  ) {
    this.iam = new IAMClient(clientSettings(options));
    this.s3 = new S3Client(bucketSettings(options));
    this.cloudWatch = new CloudWatchClient(clientSettings(options));
    this.logs = new CloudWatchLogsClient(clientSettings(options));
  }

  public async checks(found: readonly Found[]): Promise<Check[]> {
    const { iam, s3, abortSignal } = this;
    const streams = found.map(({ stream }) => stream).filter((stream) => stream !== undefined);
    const destinations = streams.map(({ destination }) => destination).filter((each) => each !== undefined);
    const roleArns = new Set(destinations.flatMap(({ roleArn, backup }) => [roleArn, backup.roleArn]));
    const bucketNames = new Set(destinations.map(({ backup }) => backup.bucket));
    const [streamChecks, roles, buckets] = await Promise.all([
      Promise.all(found.map(async (each) => await this.streamChecks(each, streams))),
      Promise.all([...roleArns].filter(isPresent).map((arn) => readRole(iam, arn, abortSignal))),
      Promise.all([...bucketNames].filter(isPresent).map((name) => readBucket(s3, name, abortSignal))),
    ]);
    return [...streamChecks.flat(), ...roleChecks(roles, streams, buckets), ...bucketChecks(buckets, this.region)];
  }

  private async streamChecks(found: Found, streams: readonly DeliveryStream[]): Promise<Check[]> {
    const { name, stream } = found;
    const status = statusOutcome(found, this.region, this.waitedSeconds);
    if (stream?.destination === undefined) {
      return checksOf(name, [status, ...(stream === undefined ? [] : configurationOutcomes(stream, streams))]);
    }
    const { destination } = stream;
    const [metrics, errors] = await Promise.all([this.metrics({ ...stream, destination }), this.errors(stream)]);
    return checksOf(name, [status, ...configurationOutcomes(stream, streams), ...metrics, ...errors]);
  }

  private async metrics(stream: DeliveryStream & MeasuredStream): Promise<Outcome[]> {
    const { cloudWatch, now, abortSignal } = this;
    const metrics = await attempt(abortSignal, readMetrics(cloudWatch, stream.name, now, abortSignal));
    if (metrics instanceof CannotTell) {
      return [undeterminedOutcome("metrics", metrics)];
    }
    return metricOutcomes(stream, metrics);
  }

  private async errors({ arn, destination }: DeliveryStream): Promise<Outcome[]> {
    const { logs, now, abortSignal } = this;
    // Both delivery paths may write to the same log.
    const named = [destination?.errorLog, destination?.backup.errorLog].filter((log) => log !== undefined);
    const distinct = [...new Map(named.map((log) => [`${log.group}\n${log.stream}`, log])).values()];
    const answers = await Promise.all(
      distinct.map(async (log) => ({
        log,
        answer: await attempt(abortSignal, readErrorLog(logs, log, now, abortSignal)),
      })),
    );
    const faults = new Map<string, Outcome>();
    const events = new Array<LogEvent>();
    for (const { log, answer } of answers) {
      if (answer instanceof CannotTell) {
        faults.set(answer.message, undeterminedOutcome("error log", answer));
      } else if (answer === undefined) {
        faults.set(`${log.group}\n${log.stream}`, missingLogOutcome(log.group, log.stream));
      } else {
        events.push(...answer);
      }
    }
    const isAnyRead = answers.length > faults.size || events.length > 0;
    return [...faults.values(), ...(isAnyRead ? errorLogOutcomes(events, arn, now) : [])];
  }
}

function roleChecks(roles: readonly Role[], streams: readonly DeliveryStream[], buckets: readonly Bucket[]): Check[] {
  const keys = new Map(
    buckets.flatMap(({ name, encryption }) =>
      encryption === undefined || encryption instanceof CannotTell || encryption.keyArn?.startsWith("arn:") !== true
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

const isPresent = (text: string): boolean => text !== "";
