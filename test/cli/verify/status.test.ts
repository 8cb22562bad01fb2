import type { DeliveryStream } from "../../../cli/aws/delivery-stream";
import type { Outcome } from "../../../cli/checks/check";
import { statusOutcome } from "../../../cli/verify/status";
import { streamWith } from "../../helpers/delivery-stream";

const statusOf = (stream: Partial<DeliveryStream>, waitedSeconds?: number): Outcome =>
  statusOutcome(
    { signal: "logs", name: "kloudfuse-logs", isRequired: true, stream: streamWith(stream) },
    "eu-west-1",
    waitedSeconds,
  );

const missing = (isRequired: boolean): Outcome =>
  statusOutcome({ signal: "logs", name: "kloudfuse-logs", isRequired, stream: undefined }, "eu-west-1");

describe("the status of a stream", () => {
  test.each([
    ["ACTIVE", "ok"],
    ["CREATING", "unknown"],
    ["CREATING_FAILED", "problem"],
    ["DELETING", "problem"],
    ["DELETING_FAILED", "problem"],
    ["", "problem"],
  ])("%j is %s, and has something to do unless it is well", (status, verdict) => {
    const outcome = statusOf({ status });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.remedy === "").toBe(verdict === "ok");
  });

  test("shows a reason that nobody knows as AWS gives it, without advice on another cause", () => {
    expect(statusOf({ status: "CREATING_FAILED", failure: "SUBNET_NOT_FOUND: subnet-1" })).toMatchObject({
      found: "CREATING_FAILED: SUBNET_NOT_FOUND: subnet-1",
      remedy: "Delete the stream kloudfuse-logs, fix that, and apply again.",
    });
  });

  test("keeps AWS's reason from steering the terminal", () => {
    expect(statusOf({ status: "CREATING_FAILED", failure: "X: a\u001b[31m\nb" }).found).toBe(
      "CREATING_FAILED: X: a [31m b",
    );
  });

  test("of a stream that does not exist says where it was looked for, and how to look elsewhere", () => {
    expect(missing(true)).toEqual({
      name: "status",
      verdict: "problem",
      found: "no stream of this name in eu-west-1",
      remedy:
        "Deploy it (npx cdktf deploy or terraform apply), or choose another one with --logs-stream-name or --region, or only the other signal with --signal.",
    });
  });

  test("of a stream that a fleet file names says what to do there", () => {
    const found = { signal: "logs", name: "l", isRequired: true, stream: undefined, fleet: "fleet.json" } as const;
    expect(statusOutcome(found, "eu-west-1")).toMatchObject({
      verdict: "problem",
      remedy: "Deploy the stack, or correct logs_stream_name in fleet.json.",
    });
  });

  test.each([
    [[], "no stream of this name in eu-west-1; the region has no delivery stream"],
    [["orders", "clicks"], "no stream of this name in eu-west-1; the streams are orders, clicks"],
    [
      Array.from({ length: 12 }, (_, index) => `s${index}`),
      "no stream of this name in eu-west-1; the streams are s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, 2 more",
    ],
  ])("of a stream that does not exist names those that do: %j", (othersInRegion, found) => {
    const outcome = statusOutcome(
      { signal: "logs", name: "kloudfuse-logs", isRequired: true, stream: undefined, othersInRegion },
      "eu-west-1",
    );
    expect(outcome.found).toBe(found);
  });

  test("of a signal that was not asked for is a note where the other one is deployed", () => {
    expect(missing(false)).toEqual({
      name: "status",
      verdict: "note",
      found: "no stream of this name in eu-west-1",
      remedy:
        "No action needed if no logs are sent from here. Otherwise deploy it, or name the stream with --logs-stream-name.",
    });
  });

  test("of a stream that is still being created says to wait, and once that was done the guide's advice", () => {
    expect(statusOf({ status: "CREATING" })).toEqual({
      name: "status",
      verdict: "unknown",
      found: "CREATING",
      remedy: "It is still being created: run the command again with --wait.",
    });
    expect(statusOf({ status: "CREATING" }, 600)).toEqual({
      name: "status",
      verdict: "unknown",
      found: "CREATING after 600 s",
      remedy:
        "AWS creates a stream within a few minutes. If it takes longer, delete it with aws firehose delete-delivery-stream --delivery-stream-name kloudfuse-logs, and create it again: the role must exist when the stream is created.",
    });
    expect(statusOf({ status: "ACTIVE" }, 600)).toMatchObject({ verdict: "ok", found: "ACTIVE" });
  });
});
