import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { devNull } from "node:os";
import { failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { readBody, stopServer } from "../../helpers/http-server";
import { FakeFirehose, type FakeStream } from "./fake-firehose";
import type { FakeResponse } from "./fake-response";
import { FakeS3 } from "./fake-s3";
import { respondAsSts } from "./fake-sts";
import type { EnvironmentVariables } from "./run";

/**
 * Firehose, S3 and STS as far as `replay` and `failures` call them, in memory: quick enough to measure the command, and able to count
 * every record that was accepted.
 */
export class FakeAws {
  public static readonly bucket = "kloudfuse-backup";
  public readonly s3 = new FakeS3();

  private constructor(
    private readonly server: Server,
    private readonly endpoint: string,
    public readonly firehose: FakeFirehose,
  ) {}

  /** @param isCounting only counts records, which takes less time than to decode them */
  public static async start(streams: readonly Omit<FakeStream, "bucket">[], isCounting = false): Promise<FakeAws> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("The fake of AWS listens at no port.");
    }
    const firehose = new FakeFirehose(
      streams.map((stream) => ({ ...stream, bucket: FakeAws.bucket })),
      isCounting,
    );
    const fake = new FakeAws(server, `http://127.0.0.1:${address.port}`, firehose);
    server.on("request", (incoming: IncomingMessage, outgoing) => {
      fake.respond(incoming).then(
        (response) => {
          write(response, outgoing);
        },
        () => outgoing.destroy(),
      );
    });
    return fake;
  }

  /** The environment in which a command works on the fake and on nothing else. */
  public get environment(): EnvironmentVariables {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "123456789012",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  /** Puts objects of so many failed records of a stream into the bucket. @returns the number of all records */
  public fill(stream: string, objects: number, records: number): number {
    for (let object = 0; object < objects; object++) {
      const lines = Array.from({ length: records }, (_, index) => failedLine(`record ${object} ${index}`));
      this.s3.put(failedKey(stream, object), gzipObject(lines));
    }
    return objects * records;
  }

  /** How many different records were accepted, and how many more than once. */
  public counts(): { readonly accepted: number; readonly repeated: number } {
    const { accepted, acceptedRecords } = this.firehose;
    return { accepted: accepted.size, repeated: acceptedRecords - accepted.size };
  }

  public async stop(): Promise<void> {
    await stopServer(this.server);
  }

  private async respond(incoming: IncomingMessage): Promise<FakeResponse> {
    const body = await readBody(incoming);
    const { method = "GET", url = "/", headers } = incoming;
    const target = headers["x-amz-target"];
    if (typeof target === "string") {
      return await this.firehose.respond(target.slice(target.lastIndexOf(".") + 1), body);
    }
    if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
      return respondAsSts(body, headers.authorization ?? "");
    }
    const { pathname, searchParams: query } = new URL(url, "http://s3");
    const key = decodeURIComponent(pathname).slice(FakeAws.bucket.length + 2);
    return await this.s3.respond({ method, key, query, ifMatch: headers["if-match"], body });
  }
}

function write({ status, type, body, headers, cutAt }: FakeResponse, outgoing: ServerResponse): void {
  outgoing.writeHead(status, {
    "content-type": type,
    "content-length": body.length,
    "x-amzn-requestid": "fake",
    ...headers,
  });
  if (cutAt === undefined) {
    outgoing.end(body);
  } else {
    outgoing.write(body.subarray(0, cutAt), () => outgoing.destroy());
  }
}
