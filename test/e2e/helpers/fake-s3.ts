import { createHash } from "node:crypto";
import { type FakeError, type FakeResponse, xmlResponse } from "./fake-response";

/** A request as it came from a client. */
export interface S3Request {
  readonly method: string;
  /** Decoded, without the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly ifMatch: string | undefined;
  readonly body: Buffer;
}

interface FakeObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
  tags: Readonly<Record<string, string>>;
}

const PAGE = 1000;

/** A bucket in memory, as far as `replay` calls S3. */
export class FakeS3 {
  /** Is called with each request, such as `GET key` or `PUT key?tagging`, before it is answered. */
  public before: (request: string) => Promise<FakeError | undefined> = () => Promise.resolve(undefined);
  /** Is called with the response to `GET key`. */
  public changeObject: (key: string, response: FakeResponse) => FakeResponse = (_, response) => response;

  private readonly objects = new Map<string, FakeObject>();

  public put(key: string, body: Buffer | string): void {
    const bytes = Buffer.from(body);
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    this.objects.set(key, { body: bytes, etag, modified: new Date(), tags: {} });
  }

  public delete(key: string): void {
    this.objects.delete(key);
  }

  public get keys(): readonly string[] {
    return [...this.objects.keys()].sort();
  }

  public tagsOf(key: string): Readonly<Record<string, string>> {
    return this.objects.get(key)?.tags ?? {};
  }

  public tag(key: string, tags: Readonly<Record<string, string>>): void {
    const object = this.objects.get(key);
    if (object !== undefined) {
      object.tags = tags;
    }
  }

  /** Removes the tags of every object. */
  public untag(): void {
    for (const key of this.objects.keys()) {
      this.tag(key, {});
    }
  }

  public async respond(request: S3Request): Promise<FakeResponse> {
    const { method, key, query } = request;
    const error = await this.before(`${method} ${key}${query.has("tagging") ? "?tagging" : ""}`);
    if (error !== undefined) {
      return errorResponse(error);
    }
    if (query.has("list-type")) {
      return this.list(query.get("prefix") ?? "", query.get("continuation-token") ?? "");
    }
    const object = this.objects.get(key);
    if (object === undefined) {
      return errorResponse({ status: 404, code: "NoSuchKey" });
    }
    return query.has("tagging") ? taggingResponse(request, object) : this.objectResponse(request, object);
  }

  private objectResponse({ method, key, ifMatch }: S3Request, { etag, body, tags }: FakeObject): FakeResponse {
    if (method === "DELETE") {
      this.delete(key);
      return xmlResponse("", 204);
    }
    if (ifMatch !== undefined && ifMatch !== etag) {
      return errorResponse({ status: 412, code: "PreconditionFailed" });
    }
    const tagCount = Object.keys(tags).length;
    return this.changeObject(key, {
      status: 200,
      type: "application/octet-stream",
      body,
      headers: { etag, ...(tagCount > 0 ? { "x-amz-tagging-count": String(tagCount) } : {}) },
    });
  }

  private list(prefix: string, token: string): FakeResponse {
    const keys = this.keys.filter((key) => key.startsWith(prefix) && key > token);
    const page = keys.slice(0, PAGE);
    const contents = page.map((key) => {
      const { etag = "", body = Buffer.alloc(0), modified = new Date() } = this.objects.get(key) ?? {};
      return (
        `<Contents><Key>${escaped(key)}</Key><LastModified>${modified.toISOString()}</LastModified>` +
        `<ETag>${escaped(etag)}</ETag><Size>${body.length}</Size></Contents>`
      );
    });
    const isTruncated = keys.length > PAGE;
    const next = isTruncated ? `<NextContinuationToken>${escaped(page.at(-1) ?? "")}</NextContinuationToken>` : "";
    return xmlResponse(
      `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`,
    );
  }
}

function taggingResponse({ method, body }: S3Request, object: FakeObject): FakeResponse {
  if (method === "PUT") {
    const pairs = body.toString().matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g);
    object.tags = Object.fromEntries([...pairs].map(([, name = "", value = ""]) => [name, value]));
    return xmlResponse("");
  }
  const tags = Object.entries(object.tags).map(
    ([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`,
  );
  return xmlResponse(`<Tagging><TagSet>${tags.join("")}</TagSet></Tagging>`);
}

const errorResponse = ({ status, code, message = code }: FakeError): FakeResponse =>
  xmlResponse(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status);

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
