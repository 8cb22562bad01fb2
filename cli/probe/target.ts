import { SIGNAL_NAMES, type SignalName, SIGNALS } from "../../modules/signals";
import { accountOf } from "../aws/account";
import { awsContext } from "../aws/context";
import { findStreams, otherStreamsText, type StreamLookup } from "../aws/find-streams";
import { type Check, problem } from "../checks/check";
import type { StreamOptions } from "../options";
import { checkStreamNames } from "../stream-names";
import { parseEndpoint, endpointName } from "./endpoint";
import { quotedWithoutSecrets } from "./secrecy";

/** Where a stream delivers to, and how. */
export interface ProbeTarget {
  /** The subject of the checks: the stream, or the URL if no stream was read. */
  readonly subject: string;
  readonly signal: SignalName;
  readonly url: URL;
  readonly sourceArn: string;
  /** `GZIP` or `NONE`. */
  readonly contentEncoding: string;
  readonly commonAttributes: Readonly<Record<string, string>>;
  /** ARN of the secret that holds the access key, where one is used. */
  readonly secretArn: string | undefined;
}

export interface Targets {
  readonly targets: readonly ProbeTarget[];
  /** Problems of streams that have no endpoint to test. */
  readonly checks: readonly Check[];
  /** Undefined if AWS was not called, or did not answer. */
  readonly accountId: string | undefined;
  /** Empty if AWS was not called. */
  readonly regions: readonly string[];
}

/**
 * The targets that the guide documents for a host; does not call AWS.
 *
 * @throws UnusableInput when the host or a name is invalid
 */
export function documentedTargets(host: string, options: StreamOptions): Targets {
  checkStreamNames(options);
  const endpoint = endpointName(parseEndpoint(host));
  const signals = options.signal === undefined ? SIGNAL_NAMES : [options.signal];
  const targets = signals.map((signal): ProbeTarget => {
    const nameOption = signal === "metrics" ? options.metricsStreamName : options.logsStreamName;
    const url = new URL(`https://${endpoint}${SIGNALS[signal].endpointPath}`);
    return {
      subject: url.href,
      signal,
      url,
      sourceArn: `arn:aws:firehose:us-east-1:000000000000:deliverystream/${nameOption ?? SIGNALS[signal].streamName}`,
      contentEncoding: "GZIP",
      commonAttributes: {},
      secretArn: undefined,
    };
  });
  return { targets, checks: [], accountId: undefined, regions: [] };
}

/** Where the streams deliver to. @throws UndeterminedError when AWS does not answer */
export async function streamTargets(options: StreamOptions, abortSignal: AbortSignal): Promise<Targets> {
  const context = await awsContext(options, abortSignal);
  try {
    const found = await findStreams(context, options);
    const required = found.filter(({ stream, isRequired }) => stream !== undefined || isRequired);
    const results = required.map((each) => targetOf(each, context.region));
    return {
      targets: results.flatMap((result) => ("url" in result ? [result] : [])),
      checks: results.flatMap((result) => ("url" in result ? [] : [{ region: context.region, ...result }])),
      accountId: await accountOf(context, found),
      regions: [context.region],
    };
  } finally {
    context.firehose.destroy();
  }
}

function targetOf({ signal, name, stream, othersInRegion }: StreamLookup, region: string): ProbeTarget | Check {
  if (stream === undefined) {
    const remedy = `Deploy the stream, or choose another one with --${signal}-stream-name, --region or --profile.`;
    const found = `There is no such stream in ${region}${otherStreamsText(othersInRegion, "; ")}.`;
    return { subject: name, ...problem("stream", found, remedy) };
  }
  const { destination } = stream;
  if (destination === undefined) {
    const remedy = `Configure Kloudfuse's endpoint as its destination, or choose another stream with --${signal}-stream-name.`;
    return { subject: name, ...problem("stream", "The stream delivers to no HTTP endpoint.", remedy) };
  }
  if (!URL.canParse(destination.url) || !destination.url.startsWith("https://")) {
    const remedy = `Set it to https://<ingester>${SIGNALS[signal].endpointPath}.`;
    return {
      subject: name,
      ...problem("stream", `Its URL is not an https:// URL: ${quotedWithoutSecrets(destination.url, [])}.`, remedy),
    };
  }
  const { url, contentEncoding, commonAttributes, secretArn } = destination;
  return {
    subject: name,
    signal,
    url: new URL(url),
    sourceArn: stream.arn,
    contentEncoding,
    commonAttributes,
    secretArn,
  };
}
