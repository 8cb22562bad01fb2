import type { AccessKey } from "../../cli/probe/access-key";
import type { ProbeContext } from "../../cli/probe/options";
import type { ProbeTarget } from "../../cli/probe/target";

/** The target of the documented logs stream, but for some fields. */
export const targetWith = (fields: Partial<ProbeTarget> = {}): ProbeTarget => ({
  subject: "kloudfuse-logs",
  signal: "logs",
  url: new URL("https://kfuse.example.com/ingester/kinesis/logs"),
  sourceArn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
  contentEncoding: "GZIP",
  commonAttributes: {},
  secretArn: undefined,
  ...fields,
});

/** A key that the stream sends; undefined: it sends none. */
export const accessKeyOf = (value: string | undefined): AccessKey => ({
  value,
  isKnown: true,
  outcome: { name: "access key", verdict: "ok", found: "from the test", remedy: "" },
});

export const probeContext = (fields: Partial<ProbeContext> = {}): ProbeContext => ({
  timeoutMs: 5000,
  authorities: undefined,
  abortSignal: new AbortController().signal,
  ...fields,
});
