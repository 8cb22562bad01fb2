import { listOtherContents } from "../../../cli/adopt/read-contents";
import { s3Error, s3Stub } from "../../helpers/aws-stub";

/** Answers as S3 does for keys, two names a page. */
const contextWith = (...keys: readonly string[]) => ({
  abortSignal: new AbortController().signal,
  s3: s3Stub(({ query }) => {
    const { prefix: asked } = query;
    const prefix = typeof asked === "string" ? asked : "";
    const names = [
      ...new Set(
        keys
          .filter((key) => key.startsWith(prefix))
          .map((key) => {
            const end = key.indexOf("/", prefix.length);
            return end === -1 ? key : key.slice(0, end + 1);
          }),
      ),
    ];
    const start = Number(query["continuation-token"] ?? 0);
    const listed = names
      .slice(start, start + 2)
      .map((name) =>
        name.endsWith("/") && name !== prefix
          ? `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`
          : `<Contents><Key>${name}</Key></Contents>`,
      );
    const next = start + 2 < names.length ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : "";
    return { body: `<ListBucketResult>${listed.join("")}${next}</ListBucketResult>` };
  }),
});
const OWN = ["eu/kloudfuse-logs-failures/"];

describe("what else is in a bucket", () => {
  test("is nothing where there are failed records only", async () => {
    const context = contextWith("eu/kloudfuse-logs-failures/http-endpoint-failed/a", "eu/");
    expect(await listOtherContents(context, "failures", OWN)).toEqual([]);
  });

  test("is named by folder, page by page, also beside the failed records", async () => {
    const context = contextWith(
      "a.txt",
      "b.txt",
      "eu/kloudfuse-logs-failures/a",
      "eu/other/b",
      "invoices/1",
      "invoices/2",
    );
    expect(await listOtherContents(context, "failures", OWN)).toEqual(["a.txt", "b.txt", "invoices/", "eu/other/"]);
  });

  test("is not looked for in a prefix without a slash", async () => {
    expect(await listOtherContents(contextWith("failures-2026/a", "other/b"), "failures", ["failures-"])).toEqual([
      "other/",
    ]);
  });

  test("is ten names at most", async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `${index}`);
    expect(await listOtherContents(contextWith(...keys), "failures", OWN)).toHaveLength(10);
  });

  test("is undetermined where AWS denies the list", async () => {
    const s3 = s3Stub(() => s3Error(403, "AccessDenied"));
    await expect(listOtherContents({ s3, abortSignal: new AbortController().signal }, "failures", OWN)).rejects.toThrow(
      "AWS denied s3:ListBucket.",
    );
  });
});
