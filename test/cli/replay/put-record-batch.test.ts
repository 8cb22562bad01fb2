import { createHash } from "node:crypto";
import { putRecordBatch, requestBody } from "../../../cli/replay/put-record-batch";
import { backupObject, item } from "../../fixtures/replay";
import { firehoseStub, type StubRequest } from "../../helpers/aws-stub";

const object = backupObject("key");
const STREAM = "kloudfuse-logs";
const maySend = (): void => undefined;

describe("the body of PutRecordBatch", () => {
  test.each([0, 1, 2, 3, 4, 255, 1000 * 1024])("holds a record of %d bytes as Base64", (bytes) => {
    const data = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 31) % 256));
    expect(JSON.parse(requestBody(STREAM, [item(object, 0, data)]).toString())).toEqual({
      DeliveryStreamName: STREAM,
      Records: [{ Data: data.toString("base64") }],
    });
  });

  test("keeps the order of the records", () => {
    expect(requestBody("s", [item(object, 0, "a"), item(object, 1, "b"), item(object, 2, "")]).toString()).toBe(
      '{"DeliveryStreamName":"s","Records":[{"Data":"YQ=="},{"Data":"Yg=="},{"Data":""}]}',
    );
  });
});

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
    const items = ["a", "b", "c"].map((data, index) => item(object, index, data));
    expect(await putRecordBatch(firehose, STREAM, items, maySend)).toEqual(responses);
    const body = requestBody(STREAM, items);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toEqual(body);
    expect(requests[0]?.headers).toMatchObject({
      "content-length": String(body.length),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Firehose_20150804.PutRecordBatch",
      "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
    });
    expect(requests[0]?.headers["authorization"]).toContain("x-amz-content-sha256");
  });

  test("asks right before the request whether it may be sent", async () => {
    const order = new Array<string>();
    const firehose = firehoseStub(({ headers }) => {
      order.push(headers["authorization"] === undefined ? "unsigned request" : "signed request");
      return { body: '{"RequestResponses":[{"RecordId":"1"}]}' };
    });
    await putRecordBatch(firehose, STREAM, [item(object, 0)], () => order.push("asked"));
    expect(order).toEqual(["asked", "signed request"]);
    const lost = new Error("the lock is lost");
    const put = putRecordBatch(firehose, STREAM, [item(object, 0)], () => {
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
      [item(object, 0)],
      maySend,
    );
    await expect(put).rejects.toThrow(
      `firehose:PutRecordBatch was answered with something that is not Firehose's response ("${shown}"). Make sure that no proxy answers for AWS, and run the command again; the records of this request may be sent twice.`,
    );
  });
});
