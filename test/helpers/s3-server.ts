import { S3Client } from "@aws-sdk/client-s3";
import { createServer } from "node:http";

/** An object of the server: its content and when it was written. */
export interface StoredObject {
  readonly key: string;
  readonly content: string;
  readonly lastModified?: string;
}

/** A client of a server on this machine that lists and returns objects, a few to a page. */
export interface S3Server {
  readonly s3: S3Client;
  /** Method and path of every request, in their order. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the server; it lists the missing objects, and answers 404 for them. */
export async function startS3Server(
  objects: readonly StoredObject[],
  { pageSize = 2, missing = [] }: { readonly pageSize?: number; readonly missing?: readonly string[] } = {},
): Promise<S3Server> {
  const requests = new Array<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    requests.push(`${request.method ?? ""} ${decodeURIComponent(request.url ?? "")}`);
    const object = objects.find(({ key }) => url.pathname === `/bucket/${key}`);
    if (url.searchParams.get("list-type") === "2") {
      response.end(page(objects, url.searchParams, pageSize));
    } else if (object === undefined || missing.includes(object.key)) {
      response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    } else {
      response.writeHead(200, { etag: '"e"', "x-amz-tagging-count": "3" }).end(object.content);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const s3 = new S3Client({
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    s3,
    requests,
    close: async () => {
      s3.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function page(objects: readonly StoredObject[], search: URLSearchParams, pageSize: number): string {
  const prefix = search.get("prefix") ?? "";
  const delimiter = search.get("delimiter") ?? "";
  const startAfter = search.get("start-after") ?? "";
  const matching = objects.filter(({ key }) => key.startsWith(prefix) && key > startAfter);
  const folderOf = (key: string): string | undefined =>
    delimiter !== "" && key.slice(prefix.length).includes(delimiter)
      ? key.slice(0, key.indexOf(delimiter, prefix.length) + delimiter.length)
      : undefined;
  const folders = new Set(matching.flatMap(({ key }) => folderOf(key) ?? []));
  const beside = matching.filter(({ key }) => folderOf(key) === undefined);
  const from = Number(search.get("continuation-token") ?? 0);
  const to = from + pageSize;
  const contents = beside
    .slice(from, to)
    .map(
      ({ key, content, lastModified = "2026-01-01T00:00:00.000Z" }) =>
        `<Contents><Key>${key}</Key><ETag>"e"</ETag><Size>${content.length}</Size><LastModified>${lastModified}</LastModified></Contents>`,
    );
  const prefixes = [...folders].map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
  const next = to < beside.length ? `<NextContinuationToken>${to}</NextContinuationToken>` : "";
  return `<ListBucketResult>${contents.join("")}${prefixes.join("")}${next}</ListBucketResult>`;
}
