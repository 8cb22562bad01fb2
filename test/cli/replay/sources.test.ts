import { deliveryStream } from "../../../cli/aws/delivery-stream";
import type { StreamWithBackup } from "../../../cli/aws/find-streams";
import { holdsFailures } from "../../../cli/backup/objects";
import { assertCanReplay, replaySources } from "../../../cli/replay/sources";
import { failedKey } from "../../fixtures/failed-records";

interface StreamDescription {
  readonly processors?: readonly string[];
  readonly isProcessing?: boolean;
  readonly prefix?: string;
  readonly errorOutputPrefix?: string;
}

function streamOf({
  processors = [],
  isProcessing = true,
  prefix = "kloudfuse-logs-failures/",
  errorOutputPrefix,
}: StreamDescription): StreamWithBackup {
  const stream = deliveryStream("logs", {
    DeliveryStreamName: "kloudfuse-logs",
    DeliveryStreamARN: "arn:aws:firehose:us-east-1:123456789012:deliverystream/kloudfuse-logs",
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamType: "DirectPut",
    VersionId: "1",
    HasMoreDestinations: false,
    Destinations: [
      {
        DestinationId: "1",
        HttpEndpointDestinationDescription: {
          ProcessingConfiguration: {
            Enabled: isProcessing,
            Processors: processors.map((each) => ({ Type: each === "Lambda" ? "Lambda" : "Decompression" })),
          },
          S3DestinationDescription: {
            RoleARN: "",
            BucketARN: "arn:aws:s3:::backup",
            BufferingHints: {},
            CompressionFormat: "GZIP",
            EncryptionConfiguration: {},
            Prefix: prefix,
            ...(errorOutputPrefix === undefined ? {} : { ErrorOutputPrefix: errorOutputPrefix }),
          },
        },
      },
    ],
  });
  if (stream.destination === undefined) {
    throw new Error("The stream has an HTTP endpoint.");
  }
  return { ...stream, destination: stream.destination };
}

function withProcessors(processors: readonly string[]): StreamWithBackup {
  const stream = streamOf({});
  return { ...stream, destination: { ...stream.destination, processors } };
}

const TRANSFORMS =
  "kloudfuse-logs transforms its records (Lambda): most failed records in the backup are transformed already, and would be transformed again. Nothing was sent. Choose another stream with --signal, or pass --allow-transformed if its transformation leaves transformed records as they are.";

describe("a stream that records are resent to", () => {
  test("is a Direct PUT stream without a transformation", () => {
    expect(() => {
      assertCanReplay(streamOf({}), false);
    }).not.toThrow();
  });

  test("is no stream with a Lambda processor, unless it is allowed", () => {
    const stream = streamOf({ processors: ["Lambda"] });
    expect(() => {
      assertCanReplay(stream, false);
    }).toThrow(TRANSFORMS);
    expect(() => {
      assertCanReplay(stream, true);
    }).not.toThrow();
  });

  test("is no stream that decompresses CloudWatch Logs", () => {
    expect(() => {
      assertCanReplay(streamOf({ processors: ["Decompression"] }), false);
    }).toThrow("kloudfuse-logs transforms its records (Decompression)");
  });

  test("may have processors that are not enabled, or that leave the data as it is", () => {
    expect(() => {
      assertCanReplay(streamOf({ processors: ["Lambda"], isProcessing: false }), false);
      assertCanReplay(withProcessors(["MetadataExtraction", "RecordDeAggregation"]), false);
      assertCanReplay({ ...streamOf({}), type: "" }, false);
    }).not.toThrow();
  });

  test.each(["KinesisStreamAsSource", "MSKAsSource"])("is no stream of type %s, allowed or not", (type) => {
    for (const allowTransformed of [false, true]) {
      expect(() => {
        assertCanReplay({ ...streamOf({}), type }, allowTransformed);
      }).toThrow(
        `kloudfuse-logs reads from another stream (type ${type}): Firehose accepts records from its source only. Resend the records to that source, or choose another stream with --signal.`,
      );
    }
  });
});

describe("where failed records are", () => {
  const prefixes = (stream: StreamWithBackup, former: string | undefined): string[] =>
    replaySources(stream, former).map(({ destination: { backup } }) =>
      `${backup.prefix} ${backup.errorOutputPrefix}`.trim(),
    );

  test("is the stream's own prefix", () => {
    const stream = streamOf({});
    expect(replaySources(stream, undefined)).toEqual([stream]);
  });

  test("is under both prefixes for a former name, if the prefix has the name", () => {
    expect(prefixes(streamOf({}), "old")).toEqual(["kloudfuse-logs-failures/", "old-failures/"]);
    expect(prefixes(streamOf({ prefix: "p/", errorOutputPrefix: "errors/kloudfuse-logs/" }), "old")).toEqual([
      "p/ errors/kloudfuse-logs/",
      "p/ errors/old/",
    ]);
  });

  test("is under the one prefix for a former name, if the prefix has no name", () => {
    expect(prefixes(streamOf({ prefix: "failures/" }), "old")).toEqual(["failures/"]);
  });

  test("holds the keys of the former name, and not those of the present one", () => {
    const sources = replaySources(streamOf({}), "old");
    const isHeld = (key: string): boolean => sources.some((source) => holdsFailures(source, key));
    const present = failedKey("kloudfuse-logs", 1);
    expect(isHeld(failedKey("old", 1))).toBe(true);
    expect(isHeld(present.replace("/kloudfuse-logs-1-", "/old-1-"))).toBe(true);
    expect(isHeld(present)).toBe(false);
    expect(isHeld(failedKey("older", 1))).toBe(false);
  });
});
