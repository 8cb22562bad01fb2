import { failureChecks } from "../../../cli/failures/checks";
import { causeOf } from "../../../cli/causes/diagnose";
import { damaged, findings, streamFindings, tally } from "../../helpers/failures";
import { outcomeLine } from "../../helpers/outcomes";

const SUBJECT = { subject: "logs", region: "eu-central-1" };

describe("the checks of failed records", () => {
  test("are one success with the place that was read where nothing failed", () => {
    expect(failureChecks(findings({ objects: 0 }))).toEqual([
      {
        ...SUBJECT,
        name: "failed records",
        verdict: "ok",
        found: "none in 0 objects under s3://bucket/logs-failures/",
        remedy: "",
      },
    ]);
  });

  test("have a problem for each cause, with number, size, codes, times, meaning and fix", () => {
    const { title, meaning, fix } = causeOf("too-large");
    expect(failureChecks(findings({ failedRecords: 7 }, { causes: [tally({})] }))).toEqual([
      {
        ...SUBJECT,
        name: title,
        verdict: "problem",
        found:
          "7 failed records, 1.5 kB, C1, C2, first arrived 1970-01-01 00:00:01Z, last attempt ended at an unknown time",
        remedy: `${meaning} ${fix}`,
      },
    ]);
  });

  test("name the status where the title of the cause does not", () => {
    const failing = tally({ cause: causeOf("endpoint-failing"), status: 503, records: 1 });
    expect(failureChecks(findings({ failedRecords: 1 }, { causes: [failing] }))[0]?.found).toMatch(
      /^1 failed record, 1\.5 kB, status 503, C1/,
    );
    const silent = tally({ cause: causeOf("endpoint-failing"), status: null });
    expect(failureChecks(findings({ failedRecords: 7 }, { causes: [silent] }))[0]?.found).not.toContain("status");
  });

  test("belong to the stream that failed", () => {
    const streams = [streamFindings({ stream: "metrics" }), streamFindings({ failedRecords: 7 })];
    const checks = failureChecks({ ...findings({}), streams, causes: [tally({})] });
    expect(checks.map(({ subject, verdict }) => `${verdict} ${subject}`)).toEqual(["ok metrics", "problem logs"]);
  });

  test("call corrupt entries a problem, and objects that were not read unknown, each with its reason", () => {
    const checks = failureChecks(findings({ corrupt: damaged(1), unreadable: damaged(2, "denied") }));
    expect(checks.map(({ name, verdict, found, details }) => ({ name, verdict, found, details }))).toEqual([
      { name: "corrupt entries", verdict: "problem", found: "1", details: ["0: cut"] },
      { name: "objects not read", verdict: "unknown", found: "2", details: ["0: denied", "1: denied"] },
    ]);
  });

  test.each([
    [{ objects: 0 }, "none in 0 objects under s3://bucket/logs-failures/ before the reading stopped early"],
    [{ objects: 3 }, "none in 3 objects under s3://bucket/logs-failures/ before the reading stopped early"],
    [
      { objects: 0, foreignObjects: 2 },
      "none in 0 objects under s3://bucket/logs-failures/ before the reading stopped early",
    ],
  ])("are undetermined where nothing was found, and not everything was read: %j", (fields, found) => {
    expect(failureChecks(findings({ ...fields, isComplete: false }))[0]).toEqual({
      ...SUBJECT,
      name: "failed records",
      verdict: "unknown",
      found,
      remedy: "It could not be determined whether records failed: fix the cause, and run the command again.",
    });
  });

  test("say nothing of what is missing where failed records were found before the reading stopped", () => {
    const found = findings({ failedRecords: 7, isComplete: false }, { causes: [tally({})] });
    expect(failureChecks(found).map(({ verdict }) => verdict)).toEqual(["problem"]);
  });

  test("are undetermined where every object is of others", () => {
    expect(failureChecks(findings({ objects: 0, foreignObjects: 2 }))).toEqual([
      {
        ...SUBJECT,
        name: "failed records",
        verdict: "unknown",
        found:
          "2 objects under s3://bucket/logs-failures/, none with a key that Firehose builds for failed records of this stream",
        remedy: "It could not be determined whether records failed: check the stream's name and its backup prefixes.",
      },
    ]);
  });

  test("note what was ignored beside the stream's own objects", () => {
    const checks = failureChecks(findings({ foreignObjects: 1, deliveredObjects: 2 }));
    expect(checks.map(outcomeLine)).toEqual([
      "ok failed records: none in 1 object under s3://bucket/logs-failures/",
      "note other objects: 1 object of other streams or writers, ignored",
      "ok delivered data: 2 objects with delivered data, ignored",
    ]);
  });
});
