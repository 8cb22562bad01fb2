import { createHash } from "node:crypto";
import { putRecordBatch } from "../../../cli/replay/put-record-batch";
import { firehoseStub, type StubRequest } from "../../helpers/aws-stub";

const STREAM = "kloudfuse-logs";
const BODY = Buffer.from('{"DeliveryStreamName":"kloudfuse-logs","Records":[{"Data":"YQ=="}]}');
const maySend = (): void => undefined;

describe("PutRecordBatch", () => {
  test("sends the body with its length, its hash and a signature, and gives the responses in order", async () => {
    const requests = new Array<StubRequest>();
    const responses = [
      { RecordId: "1" },
      { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." },
      { RecordId: "3" },
    ];
    const firehose = firehoseStub((request) => {
      requests.push(request);
      return { body: JSON.stringify({ FailedPutCount: 1, Encrypted: true, RequestResponses: responses }) };
    });
    expect(await putRecordBatch(firehose, STREAM, BODY, maySend)).toEqual(responses);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toEqual(BODY);
    expect(requests[0]?.headers).toMatchObject({
      "content-length": String(BODY.length),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Firehose_20150804.PutRecordBatch",
      "x-amz-content-sha256": createHash("sha256").update(BODY).digest("hex"),
    });
    expect(requests[0]?.headers["authorization"]).toContain("x-amz-content-sha256");
  });

  test.each([256 * 1024, 256 * 1024 + 1])("signs the hash of a body of %i bytes", async (bytes) => {
    const body = Buffer.alloc(bytes, "x");
    const hashes = new Array<string | undefined>();
    const firehose = firehoseStub(({ headers }) => {
      hashes.push(headers["x-amz-content-sha256"]);
      return { body: '{"RequestResponses":[]}' };
    });
    await putRecordBatch(firehose, STREAM, body, maySend);
    expect(hashes).toEqual([createHash("sha256").update(body).digest("hex")]);
  });

  test("asks right before the request whether it may be sent", async () => {
    const order = new Array<string>();
    const firehose = firehoseStub(({ headers }) => {
      order.push(headers["authorization"] === undefined ? "unsigned request" : "signed request");
      return { body: '{"RequestResponses":[{"RecordId":"1"}]}' };
    });
    await putRecordBatch(firehose, STREAM, BODY, () => order.push("asked"));
    expect(order).toEqual(["asked", "signed request"]);
    const lost = new Error("the lock is lost");
    const put = putRecordBatch(firehose, STREAM, BODY, () => {
      throw lost;
    });
    await expect(put).rejects.toBe(lost);
    expect(order).toHaveLength(2);
  });

  test.each([
    ["<html>Sign in</html>", "<html>Sign in</html>"],
    ["", ""],
    ["{}", "{}"],
    ["[1]", "[1]"],
  ])("takes %j for no response of Firehose", async (body, shown) => {
    const put = putRecordBatch(
      firehoseStub(() => ({ body })),
      STREAM,
      BODY,
      maySend,
    );
    await expect(put).rejects.toThrow(
      `The response to firehose:PutRecordBatch is not from Firehose ("${shown}"). Make sure that no proxy answers for AWS, and run the command again; the records of this request may be sent twice.`,
    );
  });
});
