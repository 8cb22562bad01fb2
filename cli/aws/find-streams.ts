import {
  DescribeDeliveryStreamCommand,
  type DeliveryStreamDescription,
  type FirehoseClient,
  ListDeliveryStreamsCommand,
} from "@aws-sdk/client-firehose";
import { SIGNALS } from "../../modules/signals";
import { CannotTell, UnusableInput } from "../exit-codes";
import { SIGNAL_NAMES, type SignalName, type StreamOptions } from "../options";
import { call } from "./call";
import { type DeliveryStream, deliveryStream, type HttpDestination } from "./delivery-stream";

/** The stream of a signal, or the name under which there is none. */
export interface Found {
  readonly signal: SignalName;
  readonly name: string;
  readonly stream: DeliveryStream | undefined;
  /** False when nobody asked for this signal and only the other one is deployed. */
  readonly isRequired: boolean;
}

/** Finds the stream of each signal: by the name given, by the guide's name, or by the endpoint it delivers to. */
export async function findStreams(
  firehose: FirehoseClient,
  options: StreamOptions,
  abortSignal: AbortSignal,
): Promise<Found[]> {
  const signals = options.signal === undefined ? SIGNAL_NAMES : [options.signal];
  const found = await Promise.all(signals.map((signal) => find(firehose, signal, options, abortSignal)));
  const isAnyFound = found.some(({ stream }) => stream !== undefined);
  return found.map((each) => ({
    ...each,
    isRequired: !isAnyFound || options.signal !== undefined || nameOption(each.signal, options) !== undefined,
  }));
}

const nameOption = (signal: SignalName, { metricsStreamName, logsStreamName }: StreamOptions): string | undefined =>
  signal === "metrics" ? metricsStreamName : logsStreamName;

async function find(
  firehose: FirehoseClient,
  signal: SignalName,
  options: StreamOptions,
  abortSignal: AbortSignal,
): Promise<Omit<Found, "isRequired">> {
  const given = nameOption(signal, options);
  const name = given ?? SIGNALS[signal].streamName;
  const description =
    (await describe(firehose, name, abortSignal)) ??
    (given === undefined ? await byEndpoint(firehose, signal, abortSignal) : undefined);
  return description
    ? { signal, name: description.DeliveryStreamName ?? name, stream: deliveryStream(signal, description) }
    : { signal, name, stream: undefined };
}

/** A stream as it is now, undefined where there is none of this name. */
export async function describe(
  firehose: FirehoseClient,
  name: string,
  abortSignal: AbortSignal,
): Promise<DeliveryStreamDescription | undefined> {
  const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName: name });
  const answer = await call("firehose:DescribeDeliveryStream", firehose.send(command, { abortSignal }));
  return answer?.DeliveryStreamDescription;
}

async function byEndpoint(
  firehose: FirehoseClient,
  signal: SignalName,
  abortSignal: AbortSignal,
): Promise<DeliveryStreamDescription | undefined> {
  const { endpointPath } = SIGNALS[signal];
  const found = new Array<DeliveryStreamDescription>();
  for await (const name of streamNames(firehose, abortSignal)) {
    // One by one: AWS describes five streams a second for an account.
    const description = await describe(firehose, name, abortSignal);
    const url = description?.Destinations?.[0]?.HttpEndpointDestinationDescription?.EndpointConfiguration?.Url;
    if (description !== undefined && url?.endsWith(endpointPath) === true) {
      found.push(description);
    }
  }
  if (found.length > 1) {
    const names = found.map(({ DeliveryStreamName }) => DeliveryStreamName).join(", ");
    throw new UnusableInput(
      `--${signal}-stream-name must say which stream is meant: ${names} all deliver to ${endpointPath}.`,
    );
  }
  return found[0];
}

async function* streamNames(firehose: FirehoseClient, abortSignal: AbortSignal): AsyncGenerator<string> {
  let last: string | undefined;
  let hasMore = true;
  while (hasMore) {
    const command = new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName: last });
    const page = await call("firehose:ListDeliveryStreams", firehose.send(command, { abortSignal }));
    const names = page?.DeliveryStreamNames ?? [];
    yield* names;
    last = names.at(-1);
    hasMore = page?.HasMoreDeliveryStreams === true && last !== undefined;
  }
}

/** A stream that backs up what its HTTP endpoint does not take. */
export interface StreamWithBackup extends DeliveryStream {
  readonly destination: HttpDestination;
}

/**
 * The streams whose backup can be read, without a signal that is not deployed.
 *
 * @throws CannotTell when one that is asked for does not exist, or one has no HTTP endpoint
 */
export async function streamsWithBackup(
  firehose: FirehoseClient,
  options: StreamOptions,
  abortSignal: AbortSignal,
): Promise<StreamWithBackup[]> {
  const found = await findStreams(firehose, options, abortSignal);
  const required = found.filter(({ stream, isRequired }) => stream !== undefined || isRequired);
  return required.map(({ signal, name, stream }) => {
    if (stream === undefined) {
      throw new CannotTell(
        `There is no delivery stream ${name} in this region. Give its name with --${signal}-stream-name, its region with --region, or only the other stream with --signal.`,
      );
    }
    if (stream.destination === undefined) {
      throw new CannotTell(`${name} delivers to no HTTP endpoint. Give another stream with --${signal}-stream-name.`);
    }
    return { ...stream, destination: stream.destination };
  });
}
