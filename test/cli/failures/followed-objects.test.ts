import type { BackupObject } from "../../../cli/backup/objects";
import { FollowedObjects } from "../../../cli/failures/followed-objects";
import { MINUTE_MS } from "../../../cli/time";

const object = (key: string, etag = "e"): BackupObject => ({ bucket: "bucket", key, etag, size: 1 });
const ALL = { since: undefined, until: undefined };

describe("the readings of a backup that is followed", () => {
  test("read every object once", () => {
    const followed = new FollowedObjects(ALL, new Date(0));
    expect(followed.isRead(object("a"))).toBe(false);
    followed.add(object("a"));
    followed.next(true, new Date(1));
    expect(followed.isRead(object("a"))).toBe(true);
    expect(followed.isRead(object("b"))).toBe(false);
    followed.next(true, new Date(2));
    expect(followed.isRead(object("a"))).toBe(true);
  });

  test("read an object again that was replaced", () => {
    const followed = new FollowedObjects(ALL, new Date(0));
    followed.add(object("a", "1"));
    followed.next(true, new Date(1));
    expect(followed.isRead(object("a", "2"))).toBe(false);
  });

  test("begin with the range of the command, and go on 15 minutes before the reading before", () => {
    const range = { since: new Date(5), until: undefined };
    const followed = new FollowedObjects(range, new Date(20 * MINUTE_MS));
    expect(followed.range).toEqual(range);
    followed.next(true, new Date(21 * MINUTE_MS));
    expect(followed.range).toEqual({ since: new Date(5 * MINUTE_MS), until: undefined });
    followed.next(true, new Date(22 * MINUTE_MS));
    expect(followed.range).toEqual({ since: new Date(6 * MINUTE_MS), until: undefined });
  });

  test("forget what is no longer listed", () => {
    const followed = new FollowedObjects(ALL, new Date(0));
    followed.add(object("a"));
    followed.next(true, new Date(1));
    followed.next(true, new Date(2));
    expect(followed.isRead(object("a"))).toBe(false);
  });

  test("repeat the range of a reading that stopped early, without what it read", () => {
    const followed = new FollowedObjects(ALL, new Date(0));
    followed.add(object("a"));
    followed.next(false, new Date(1));
    expect(followed.range).toEqual(ALL);
    expect(followed.isRead(object("a"))).toBe(true);
    expect(followed.isRead(object("b"))).toBe(false);
  });
});
