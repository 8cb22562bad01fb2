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
import { attempt, notTold } from "./attempt";
import { type Bucket, bucketOutcomes } from "./bucket";
import { configurationOutcomes } from "./configuration";
import { errorLogOutcomes, type LogEvent, missingLogOutcome } from "./error-log";
import { metricOutcomes } from "./metrics";
import { needsOf } from "./needs";
import { progressOn } from "./progress";
import { readBucket } from "./read-bucket";
import { readErrorLog } from "./read-error-log";
import { readMetrics } from "./read-metrics";
import { readRole } from "./read-role";
import { type Role, roleOutcomes } from "./role";
import { statusOutcome } from "./status";
import { untilMade } from "./wait";

export interface VerifyOptions extends StreamOptions {
  readonly format: Format;
  readonly wait: boolean;
  readonly timeout: string;
}

/**
 * Checks the streams and all they depend on, and says how the command ends.
 *
 * @throws UnusableInput when an option cannot be used
 * @throws CannotTell when AWS does not describe the streams
 */
export async function verify(options: VerifyOptions): Promise<number> {
  const timeoutSeconds = wholeNumber("--timeout", options.timeout, 1, 3600);
  const abortSignal = interruption();
  const firehose = new FirehoseClient(clientSettings(options));
  const found = await findStreams(firehose, options, abortSignal);
  const made = options.wait
    ? await untilMade(firehose, found, timeoutSeconds, abortSignal, progressOn(process.stderr))
    : found;
  const region = await firehose.config.region();
  const checks = await new Verification({ ...options, region }, region, abortSignal).checks(made);
  printChecks(checks, options.format);
  return exitCodeOf(checks);
}

/** One look at everything that the streams depend on, all side by side. */
class Verification {
  private readonly now = new Date();
  private readonly iam: IAMClient;
  private readonly s3: S3Client;
  private readonly cloudWatch: CloudWatchClient;
  private readonly logs: CloudWatchLogsClient;

  public constructor(
    options: AwsOptions,
    private readonly region: string,
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
      Promise.all([...roleArns].filter(isGiven).map((arn) => readRole(iam, arn, abortSignal))),
      Promise.all([...bucketNames].filter(isGiven).map((name) => readBucket(s3, name, abortSignal))),
    ]);
    return [...streamChecks.flat(), ...roleChecks(roles, streams, buckets), ...bucketChecks(buckets, this.region)];
  }

  private async streamChecks(found: Found, streams: readonly DeliveryStream[]): Promise<Check[]> {
    const { name, stream } = found;
    const status = statusOutcome(found, this.region);
    if (stream?.destination === undefined) {
      return checksOf(name, [status, ...(stream === undefined ? [] : configurationOutcomes(stream, streams))]);
    }
    const [metrics, errors] = await Promise.all([this.metrics(stream), this.errors(stream)]);
    return checksOf(name, [status, ...configurationOutcomes(stream, streams), ...metrics, ...errors]);
  }

  private async metrics(stream: DeliveryStream): Promise<Outcome[]> {
    const { cloudWatch, now, abortSignal } = this;
    const metrics = await attempt(abortSignal, readMetrics(cloudWatch, stream.name, now, abortSignal));
    if (metrics instanceof CannotTell) {
      return [notTold("metrics", metrics)];
    }
    return stream.destination === undefined ? [] : metricOutcomes(stream, stream.destination, metrics);
  }

  private async errors({ arn, destination }: DeliveryStream): Promise<Outcome[]> {
    const { logs, now, abortSignal } = this;
    // Both legs may write to the same log.
    const named = [destination?.errorLog, destination?.backup.errorLog].filter((log) => log !== undefined);
    const distinct = [...new Map(named.map((log) => [`${log.group}\n${log.stream}`, log])).values()];
    const answers = await Promise.all(
      distinct.map(async (log) => ({
        log,
        answer: await attempt(abortSignal, readErrorLog(logs, log, now, abortSignal)),
      })),
    );
    const troubles = new Map<string, Outcome>();
    const events = new Array<LogEvent>();
    for (const { log, answer } of answers) {
      if (answer instanceof CannotTell) {
        troubles.set(answer.message, notTold("error log", answer));
      } else if (answer === undefined) {
        troubles.set(`${log.group}\n${log.stream}`, missingLogOutcome(log.group, log.stream));
      } else {
        events.push(...answer);
      }
    }
    const told = answers.length > troubles.size || events.length > 0;
    return [...troubles.values(), ...(told ? errorLogOutcomes(events, arn, now) : [])];
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
  const [home] = streams;
  return home === undefined
    ? []
    : roles.flatMap((role) =>
        checksOf(
          `role ${role.arn.split("/").at(-1) ?? role.arn}`,
          roleOutcomes(role, needsOf(role.arn, streams, keys), home),
        ),
      );
}

const bucketChecks = (buckets: readonly Bucket[], region: string): Check[] =>
  buckets.flatMap((bucket) => checksOf(`bucket ${bucket.name}`, bucketOutcomes(bucket, region)));

const checksOf = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));

const isGiven = (text: string): boolean => text !== "";
