import type { Cause } from "../../../cli/causes/cause";
import { CAUSES, OTHER_CAUSE } from "../../../cli/causes/causes";
import { causeOf, causeOfError, causeOfStatus, diagnose } from "../../../cli/causes/diagnose";
import { asObject } from "../../../iam/json";
import { answerOf, AWS_EXAMPLE } from "../../fixtures/failed-records";
import { operatorCase } from "../../helpers/backup";

const DESTINATION = "HttpEndpoint.DestinationException";
const causes: readonly Cause[] = [...CAUSES, OTHER_CAUSE];

describe("the table of causes", () => {
  test.each([
    [302, "redirected"],
    [300, "redirected"],
    [399, "redirected"],
    [400, "bad-request"],
    [401, "not-authenticated"],
    [403, "not-allowed"],
    [404, "not-found"],
    [405, "not-found"],
    [407, "bad-request"],
    [408, "endpoint-slow"],
    [409, "bad-request"],
    [412, "bad-request"],
    [413, "too-large"],
    [414, "bad-request"],
    [429, "too-many-requests"],
    [499, "bad-request"],
    [500, "endpoint-failing"],
    [502, "endpoint-failing"],
    [503, "endpoint-failing"],
    [599, "endpoint-failing"],
    [201, "bad-response"],
  ])("knows an answer of %i as %s", (status, id) => {
    expect(causeOfError(DESTINATION, answerOf(status, "whatever it says")).id).toBe(id);
    expect(causeOfStatus(status)?.id).toBe(id);
  });

  // Firehose, "Troubleshooting HTTP endpoints" and "Data delivery errors"; CreateDeliveryStream's FailureDescription.
  test.each([
    ["HttpEndpoint.InvalidResponseFromDestination", "bad-response"],
    ["HttpEndpoint.ResponseTooLarge", "bad-response"],
    ["HttpEndpoint.RequestTimeout", "endpoint-slow"],
    ["HttpEndpoint.ConnectionFailed", "unreachable"],
    ["HttpEndpoint.ConnectionReset", "connection-reset"],
    ["HttpEndpoint.SSLHandshakeFailure", "tls-handshake"],
    ["S3.AccessDenied", "backup-denied"],
    ["S3.NoSuchBucket", "backup-missing"],
    ["S3.KMS.NotFoundException", "kms"],
    ["S3.KMS.RequestLimitExceeded", "kms"],
    ["KMS_ACCESS_DENIED", "kms"],
    ["InvalidKMSResourceException", "stream-key-denied"],
    ["DISABLED_KMS_KEY", "kms"],
    ["S3.AccountProblem", "aws-account"],
    ["S3.AllAccessDisabled", "aws-account"],
    ["S3.InvalidPayer", "aws-account"],
    ["S3.NotSignedUp", "aws-account"],
    ["S3.MethodNotAllowed", "backup-denied"],
    ["S3.InternalError", "backup-failing"],
    ["Lambda.AssumeRoleAccessDenied", "role-not-assumable"],
    ["Lambda.InvokeAccessDenied", "lambda-denied"],
    ["Lambda.ResourceNotFound", "lambda-missing"],
    ["Lambda.FunctionTimedOut", "lambda-limits"],
    ["Lambda.InvokeLimitExceeded", "lambda-limits"],
    ["Lambda.ENILimitReachedException", "lambda-limits"],
    ["Lambda.SubnetIPAddressLimitReachedException", "lambda-limits"],
    ["Lambda.JsonProcessingException", "lambda-response"],
    ["Lambda.DuplicatedRecordId", "lambda-response"],
    ["Lambda.MissingRecordId", "lambda-response"],
    ["Lambda.InvalidSubnetIDException", "lambda-failing"],
    ["Lambda.SomethingNew", "lambda-failing"],
    ["InternalError", "aws-internal"],
    ["HttpEndpoint.SomethingNew", "other"],
  ])("knows AWS's code %s as %s", (code, id) => {
    expect(causeOfError(code, "").id).toBe(id);
  });

  // The guide's own words, which stand in messages without a code of AWS's.
  test.each([
    ["Connection refused", "unreachable"],
    ["Connection timed out", "unreachable"],
    ["HTTP 401 Unauthorized", "not-authenticated"],
    ["HTTP 403 Forbidden", "not-allowed"],
    ["HTTP 413 Request Entity Too Large", "too-large"],
    ["HTTP 503 Service Unavailable", "endpoint-failing"],
    ["Firehose is unable to assume role arn:aws:iam::123456789012:role/x", "role-not-assumable"],
    [
      "User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:123456789012:key/1",
      "stream-key-denied",
    ],
    ["The KMS key is disabled", "kms"],
    ["something else", "other"],
  ])("knows the message %s as %s", (message, id) => {
    expect(causeOfError("", message).id).toBe(id);
  });

  test("takes the status of the answer, not a number or a word inside it", () => {
    expect(causeOfError(DESTINATION, answerOf(503, "upstream said 413: Payload too large")).id).toBe(
      "endpoint-failing",
    );
  });

  test("knows AWS's own example, which has no status, by its word", () => {
    expect(causeOfError(DESTINATION, AWS_EXAMPLE).id).toBe("not-authenticated");
  });

  test("calls an invalid response by its code, though it quotes a status", () => {
    const message =
      'The response received from the specified endpoint is invalid. Raw response received: 200 {"requestId": null}';
    expect(causeOfError("HttpEndpoint.InvalidResponseFromDestination", message).id).toBe("bad-response");
  });

  test("says of records that the stream's key refuses what that looks like with CloudWatch Logs, and what to do", () => {
    const { meaning, fix } = causeOfError("InvalidKMSResourceException", "");
    expect(meaning).toContain(
      "When CloudWatch Logs is refused, Firehose's error log is empty: IncomingRecords of the stream falls to 0, and DeliveryErrors of the subscription filter (namespace AWS/Logs) rises.",
    );
    expect(fix).toContain(
      "Where that is conditioned on kms:ViaService, add firehose.<region>.<DNS suffix> to it, as the module does for its role.",
    );
  });

  // What users report: the same words before every status, and the endpoint's own text behind it.
  test.each([
    [400, "bad-request"],
    [401, "not-authenticated"],
    [403, "not-allowed"],
    [404, "not-found"],
    [413, "too-large"],
    [429, "too-many-requests"],
    [500, "endpoint-failing"],
    [503, "endpoint-failing"],
  ])('knows the status %i behind "Response received with status code.", whatever the endpoint says', (status, id) => {
    const lines = operatorCase("f1-status-code-wording.ndjson").toString().trim().split("\n");
    const message = lines
      .map((line) => asObject(JSON.parse(line))["errorMessage"])
      .find((text) => String(text).includes(`status code. ${status}:`));
    expect(diagnose(DESTINATION, String(message))).toMatchObject({ cause: { id }, status });
  });

  test("never searches the endpoint's text where there is a status", () => {
    const text = "Unauthorized Forbidden Payload too large SSL api_key KMS";
    for (const { statuses: [first] = [undefined], id } of causes) {
      if (first !== undefined) {
        expect(causeOfError(DESTINATION, answerOf(first, text)).id).toBe(id);
      }
    }
  });

  test("never searches the endpoint's text where AWS's code is that of another service", () => {
    expect(causeOfError("Lambda.SomethingNew", 'it returned 401: "Unauthorized"').id).toBe("lambda-failing");
    expect(causeOfError("S3.SomethingNew", "403 Forbidden").id).toBe("backup-failing");
  });

  test("does not take what an endpoint says of a connection for Firehose's own", () => {
    expect(causeOfError(DESTINATION, "upstream: connection refused").id).toBe("other");
  });

  test("calls 413 permanent, and nothing else", () => {
    expect(causes.filter(({ isPermanent }) => isPermanent).map(({ id }) => id)).toEqual(["too-large"]);
  });

  test("has an id for each cause, and says what it means and what to do", () => {
    expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length);
    for (const { title, meaning, fix, source } of causes) {
      expect([title, meaning, fix, source].filter((text) => text.trim() === "")).toEqual([]);
    }
  });
});

