import type { Check } from "../../../cli/checks/check";
import { replayChecks } from "../../../cli/replay/checks";
import { emptySummary, type StreamSummary } from "../../../cli/replay/summary";
import { outcomeLine } from "../../helpers/outcomes";

const checksOf = (fields: Partial<StreamSummary>, dryRun = false): Check[] =>
  replayChecks([{ ...emptySummary("logs", "bucket", "/journal"), ...fields }], "eu-central-1", dryRun);

const linesOf = (fields: Partial<StreamSummary>, dryRun = false): string[] => checksOf(fields, dryRun).map(outcomeLine);

describe("the checks of a replay", () => {
  test("say what was accepted, of which stream and region", () => {
    expect(checksOf({ records: 1000, bytes: 2500, objects: 1 })).toEqual([
      {
        subject: "logs",
        region: "eu-central-1",
        name: "records",
        verdict: "ok",
        found: "1,000 records accepted, 2.5 kB, 1 object replayed",
        remedy: "",
      },
    ]);
  });

  test("say what a dry run would send", () => {
    expect(linesOf({ records: 1 }, true)).toEqual(["ok records: 1 record would be sent, 0 B"]);
  });

  test("say what earlier runs did, and what was deleted", () => {
    expect(linesOf({ replayedBefore: 1, acceptedBefore: 2, deleted: 3 })).toEqual([
      "ok records: 0 records accepted, 0 B, 0 objects replayed, 1 object replayed before, 2 records sent by an earlier run, not sent again, 3 objects deleted",
    ]);
  });

  test.each([
    ["skipped", "problem skipped: 1", "They can never be delivered: see kloudfuse-firehose failures."],
    ["refused", "problem refused: 1", "Firehose did not accept them: run the command again, with a lower --rate."],
    ["corrupt", "problem corrupt: 1", "They are left as they are: look at the objects in S3."],
    ["unreadable", "unknown objects not read: 1", "Fix the cause, and run the command again."],
  ] as const)("name what is %s, with its reason", (kind, line, remedy) => {
    const summary = emptySummary("logs", "bucket", "/journal");
    summary[kind].add(() => ({ what: "key [1]", reason: "a\nb" }));
    expect(linesOf(summary)[1]).toBe(line);
    expect(checksOf(summary)[1]).toMatchObject({ details: ["key [1]: a b"], remedy });
  });

  test("say why it stopped, why objects are not tagged, and what was ignored", () => {
    expect(checksOf({ stopped: "Interrupted.", tagging: "denied", foreignObjects: 2 }).slice(1)).toMatchObject([
      {
        verdict: "unknown",
        name: "stopped early",
        found: "Interrupted.",
        remedy: "The accepted records are in /journal: run the command again to continue.",
      },
      { verdict: "note", name: "tags", found: "objects are not tagged: denied" },
      { verdict: "note", name: "other objects", found: "2 objects of other streams or writers, ignored" },
    ]);
  });
});
