import { streamChanges } from "../../../cli/adopt/stream-changes";
import { backupOf, BUCKET, ERROR_LOG, guideStream, ROLE_ARN } from "../../helpers/adoption";

const NAMES = { metrics: "kloudfuse-metrics", logs: "kloudfuse-logs" };
const HOST = { kloudfuseIngesterHost: "kfuse.example.com" };
const detailsOf = (stream: ReturnType<typeof guideStream>, inputs: object = {}) =>
  streamChanges({ streams: [stream], streamNames: NAMES }, { ...HOST, ...inputs }).flatMap(
    ({ details = [] }) => details,
  );
const own = (fields: object = {}, backup: object = {}) =>
  guideStream("logs", {
    encryption: "ENABLED",
    destination: {
      errorLog: { group: ERROR_LOG, stream: "kloudfuse-logs/http-endpoint-delivery" },
      ...fields,
      backup: backupOf("logs", {
        compressionFormat: "GZIP",
        errorLog: { group: ERROR_LOG, stream: "kloudfuse-logs/s3-backup" },
        ...backup,
      }),
    },
  });

describe("the changes of a stream in place", () => {
  test("are none where it is as the module makes it", () => {
    expect(streamChanges({ streams: [own()], streamNames: NAMES }, HOST)).toEqual([]);
  });

  test("are of the guide's stream encryption, compression and logging", () => {
    expect(detailsOf(guideStream("logs"))).toEqual([
      `error log of the delivery: off becomes ${ERROR_LOG} kloudfuse-logs/http-endpoint-delivery`,
      "S3 compression: UNCOMPRESSED becomes GZIP",
      `error log of the backup: off becomes ${ERROR_LOG} kloudfuse-logs/s3-backup`,
      "server-side encryption: off (DISABLED) becomes a key that AWS owns",
    ]);
  });

  test.each([
    [
      { url: "https://a:b@old.example.com/x?key=s3cr3t" },
      {},
      "endpoint URL: https://old.example.com/x?… becomes https://kfuse.example.com/ingester/kinesis/logs",
    ],
    [{ url: "<host>" }, {}, "endpoint URL: no URL becomes https://kfuse.example.com/ingester/kinesis/logs"],
    [{ name: "other" }, {}, "endpoint name: other becomes kloudfuse-logs"],
    [{ contentEncoding: "NONE" }, {}, "content encoding: NONE becomes GZIP"],
    [{ bufferingSizeMb: 5 }, {}, "buffering size in MiB: 5 becomes 4"],
    [{ bufferingSizeMb: 5 }, { logsBufferingSizeMb: 6 }, "buffering size in MiB: 5 becomes 6"],
    [{ bufferingIntervalSeconds: 0 }, {}, "buffering interval in seconds: 0 becomes 60"],
    [{ retryDurationSeconds: undefined }, {}, "retry duration in seconds: not shown by AWS becomes 300"],
    [{}, { commonAttributes: { b: "s3cr3t", a: "" } }, "names of common attributes: none becomes a, b"],
  ])("are of the delivery %p with %p: %s", (fields, inputs, text) => {
    expect(detailsOf(own(fields), inputs)).toEqual([text]);
  });

  test.each([
    [{ mode: "AllData" }, {}, "S3 backup mode: AllData becomes FailedDataOnly"],
    [{ prefix: "" }, {}, "S3 prefix: none becomes kloudfuse-logs-failures/"],
    [{}, { backupPrefix: "eu/" }, "S3 prefix: kloudfuse-logs-failures/ becomes eu/kloudfuse-logs-failures/"],
    [{ errorOutputPrefix: "e/" }, {}, "S3 error output prefix: e/ becomes none"],
    [{ bufferingSizeMb: 4 }, {}, "S3 buffering size in MiB: 4 becomes 5"],
    [{ bufferingIntervalSeconds: 301 }, {}, "S3 buffering interval in seconds: 301 becomes 300"],
    [{ roleArn: "other" }, {}, `role of the S3 backup: other becomes ${ROLE_ARN}`],
    [{ kmsKeyArn: "key" }, {}, "S3 encryption key: key becomes that of the bucket"],
  ])("are of the backup %p with %p: %s", (backup, inputs, text) => {
    expect(detailsOf(own({}, backup), inputs)).toEqual([text]);
  });

  test("say nothing of S3 buffering that AWS does not show", () => {
    expect(detailsOf(own({}, { bufferingSizeMb: undefined, bufferingIntervalSeconds: undefined }))).toEqual([]);
  });

  test("are the role and the bucket of the first stream", () => {
    const second = own({ roleArn: "other" }, { bucket: "second", roleArn: "other" });
    const [, changes] = streamChanges({ streams: [guideStream("metrics"), second], streamNames: NAMES }, HOST);
    expect(changes?.details).toEqual([
      `role of the delivery: other becomes ${ROLE_ARN}`,
      `S3 bucket: second becomes ${BUCKET}`,
      `role of the S3 backup: other becomes ${ROLE_ARN}`,
    ]);
  });

  test("are the key of the stream and of its backup", () => {
    expect(detailsOf(own(), { kmsKeyArn: "key" })).toEqual([
      "S3 encryption key: that of the bucket becomes key",
      "server-side encryption: a key that AWS owns becomes key",
    ]);
  });

  test("say nothing of a URL while the host is a decision", () => {
    const stream = own({ url: "<host>" });
    expect(streamChanges({ streams: [stream], streamNames: NAMES }, {})).toEqual([]);
  });
});
