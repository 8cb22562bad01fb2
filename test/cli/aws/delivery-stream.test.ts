import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { deliveryStream } from "../../../cli/aws/delivery-stream";

const DESCRIPTION: DeliveryStreamDescription = {
  DeliveryStreamName: "kloudfuse-logs",
  DeliveryStreamARN: "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
  DeliveryStreamStatus: "ACTIVE",
  DeliveryStreamType: "DirectPut",
  VersionId: "1",
  HasMoreDestinations: false,
  Destinations: [
    {
      DestinationId: "1",
      HttpEndpointDestinationDescription: {
        EndpointConfiguration: { Url: "https://kfuse.example.com/ingester/kinesis/logs", Name: "n" },
        S3BackupMode: "FailedDataOnly",
        S3DestinationDescription: {
          BucketARN: "arn:aws-cn:s3:::backup",
          RoleARN: "role",
          Prefix: "p/",
          BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 },
          CompressionFormat: "GZIP",
          EncryptionConfiguration: {},
        },
      },
    },
  ],
};
const [DESTINATION] = DESCRIPTION.Destinations ?? [];

describe("a delivery stream as AWS describes it", () => {
  test("has its place from its ARN, and its bucket by name", () => {
    expect(deliveryStream("logs", DESCRIPTION)).toMatchObject({
      signal: "logs",
      partition: "aws-cn",
      region: "cn-north-1",
      accountId: "123456789012",
      sourceArn: undefined,
      encryption: "DISABLED",
      destination: {
        processors: [],
        backup: {
          bucket: "backup",
          prefix: "p/",
          errorOutputPrefix: "",
          bufferingSizeMb: 64,
          bufferingIntervalSeconds: 900,
        },
      },
    });
  });

  test.each([
    [{ KinesisStreamSourceDescription: { KinesisStreamARN: "kinesis" } }, "kinesis"],
    [{ MSKSourceDescription: { MSKClusterARN: "msk" } }, "msk"],
    [{ DirectPutSourceDescription: {} }, undefined],
  ])("has its source: %j", (Source, sourceArn) => {
    expect(deliveryStream("logs", { ...DESCRIPTION, Source }).sourceArn).toBe(sourceArn);
  });

  test.each([
    [
      { Enabled: true, Processors: [{ Type: "Lambda" }, { Type: "Decompression" }] } as const,
      ["Lambda", "Decompression"],
    ],
    [{ Enabled: false, Processors: [{ Type: "Lambda" }] } as const, []],
    [{ Enabled: true }, []],
    [undefined, []],
  ])("has the processors that are enabled: %j", (configuration, processors) => {
    const http = DESTINATION?.HttpEndpointDestinationDescription;
    const described = deliveryStream("logs", {
      ...DESCRIPTION,
      Destinations: [
        {
          DestinationId: "1",
          HttpEndpointDestinationDescription: {
            ...http,
            ...(configuration === undefined
              ? {}
              : {
                  ProcessingConfiguration: {
                    ...configuration,
                    Processors: [...("Processors" in configuration ? configuration.Processors : [])],
                  },
                }),
          },
        },
      ],
    });
    expect(described.destination?.processors).toEqual(processors);
  });

  test("has no destination where it delivers to anything but an HTTP endpoint", () => {
    expect(
      deliveryStream("logs", { ...DESCRIPTION, Destinations: [{ DestinationId: "1" }] }).destination,
    ).toBeUndefined();
  });
});
