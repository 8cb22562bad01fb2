import type { S3Client } from "@aws-sdk/client-s3";
import { Tags } from "../../../cli/replay/tags";
import { backupObject } from "../../fixtures/replay";
import { s3Error, type Respond, s3Stub, type StubResponse } from "../../helpers/aws-stub";

const object = backupObject("failures/a key +%ü");
const OUTCOME = { accepted: 3, skipped: 1, corrupt: 2 };
const OWN = "kloudfuse-firehose-replayed";

/** The tags of the one object in S3, and the calls in their order. */
let tags: Record<string, string> = {};
let calls: string[] = [];
let errors: Record<string, StubResponse> = {};

beforeEach(() => {
  tags = {};
  calls = [];
  errors = {};
});

let s3: S3Client;

const respond: Respond = ({ method, path, body }) => {
  calls.push(method);
  expect(path).toBe(`/backup/${object.key}`);
  const error = errors[method];
  if (error !== undefined) {
    return error;
  }
  if (method === "PUT") {
    const pairs = body.toString().matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g);
    tags = Object.fromEntries([...pairs].map(([, name = "", value = ""]) => [name, value]));
  }
  const list = Object.entries(tags).map(([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`);
  return { body: method === "GET" ? `<Tagging><TagSet>${list.join("")}</TagSet></Tagging>` : "" };
};

beforeAll(() => {
  s3 = s3Stub(respond);
});

const otherTags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "1"]));

describe("the outcome in the tags of an object", () => {
  test("is unknown without tags, and S3 is not asked", async () => {
    expect(await new Tags(s3).outcome(object, 0)).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test("is unknown with other tags alone", async () => {
    tags = otherTags(1);
    expect(await new Tags(s3).outcome(object, 1)).toBeUndefined();
    expect(calls).toEqual(["GET"]);
  });

  test.each(["accepted=3 skipped=1 corrupt=2", "accepted=3 set-aside=1 broken=2"])("is read from %j", async (value) => {
    tags = { ...otherTags(1), [OWN]: value };
    expect(await new Tags(s3).outcome(object, 2)).toEqual(OUTCOME);
  });

  test.each(["", "accepted=3", "accepted=x skipped=0 corrupt=0", "accepted=1 skipped=0 corrupt=0 more=1"])(
    "is not guessed from %j",
    async (value) => {
      tags = { [OWN]: value };
      await expect(new Tags(s3).outcome(object, 1)).rejects.toThrow(
        `${object.key} has a tag kloudfuse-firehose-replayed with a value that this version does not know ("${value}"). Update kloudfuse-firehose, or remove the tag to send the object again.`,
      );
    },
  );

  test("is an error when the tags may not be read: the object may be replayed", async () => {
    errors = { GET: s3Error(403, "AccessDenied") };
    await expect(new Tags(s3).outcome(object, 1)).rejects.toThrow(
      "AWS denied s3:GetObjectTagging. Grant it to the user or role that runs this command.",
    );
  });
});

describe("a completed object", () => {
  test("is tagged beside the tags that it has", async () => {
    tags = { team: "observability" };
    const own = new Tags(s3);
    await own.complete(object, OUTCOME);
    expect(tags).toEqual({ team: "observability", [OWN]: "accepted=3 skipped=1 corrupt=2" });
    expect({ calls, refused: own.refused }).toEqual({ calls: ["GET", "PUT"], refused: undefined });
  });

  test("has room for the tag beside nine, not beside ten", async () => {
    tags = otherTags(9);
    const own = new Tags(s3);
    await own.complete(object, OUTCOME);
    expect(Object.keys(tags)).toHaveLength(10);
    tags = otherTags(10);
    await own.complete(object, OUTCOME);
    expect(tags).toEqual(otherTags(10));
    expect(own.refused).toBe(`${object.key} has 10 tags already, the most that S3 allows.`);
  });

  test("is tagged anew when an earlier run left corrupt entries", async () => {
    tags = { ...otherTags(9), [OWN]: "accepted=1 skipped=0 corrupt=1" };
    await new Tags(s3).complete(object, OUTCOME);
    expect(tags).toEqual({ ...otherTags(9), [OWN]: "accepted=3 skipped=1 corrupt=2" });
  });

  test("stops the replay when another machine completed it meanwhile", async () => {
    tags = { [OWN]: "accepted=3 skipped=0 corrupt=0" };
    await expect(new Tags(s3).complete(object, OUTCOME)).rejects.toThrow(
      `Another replay, on another machine or with another --journal, completed ${object.key} at the same time. Let one of them end, then run the command again.`,
    );
    expect(calls).toEqual(["GET"]);
  });

  test.each([
    ["GET", ["GET"]],
    ["PUT", ["GET", "PUT"]],
  ])("is left untagged where %s is denied, and S3 is not asked again", async (method, expected) => {
    errors = { [method]: s3Error(403, "AccessDenied") };
    const own = new Tags(s3);
    await own.complete(object, OUTCOME);
    await own.complete(object, OUTCOME);
    expect({ calls, tags }).toEqual({ calls: expected, tags: {} });
    expect(own.refused).toBe(
      `AWS denied s3:${method === "GET" ? "Get" : "Put"}ObjectTagging. Grant it to the user or role that runs this command.`,
    );
  });

  test("is tried again for the next object after a passing error", async () => {
    errors = { PUT: s3Error(500, "InternalError") };
    const own = new Tags(s3);
    await own.complete(object, OUTCOME);
    errors = {};
    await own.complete(object, OUTCOME);
    expect(tags).toEqual({ [OWN]: "accepted=3 skipped=1 corrupt=2" });
    expect(own.refused).toBe("s3:PutObjectTagging failed: InternalError: from the stub");
  });

  test("stops the replay when the credentials expire", async () => {
    errors = { PUT: s3Error(400, "ExpiredToken") };
    await expect(new Tags(s3).complete(object, OUTCOME)).rejects.toThrow("AWS refused the credentials");
  });

  test.each(["GET", "PUT"])("may be deleted by another person before %s", async (method) => {
    errors = { [method]: s3Error(404, "NoSuchKey") };
    await expect(new Tags(s3).complete(object, OUTCOME)).resolves.toBeUndefined();
  });

  test("is deleted", async () => {
    await new Tags(s3).delete(object);
    expect(calls).toEqual(["DELETE"]);
    errors = { DELETE: s3Error(403, "AccessDenied") };
    await expect(new Tags(s3).delete(object)).rejects.toThrow(
      `AWS denied s3:DeleteObject on backup/${object.key}. Grant it to the user or role that runs this command.`,
    );
  });
});
