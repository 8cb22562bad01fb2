import type { S3Context } from "../../../cli/aws/context";
import type { BackupObject } from "../../../cli/backup/objects";
import { contentOrThrow, openObjects } from "../../../cli/backup/open-objects";
import { UndeterminedError } from "../../../cli/exit-codes";
import { type S3Server, startS3Server } from "../../helpers/s3-server";

const READ_WHOLE_BYTES = 2 * 1024 * 1024;

describe("objects are opened", () => {
  const contents = ["one", "two", "x".repeat(READ_WHOLE_BYTES + 1), "four", "five", "six", "seven"];
  const objects = contents.map((content, at): BackupObject & { readonly content: string } => ({
    bucket: "bucket",
    key: `p/${at}`,
    etag: '"e"',
    size: content.length,
    content,
  }));
  let server: S3Server;
  beforeEach(async () => {
    server = await startS3Server(objects, { missing: ["p/1"] });
  });
  afterEach(async () => {
    await server.close();
  });

  const context = (): S3Context => ({ s3: server.s3, abortSignal: new AbortController().signal });

  async function* listed(): AsyncGenerator<BackupObject> {
    for (const { content: _, ...object } of objects) {
      yield await Promise.resolve(object);
    }
  }

  test("in their order; one that was deleted says so, and hides no other", async () => {
    const read = new Array<string | number>();
    for await (const { object, content } of openObjects(context(), listed())) {
      if (content instanceof UndeterminedError) {
        read.push(`${object.key}: ${content.message}`);
        expect(() => contentOrThrow(content)).toThrow(content);
      } else {
        expect(contentOrThrow(content)).toBe(content);
        expect(content.tagCount).toBe(3);
        let text = "";
        for await (const chunk of content.chunks) {
          text += chunk.toString();
        }
        read.push(text.length > 100 ? text.length : text);
      }
    }
    expect(read).toEqual([
      "one",
      "p/1: p/1 was deleted after it was listed.",
      READ_WHOLE_BYTES + 1,
      "four",
      "five",
      "six",
      "seven",
    ]);
  });

  test("four ahead, but a large one at its turn", async () => {
    const opened = openObjects(context(), listed());
    await opened.next();
    const requested = new Set(server.requests.map((request) => /p\/\d/.exec(request)?.[0]));
    expect(requested.has("p/2")).toBe(false);
    expect(requested.has("p/5")).toBe(false);
    await opened.return(undefined);
  });
});
