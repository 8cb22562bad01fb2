import { type FakeError, type FakeResponse, jsonResponse } from "./fake-response";
import { Json } from "./json";

/** The response of PutRecordBatch for one record: accepted, or an error. */
export type RecordResult = "accepted" | { readonly errorCode: string; readonly errorMessage: string };

/** A delivery stream of the fake. */
export interface FakeStream {
  readonly name: string;
  readonly bucket: string;
  readonly prefix?: string;
  readonly type?: string;
  /** Types of its processors, such as `Lambda`. */
  readonly processors?: readonly string[];
}

const DATA = Buffer.from('"Data":');

/** Firehose in memory: it accepts records, and counts each of them. */
export class FakeFirehose {
  /** How often each record was accepted, by its data. Empty when records are only counted. */
  public readonly accepted = new Map<string, number>();
  public acceptedRecords = 0;
  /** Requests of PutRecordBatch, those that failed included. */
  public putRequests = 0;
  /** Is called with the number of each PutRecordBatch, from 1, before it is answered. */
  public beforePut: (request: number) => Promise<FakeError | undefined> = () => Promise.resolve(undefined);
  /** Is called after the records are accepted, before the response is sent. */
  public beforeResponse: (request: number) => Promise<void> = () => Promise.resolve();
  public resultOf: (data: string) => RecordResult = () => "accepted";

  /** @param isCounting only counts records, which takes less time than to decode them */
  public constructor(
    private readonly streams: readonly FakeStream[],
    private readonly isCounting: boolean,
  ) {}

  public async respond(action: string, body: Buffer): Promise<FakeResponse> {
    if (action === "PutRecordBatch") {
      return await this.putRecordBatch(body);
    }
    if (action === "ListDeliveryStreams") {
      return jsonResponse(200, {
        DeliveryStreamNames: this.streams.map(({ name }) => name),
        HasMoreDeliveryStreams: false,
      });
    }
    const name = Json.parse(body.toString()).at("DeliveryStreamName").text;
    const stream = this.streams.find((each) => each.name === name);
    return stream === undefined
      ? jsonResponse(400, { __type: "ResourceNotFoundException", message: "There is no such stream." })
      : jsonResponse(200, { DeliveryStreamDescription: description(stream) });
  }

  private async putRecordBatch(body: Buffer): Promise<FakeResponse> {
    this.putRequests += 1;
    const request = this.putRequests;
    const error = await this.beforePut(request);
    if (error !== undefined) {
      return jsonResponse(error.status, { __type: error.code, message: error.message ?? "from the fake" });
    }
    const response = this.isCounting ? this.count(body) : this.accept(body);
    await this.beforeResponse(request);
    return response;
  }

  private count(body: Buffer): FakeResponse {
    let records = 0;
    for (let at = body.indexOf(DATA); at !== -1; at = body.indexOf(DATA, at + DATA.length)) {
      records += 1;
    }
    this.acceptedRecords += records;
    return jsonResponse(200, {
      FailedPutCount: 0,
      RequestResponses: Array.from({ length: records }, () => ({ RecordId: "1" })),
    });
  }

  private accept(body: Buffer): FakeResponse {
    const records = Json.parse(body.toString()).at("Records").list;
    const responses = records.map((record, index) => {
      const data = Buffer.from(record.at("Data").text, "base64").toString();
      const result = this.resultOf(data);
      if (result !== "accepted") {
        return { ErrorCode: result.errorCode, ErrorMessage: result.errorMessage };
      }
      this.acceptedRecords += 1;
      this.accepted.set(data, (this.accepted.get(data) ?? 0) + 1);
      return { RecordId: String(index) };
    });
    return jsonResponse(200, {
      FailedPutCount: responses.filter((response) => "ErrorCode" in response).length,
      RequestResponses: responses,
    });
  }
}

function description({ name, bucket, prefix, type = "DirectPut", processors = [] }: FakeStream): object {
  const signal = name.includes("metrics") ? "metrics" : "logs";
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: `arn:aws:firehose:us-east-1:123456789012:deliverystream/${name}`,
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamType: type,
    Destinations: [
      {
        HttpEndpointDestinationDescription: {
          EndpointConfiguration: { Url: `https://kfuse.example.com/ingester/kinesis/${signal}`, Name: name },
          S3BackupMode: "FailedDataOnly",
          ProcessingConfiguration: {
            Enabled: processors.length > 0,
            Processors: processors.map((Type) => ({ Type })),
          },
          S3DestinationDescription: {
            BucketARN: `arn:aws:s3:::${bucket}`,
            Prefix: prefix ?? `${name}-failures/`,
            CompressionFormat: "GZIP",
          },
        },
      },
    ],
  };
}
