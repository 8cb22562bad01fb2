import type { DeliveryStream } from "../cli/aws/delivery-stream";
import { missingLogOutcome } from "../cli/verify/error-log";
import { progressOn } from "../cli/verify/progress";
import { statusOutcome } from "../cli/verify/status";

const STREAM: DeliveryStream = {
  signal: "logs",
  name: "kloudfuse-logs",
  arn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
  partition: "aws",
  region: "eu-west-1",
  accountId: "123456789012",
  status: "ACTIVE",
  failure: undefined,
  type: "DirectPut",
  encryption: "ENABLED",
  encryptionKeyArn: undefined,
  destination: undefined,
};
const judged = (stream: Partial<DeliveryStream>) =>
  statusOutcome(
    { signal: "logs", name: "kloudfuse-logs", isRequired: true, stream: { ...STREAM, ...stream } },
    "eu-west-1",
  );

const missing = (isRequired: boolean) =>
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
    const outcome = judged({ status });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.remedy === "").toBe(verdict === "ok");
  });

  test("shows a reason that nobody knows as AWS gives it, without advice on another cause", () => {
    expect(judged({ status: "CREATING_FAILED", failure: "SUBNET_NOT_FOUND: subnet-1" })).toMatchObject({
      found: "CREATING_FAILED: SUBNET_NOT_FOUND: subnet-1",
      remedy: "Delete the stream kloudfuse-logs, mend that, and apply again.",
    });
  });

  test("keeps AWS's reason from steering the terminal", () => {
    expect(judged({ status: "CREATING_FAILED", failure: "X: a\u001b[31m\nb" }).found).toBe(
      "CREATING_FAILED: X: a [31m b",
    );
  });

  test("of a stream that does not exist says where it was looked for, and how to look elsewhere", () => {
    expect(missing(true)).toEqual({
      name: "status",
      verdict: "problem",
      found: "no stream of this name in eu-west-1",
      remedy:
        "Deploy it (npx cdktf deploy or terraform apply), or name the stream: --logs-stream-name, --region, or --signal for the other stream only.",
    });
  });

  test("of a signal that nobody asked for is a note where the other one is deployed", () => {
    expect(missing(false)).toEqual({
      name: "status",
      verdict: "note",
      found: "no stream of this name in eu-west-1",
      remedy:
        "No action needed if no logs are sent from here; else deploy it, or name the stream with --logs-stream-name.",
    });
  });
});

describe("an error log that does not exist", () => {
  test("is a problem that names group and stream, because Firehose makes neither", () => {
    expect(missingLogOutcome("group", "stream")).toEqual({
      name: "error log",
      verdict: "problem",
      found: "there is no log stream stream in a log group group",
      remedy: "Make both under these names: Firehose does not, so its errors go nowhere.",
    });
  });
});

describe("the progress of waiting", () => {
  function shown(isTTY: boolean): string {
    let text = "";
    const progress = progressOn({ isTTY, write: (more) => (text += more) });
    progress.show("one", "CREATING", 0);
    progress.show("one", "CREATING", 3);
    progress.show("one", "ACTIVE", 6);
    progress.end();
    return text;
  }

  test("is a line for each change where there is no terminal", () => {
    expect(shown(false)).toBe("one: CREATING after 0 s\none: ACTIVE after 6 s\n");
  });

  test("is one line on a terminal, which is gone at the end", () => {
    const clear = "\r\u001b[K";
    expect(shown(true)).toBe(
      `${clear}one: CREATING after 0 s${clear}one: CREATING after 3 s${clear}one: ACTIVE after 6 s${clear}`,
    );
  });
});
