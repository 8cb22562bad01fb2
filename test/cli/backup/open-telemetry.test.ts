import { openTelemetryRequests } from "../../../cli/backup/open-telemetry";

/** A field of a message in Protocol Buffers that has a length. */
const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([number * 8 + 2]), length(content), content]);

function length({ length: bytes }: Buffer): Buffer {
  return bytes < 0x80 ? Buffer.from([bytes]) : Buffer.from([(bytes & 0x7f) | 0x80, bytes >> 7]);
}

const resourceMetrics = (content = "resource"): Buffer => field(1, field(1, Buffer.from(content)));
const request = (...messages: readonly Buffer[]): Buffer => {
  const message = Buffer.concat(messages);
  return Buffer.concat([length(message), message]);
};

describe("the OpenTelemetry requests of a record", () => {
  test.each([
    [1, request(resourceMetrics())],
    [1, request(resourceMetrics(), resourceMetrics("x".repeat(200)))],
    [2, Buffer.concat([request(resourceMetrics()), request(resourceMetrics("x".repeat(200)))])],
    [1, request(field(1, field(2, Buffer.from("scope"))))],
    [1, request(field(1, field(3, Buffer.from("schema"))))],
    [1, request(field(1, Buffer.alloc(0)))],
  ])("are %i", (count, data) => {
    expect(openTelemetryRequests(data)).toBe(count);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["an empty request", Buffer.from([0])],
    ["a request that was cut", request(resourceMetrics()).subarray(0, -1)],
    ["a byte more than a request", Buffer.concat([request(resourceMetrics()), Buffer.from([1])])],
    ["a length without end", Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x01])],
    ["another field of the request", request(field(2, field(1, Buffer.from("a"))))],
    ["another field of the metrics", request(field(1, field(4, Buffer.from("a"))))],
    ["a number for a field", request(Buffer.from([0x08, 0x01]))],
    ["JSON", Buffer.from('{\n "metric_name": "DiskReadOps"}')],
    ["text", Buffer.from("ERROR at line 12")],
  ])("are none in %s", (_, data) => {
    expect(openTelemetryRequests(data)).toBeUndefined();
  });
});
