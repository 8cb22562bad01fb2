import {
  DescribeDeliveryStreamCommand,
  type DeliveryStreamDescription,
  ListDeliveryStreamsCommand,
} from "@aws-sdk/client-firehose";
import { SIGNAL_NAMES, type SignalName, SIGNALS } from "../../modules/signals";
import { UndeterminedError, UnusableInput } from "../exit-codes";
import type { StreamNames } from "../options";
import { checkStreamNames } from "../stream-names";
import { call, isUndetermined } from "./call";
import type { AwsContext } from "./context";
import { type DeliveryStream, deliveryStream, type HttpDestination } from "./delivery-stream";

/** What the search for streams needs. */
export type FirehoseContext = Pick<AwsContext, "firehose">;

/** The result of the search for the stream of a signal: the stream, or the name that does not exist. */
export interface StreamLookup {
  readonly signal: SignalName;
  readonly name: string;
  readonly stream: DeliveryStream | undefined;
  /** False when the options name neither the stream nor its signal, and only the other stream is deployed. */
  readonly isRequired: boolean;
  /** Path of the fleet file that has the name; missing: it is an option, or the guide's. */
  readonly fleet?: string | undefined;
  /** If the stream does not exist, the names of the region's streams; undefined when AWS does not list them. */
  readonly othersInRegion?: readonly string[] | undefined;
}

/**
 * Finds the stream of each signal: by its name option, by the guide's name, or by the endpoint it delivers to.
 *
 * @throws UnusableInput when a name cannot be used, or several streams deliver to the endpoint
 */
export async function findStreams(context: FirehoseContext, options: StreamNames): Promise<StreamLookup[]> {
  checkStreamNames(options);
  const signals = options.signal === undefined ? SIGNAL_NAMES : [options.signal];
  const found = await Promise.all(signals.map((signal) => findStream(context, signal, options)));
  const isAnyFound = found.some(({ stream }) => stream !== undefined);
  const isAnyMissing = found.some(({ stream }) => stream === undefined);
  const othersInRegion = isAnyMissing ? await namesInRegion(context) : undefined;
  return found.map((each) => ({
    ...each,
    ...(each.stream === undefined ? { othersInRegion } : {}),
    ...(options.fleet === undefined ? {} : { fleet: options.fleet }),
    isRequired: !isAnyFound || options.signal !== undefined || nameOption(each.signal, options) !== undefined,
  }));
}

const nameOption = (signal: SignalName, { metricsStreamName, logsStreamName }: StreamNames): string | undefined =>
  signal === "metrics" ? metricsStreamName : logsStreamName;

async function findStream(
  context: FirehoseContext,
  signal: SignalName,
  options: StreamNames,
): Promise<Pick<StreamLookup, "signal" | "name" | "stream">> {
  const option = nameOption(signal, options);
  const name = option ?? SIGNALS[signal].streamName;
  const description =
    (await describeStream(context, name)) ?? (option === undefined ? await findByEndpoint(context, signal) : undefined);
  return description
    ? { signal, name: description.DeliveryStreamName ?? name, stream: deliveryStream(signal, description) }
    : { signal, name, stream: undefined };
}

/** Describes a stream; undefined if it does not exist. */
export async function describeStream(
  { firehose }: FirehoseContext,
  name: string,
): Promise<DeliveryStreamDescription | undefined> {
  const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName: name });
  const answer = await call("firehose:DescribeDeliveryStream", firehose.send(command));
  return answer?.DeliveryStreamDescription;
}

async function findByEndpoint(
  context: FirehoseContext,
  signal: SignalName,
): Promise<DeliveryStreamDescription | undefined> {
  const { endpointPath } = SIGNALS[signal];
  const found = new Array<DeliveryStreamDescription>();
  for await (const name of listStreamNames(context)) {
    // Sequentially: AWS allows five DescribeDeliveryStream requests a second for an account.
    const description = await describeStream(context, name);
    const url = description?.Destinations?.[0]?.HttpEndpointDestinationDescription?.EndpointConfiguration?.Url;
    if (description !== undefined && url?.endsWith(endpointPath) === true) {
      found.push(description);
    }
  }
  if (found.length > 1) {
    const names = found.map(({ DeliveryStreamName }) => DeliveryStreamName).join(", ");
    throw new UnusableInput(
      `--${signal}-stream-name is required: several streams deliver to ${endpointPath}. Choose one of ${names}.`,
    );
  }
  return found[0];
}

/** The names of the streams of a region. @throws UndeterminedError when AWS does not list them */
export async function* listStreamNames({ firehose }: FirehoseContext): AsyncGenerator<string> {
  let last: string | undefined;
  let hasMore = true;
  while (hasMore) {
    const command = new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName: last });
    const page = await call("firehose:ListDeliveryStreams", firehose.send(command));
    const names = page?.DeliveryStreamNames ?? [];
    yield* names;
    last = names.at(-1);
    hasMore = page?.HasMoreDeliveryStreams === true && last !== undefined;
  }
}

async function namesInRegion(context: FirehoseContext): Promise<string[] | undefined> {
  const names = new Array<string>();
  try {
    for await (const name of listStreamNames(context)) {
      names.push(name);
    }
  } catch (error) {
    // The names only help to find a wrong region or name.
    if (isUndetermined(error)) {
      return undefined;
    }
    throw error;
  }
  return names;
}

const MAX_NAMES = 10;

/**
 * The streams that a region has, for the message that another one does not exist; empty if they are not known.
 *
 * @param separator precedes the text, unless it is empty
 */
export function otherStreamsText(names: readonly string[] | undefined, separator = ""): string {
  if (names === undefined) {
    return "";
  }
  const rest = names.length - MAX_NAMES;
  const shown = [...names.slice(0, MAX_NAMES), ...(rest > 0 ? [`${rest} more`] : [])];
  const text =
    names.length === 0
      ? "the region has no delivery stream"
      : `${names.length === 1 ? "the only stream is" : "the streams are"} ${shown.join(", ")}`;
  return `${separator}${text}`;
}

/** A stream with an HTTP endpoint, and therefore with a backup of failed records. */
export interface StreamWithBackup extends DeliveryStream {
  readonly destination: HttpDestination;
}

/**
 * The streams with a backup; a signal that is neither required nor deployed is left out.
 *
 * @throws UndeterminedError when a required stream does not exist, or a stream has no HTTP endpoint
 */
export async function streamsWithBackup(context: AwsContext, names: StreamNames): Promise<StreamWithBackup[]> {
  const found = await findStreams(context, names);
  const required = found.filter(({ stream, isRequired }) => stream !== undefined || isRequired);
  return required.map(({ signal, name, stream, othersInRegion, fleet }) => {
    if (stream === undefined) {
      const advice =
        fleet === undefined
          ? `Name it with --${signal}-stream-name, its region with --region, or choose only the other stream with --signal.`
          : `Deploy the stack, or correct ${signal}_stream_name in ${fleet}.`;
      throw new UndeterminedError(
        `There is no delivery stream ${name} in ${context.region}${otherStreamsText(othersInRegion, ": ")}. ${advice}`,
      );
    }
    if (stream.destination === undefined) {
      const advice =
        fleet === undefined
          ? `Choose another stream with --${signal}-stream-name.`
          : `Correct ${signal}_stream_name in ${fleet}.`;
      throw new UndeterminedError(`${name} has no HTTP endpoint. ${advice}`);
    }
    return { ...stream, destination: stream.destination };
  });
}
