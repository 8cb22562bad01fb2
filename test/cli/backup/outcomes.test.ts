import { ignoredObjectsOutcome, listOutcome, onlyForeignOutcome } from "../../../cli/backup/outcomes";
import { CappedList } from "../../../cli/capped-list";
import { problem } from "../../../cli/checks/check";

describe("objects of others under a backup prefix", () => {
  test("are a note with their number", () => {
    expect(ignoredObjectsOutcome(0)).toEqual([]);
    expect(ignoredObjectsOutcome(1)).toEqual([
      {
        name: "other objects",
        verdict: "note",
        found: "1 object of other streams or writers, ignored",
        remedy: "No action needed if they share the prefix on purpose.",
      },
    ]);
  });

  test("are unknown where there are no others", () => {
    expect(onlyForeignOutcome("failed data", "at least 2 objects", "s3://b/p/")).toMatchObject({
      name: "failed data",
      verdict: "unknown",
      found:
        "at least 2 objects under s3://b/p/, none with a key that Firehose builds for failed records of this stream",
    });
  });
});

describe("parts of the backup with a reason", () => {
  const listed = (...keys: readonly string[]) => {
    const list = new CappedList<{ readonly key: string; readonly reason: string }>();
    keys.forEach((key) => {
      list.add(() => ({ key, reason: "cut\noff" }));
    });
    return listOutcome(problem, "corrupt", { list, nameOf: ({ key }) => key }, "Look at them.");
  };

  test("are details of one outcome, each on one line, under their number", () => {
    expect(listed("a", "b")).toEqual([
      {
        name: "corrupt",
        verdict: "problem",
        found: "2",
        remedy: "Look at them.",
        details: ["a: cut off", "b: cut off"],
      },
    ]);
  });

  test("are nothing where there are none", () => {
    expect(listed()).toEqual([]);
  });

  test("are counted with a comma", () => {
    expect(listed(...Array<string>(1200).fill("key"))[0]?.found).toBe("1,200");
  });

  test("have names of up to 1,100 characters", () => {
    expect(listed("k".repeat(1100))[0]?.details).toEqual([`${"k".repeat(1100)}: cut off`]);
    expect(listed("k".repeat(1101))[0]?.details).toEqual([`${"k".repeat(1099)}…: cut off`]);
  });
});