describe("the group of an error", () => {
  const group = (code: string, message: string): string => diagnose(code, message).group;

  test("differs by status and by code, where the cause is the same", () => {
    expect(group(DESTINATION, answerOf(500, "a"))).toBe(`endpoint-failing 500 ${DESTINATION} `);
    expect(group(DESTINATION, answerOf(503, "a"))).toBe(`endpoint-failing 503 ${DESTINATION} `);
    expect(group("Lambda.MissingRecordId", "a")).not.toBe(group("Lambda.DuplicatedRecordId", "a"));
  });

  test("is the same whatever the endpoint says, and whatever number a message without code has", () => {
    expect(group(DESTINATION, answerOf(500, "a"))).toBe(group(DESTINATION, answerOf(500, "b")));
    expect(group("", "request 12 failed")).toBe(group("", "request 34 failed"));
    expect(group("", "request 12 failed")).not.toBe(group("", "response 12 failed"));
  });

  test("has at most 160 characters", () => {
    expect(group("", "x".repeat(1000))).toHaveLength(160);
  });

  test("has the words of AWS's error log apart: 413 and 401", () => {
    const events: unknown = JSON.parse(operatorCase("f1-error-log-entries.json").toString());
    const ids = (Array.isArray(events) ? events : []).map((event: { errorCode: string; message: string }) => {
      const { cause, status } = diagnose(event.errorCode, event.message);
      return [cause.id, status];
    });
    expect(ids).toEqual([
      ["too-large", 413],
      ["not-authenticated", 401],
    ]);
  });
});

describe("a cause by its id", () => {
  test("is the one of the table", () => {
    expect(causeOf("unreachable").errorCodes).toEqual(["HttpEndpoint.ConnectionFailed"]);
  });
});
