/** What the guide defines for one kind of telemetry. */
export interface Signal {
  /** Default name of the delivery stream and of its endpoint. */
  readonly streamName: string;
  /** Path of Kloudfuse's ingestion endpoint on the ingester host. */
  readonly endpointPath: string;
  /** Prefix of failed records in the backup bucket. */
  readonly failurePrefix: string;
}

/**
 * The two signals that Kloudfuse receives from Firehose.
 *
 * Source: Kloudfuse's guide, "Configure AWS Kinesis Firehose for Kloudfuse", steps 2 and 3.
 */
export const SIGNALS = {
  metrics: {
    streamName: "kloudfuse-metrics",
    endpointPath: "/ingester/kinesis/metrics",
    failurePrefix: "kloudfuse-metrics-failures/",
  },
  logs: {
    streamName: "kloudfuse-logs",
    endpointPath: "/ingester/kinesis/logs",
    failurePrefix: "kloudfuse-logs-failures/",
  },
} as const satisfies Record<string, Signal>;

/** Name of a signal. */
export type SignalName = keyof typeof SIGNALS;

/** Both signals, in the order in which they are documented. */
export const SIGNAL_NAMES = ["metrics", "logs"] as const satisfies readonly SignalName[];
