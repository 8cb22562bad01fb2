import { FirehoseClient } from "@aws-sdk/client-firehose";
import { SIGNALS } from "../../modules/signals";
import { findStreams, type Found } from "../aws/find-streams";
import { clientSettings } from "../aws/settings";
import { type Check, problem } from "../checks/check";
import { SIGNAL_NAMES, type SignalName, type StreamOptions } from "../options";
import { endpointOf, nameOf } from "./endpoint";
import { quoted } from "./secrecy";

/** Where a stream delivers to, and how. */
export interface Target {
  /** Of the checks: the stream, or the URL where no stream was looked at. */
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
  readonly targets: readonly Target[];
  /** What is wrong with streams that deliver nowhere. */
  readonly checks: readonly Check[];
}

/** What the guide sets up for a host, without asking AWS. @throws UnusableInput when it is no host */
export function documentedTargets(host: string, options: StreamOptions): Targets {
  const endpoint = nameOf(endpointOf(host));
  const signals = options.signal === undefined ? SIGNAL_NAMES : [options.signal];
  const targets = signals.map((signal): Target => {
    const given = signal === "metrics" ? options.metricsStreamName : options.logsStreamName;
    const url = new URL(`https://${endpoint}${SIGNALS[signal].endpointPath}`);
    return {
      subject: url.href,
      signal,
      url,
      sourceArn: `arn:aws:firehose:us-east-1:000000000000:deliverystream/${given ?? SIGNALS[signal].streamName}`,
      contentEncoding: "GZIP",
      commonAttributes: {},
      secretArn: undefined,
    };
  });
  return { targets, checks: [] };
}

/** Where the streams deliver to. @throws CannotTell when AWS does not answer */
export async function streamTargets(options: StreamOptions, abortSignal: AbortSignal): Promise<Targets> {
  const firehose = new FirehoseClient(clientSettings(options));
  try {
    const found = await findStreams(firehose, options, abortSignal);
    const sorted = found.filter(({ stream, isRequired }) => stream !== undefined || isRequired).map(targetOf);
    return {
      targets: sorted.flatMap((one) => ("url" in one ? [one] : [])),
      checks: sorted.flatMap((one) => ("url" in one ? [] : [one])),
    };
  } finally {
    firehose.destroy();
  }
}

function targetOf({ signal, name, stream }: Found): Target | Check {
  if (stream === undefined) {
    const remedy = `Create the stream, or name another one with --${signal}-stream-name, --region and --profile.`;
    return { subject: name, ...problem("stream", "There is no such stream in this account and region.", remedy) };
  }
  const { destination } = stream;
  if (destination === undefined) {
    const remedy = `Give it Kloudfuse's endpoint as its destination, or name another one with --${signal}-stream-name.`;
    return { subject: name, ...problem("stream", "The stream delivers to no HTTP endpoint.", remedy) };
  }
  if (!URL.canParse(destination.url) || !destination.url.startsWith("https://")) {
    const remedy = `Set it to https://<ingester>${SIGNALS[signal].endpointPath}.`;
    return {
      subject: name,
      ...problem("stream", `Its URL is no https:// URL: ${quoted(destination.url, [])}.`, remedy),
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
