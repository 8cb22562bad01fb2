/** What the guide fixes for one kind of telemetry. */
export interface Signal {
  /** The delivery stream's name, and the endpoint's name, unless the user chooses another. */
  readonly streamName: string;
  /** Path of Kloudfuse's ingestion endpoint on the ingester host. */
  readonly endpointPath: string;
  /** Prefix in the backup bucket of what could not be delivered. */
  readonly failurePrefix: string;
}

/**
 * The two signals that Kloudfuse takes from Firehose.
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
