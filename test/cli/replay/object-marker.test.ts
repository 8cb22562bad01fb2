import type { S3Client } from "@aws-sdk/client-s3";
import { ObjectMarker } from "../../../cli/replay/object-marker";
import type { ReplayOutcome } from "../../../cli/replay/outcome";
import { emptySummary, type StreamSummary } from "../../../cli/replay/summary";
import { Tags } from "../../../cli/replay/tags";
import { backupObject } from "../../fixtures/replay";
import { s3Error, type Respond, s3Stub, type StubResponse } from "../../helpers/aws-stub";

const object = backupObject("key");
const REPLAYED: ReplayOutcome = { accepted: 2, skipped: 0, corrupt: 0 };

/** What S3 was asked to change. */
let marked: string[] = [];
let errors: Readonly<Record<string, StubResponse>> = {};
let summary: StreamSummary;
/** Answers wait for it. */
let gate: Promise<void> = Promise.resolve();

beforeEach(() => {
  marked = [];
  errors = {};
  summary = emptySummary("kloudfuse-logs", "backup", "/journal");
  gate = Promise.resolve();
});

let s3: S3Client;

const respond: Respond = async ({ method, path, body }) => {
  await gate;
  if (method !== "GET") {
    marked.push(`${method} ${path} ${/<Value>(.*)<\/Value>/.exec(body.toString())?.[1] ?? ""}`.trim());
  }
  return errors[method] ?? (method === "GET" ? { body: "<Tagging><TagSet></TagSet></Tagging>" } : {});
};

beforeAll(() => {
  s3 = s3Stub(respond);
});

const completionOf = (deleteReplayed = false): ObjectMarker => new ObjectMarker(new Tags(s3), deleteReplayed, summary);

async function complete(outcome: ReplayOutcome, deleteReplayed = false): Promise<ObjectMarker> {
  const completion = completionOf(deleteReplayed);
  await completion.mark(object, outcome);
  await completion.drain();
  return completion;
}

describe("an object of which nothing is left to send", () => {
  test("is tagged with its outcome", async () => {
    await complete(REPLAYED);
    expect(marked).toEqual(["PUT /backup/key accepted=2 skipped=0 corrupt=0"]);
    expect(summary).toMatchObject({ deleted: 0, tagging: null });
  });

  test("is deleted instead, if every record was accepted and replayed objects are to be deleted", async () => {
    await complete(REPLAYED, true);
    expect(marked).toEqual(["DELETE /backup/key"]);
    expect(summary.deleted).toBe(1);
  });

  test.each([
    { accepted: 2, skipped: 1, corrupt: 0 },
    { accepted: 2, skipped: 0, corrupt: 1 },
  ])("is never deleted with %j", async (outcome) => {
    await complete(outcome, true);
    expect(marked).toEqual([`PUT /backup/key accepted=2 skipped=${outcome.skipped} corrupt=${outcome.corrupt}`]);
    expect(summary.deleted).toBe(0);
  });

  test.each([true, false])("is left as it is when nothing of it could be read (deletion: %j)", async (isDeleting) => {
    await complete({ accepted: 0, skipped: 0, corrupt: 1 }, isDeleting);
    await complete({ accepted: 0, skipped: 3, corrupt: 1 }, isDeleting);
    expect(marked).toEqual([]);
  });

  test("is tagged when all of it was skipped", async () => {
    await complete({ accepted: 0, skipped: 3, corrupt: 0 }, true);
    expect(marked).toEqual(["PUT /backup/key accepted=0 skipped=3 corrupt=0"]);
  });

  test("is tagged and named when it may not be deleted", async () => {
    errors = { DELETE: s3Error(403, "AccessDenied") };
    const completion = await complete(REPLAYED, true);
    expect(marked).toEqual(["DELETE /backup/key", "PUT /backup/key accepted=2 skipped=0 corrupt=0"]);
    expect(summary.unreadable.items).toEqual([
      {
        what: "key",
        reason: "AWS denied s3:DeleteObject on backup/key. Grant it to the user or role that runs this command.",
      },
    ]);
    expect(summary.deleted).toBe(0);
    expect(() => {
      completion.throwError();
    }).not.toThrow();
  });
});

describe("an object that an earlier run replayed", () => {
  test("is deleted if replayed objects are to be deleted", async () => {
    const completion = completionOf(true);
    await completion.deleteReplayedBefore(object);
    await completion.drain();
    expect({ marked, deleted: summary.deleted }).toEqual({ marked: ["DELETE /backup/key"], deleted: 1 });
  });

  test("is left alone otherwise", async () => {
    const completion = completionOf(false);
    await completion.deleteReplayedBefore(object);
    await completion.drain();
    expect({ marked, deleted: summary.deleted }).toEqual({ marked: [], deleted: 0 });
  });
});

describe("the calls of S3", () => {
  test("do not delay the replay, up to 32 of them", async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const completion = completionOf(true);
    for (let count = 0; count < 32; count++) {
      await completion.mark(object, REPLAYED);
    }
    let isStarted = false;
    const next = completion.mark(object, REPLAYED).then(() => {
      isStarted = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect({ isStarted, marked }).toEqual({ isStarted: false, marked: [] });
    open();
    await next;
    await completion.drain();
    expect(summary.deleted).toBe(33);
  });

  test("say at the end why objects are not tagged", async () => {
    errors = { PUT: s3Error(403, "AccessDenied") };
    const completion = await complete(REPLAYED);
    expect(summary.tagging).toBe(
      "AWS denied s3:PutObjectTagging. Grant it to the user or role that runs this command.",
    );
    expect(() => {
      completion.throwError();
    }).not.toThrow();
  });

  test("stop the replay when the credentials expire", async () => {
    errors = { GET: s3Error(400, "ExpiredToken") };
    const completion = await complete(REPLAYED);
    expect(() => {
      completion.throwError();
    }).toThrow("AWS refused the credentials at s3:GetObjectTagging (ExpiredToken).");
  });
});
