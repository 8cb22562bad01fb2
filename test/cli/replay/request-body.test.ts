import { PUT_RECORD_BATCH } from "../../../cli/replay/limits";
import { BodyPool, type RequestBody } from "../../../cli/replay/request-body";

const STREAM = "kloudfuse-logs";
const bodyOf = (...data: readonly Buffer[]): RequestBody => {
  const body = new BodyPool(STREAM).acquire();
  data.forEach((each) => body.add(each.toString("base64"), each.length));
  return body;
};

describe("the body of PutRecordBatch", () => {
  test.each([0, 1, 2, 3, 4, 255, 1000 * 1024])("holds a record of %d bytes as Base64", (bytes) => {
    const data = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 31) % 256));
    expect(JSON.parse(bodyOf(data).whole().toString())).toEqual({
      DeliveryStreamName: STREAM,
      Records: [{ Data: data.toString("base64") }],
    });
  });

  test("keeps the order of the records", () => {
    expect(bodyOf(Buffer.from("a"), Buffer.from("b"), Buffer.alloc(0)).whole().toString()).toBe(
      '{"DeliveryStreamName":"kloudfuse-logs","Records":[{"Data":"YQ=="},{"Data":"Yg=="},{"Data":""}]}',
    );
  });

  test("names the stream as JSON, whatever it is called", () => {
    const body = new BodyPool('"größer"').acquire();
    body.add("YQ==", 1);
    expect(JSON.parse(body.whole().toString())).toEqual({
      DeliveryStreamName: '"größer"',
      Records: [{ Data: "YQ==" }],
    });
  });

  test("has the data of Base64 that is wrapped into lines", () => {
    const body = new BodyPool(STREAM).acquire();
    body.add("YW\r\nJj\n", 3);
    expect(body.whole().toString()).toBe('{"DeliveryStreamName":"kloudfuse-logs","Records":[{"Data":"YWJj"}]}');
  });

  test("holds only some of the records for another attempt, and then all again", () => {
    const body = new BodyPool(STREAM).acquire();
    const [a, , c] = ["YQ==", "Yg==", "Yw=="].map((base64) => body.add(base64, 1));
    const whole = body.whole().toString();
    const part = (...ranges: Parameters<RequestBody["part"]>[0]): string => body.part(ranges).toString();
    expect(part(...(a && c ? [a, c] : []))).toBe(
      '{"DeliveryStreamName":"kloudfuse-logs","Records":[{"Data":"YQ=="},{"Data":"Yw=="}]}',
    );
    expect(part(...(c ? [c] : []))).toBe('{"DeliveryStreamName":"kloudfuse-logs","Records":[{"Data":"Yw=="}]}');
    expect(body.whole().toString()).toBe(whole);
  });

  test.each([
    [
      "as many records as possible",
      PUT_RECORD_BATCH.records,
      Math.floor(PUT_RECORD_BATCH.bytes / PUT_RECORD_BATCH.records),
    ],
    ["as many records as possible that need padding", PUT_RECORD_BATCH.records, 1],
    ["the largest records", 4, PUT_RECORD_BATCH.recordBytes],
  ])("has room for %s", (_, records, bytes) => {
    const data = Array.from({ length: records }, (__, index) => Buffer.alloc(bytes, index));
    const rest = Buffer.alloc(Math.max(0, PUT_RECORD_BATCH.bytes - records * bytes) % PUT_RECORD_BATCH.recordBytes);
    const all = records < PUT_RECORD_BATCH.records ? [...data, rest] : data;
    expect(
      bodyOf(...all)
        .whole()
        .toString(),
    ).toBe(
      JSON.stringify({ DeliveryStreamName: STREAM, Records: all.map((each) => ({ Data: each.toString("base64") })) }),
    );
  });

  test("is written into the buffer of a body that is complete, and into no other", () => {
    const bodies = new BodyPool(STREAM);
    const [first, second] = [bodies.acquire(), bodies.acquire()];
    first.add("b25l", 3);
    second.add("dHdv", 3);
    bodies.release(first);
    const third = bodies.acquire();
    expect(third.buffer).toBe(first.buffer);
    third.add("dGhyZWU=", 5);
    expect(second.whole().toString()).toContain('[{"Data":"dHdv"}]');
    expect(third.whole().toString()).toContain('[{"Data":"dGhyZWU="}]');
    expect(bodies.acquire().buffer).not.toBe(second.buffer);
  });
});
