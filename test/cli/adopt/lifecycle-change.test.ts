import { lifecycleChange } from "../../../cli/adopt/lifecycle-change";
import { moduleRule } from "../../helpers/adoption";

const OWN = ["metrics/", "logs/"];
const detailsOf = (...rules: Parameters<typeof moduleRule>[0][]) =>
  lifecycleChange("bucket failures", rules.map(moduleRule), OWN).flatMap(({ details = [] }) => details);

describe("a lifecycle that is imported", () => {
  test("as the module has it is not changed, whatever the days", () => {
    expect(detailsOf({})).toEqual([]);
    expect(detailsOf({ Expiration: { Days: 1 } })).toEqual([]);
  });

  test("that does not exist is not changed", () => {
    expect(lifecycleChange("bucket failures", undefined, OWN)).toEqual([]);
  });

  test("becomes one rule, and what keeps the rules is said", () => {
    expect(lifecycleChange("bucket failures", [moduleRule({ ID: "mine" })], OWN)).toEqual([
      {
        action: "change",
        subject: "bucket failures",
        name: "lifecycle",
        found:
          "one rule for all objects, expire-failed-data, replaces the rules, which may delete objects and versions soon after the apply",
        details: ["rule mine, for all objects: is removed"],
        remedy:
          "Replay what is still needed first (kloudfuse-firehose replay), or use --keep bucket to keep the rules.",
      },
    ]);
  });

  test("keeps all failed records as long as those that are kept longest", () => {
    expect(
      detailsOf(
        { ID: "m", Filter: { Prefix: "metrics/" }, Expiration: { Days: 365 } },
        { ID: "l", Filter: { Prefix: "logs/" }, Expiration: { Days: 1 } },
      ),
    ).toEqual([
      "rule m, for metrics/: is removed",
      "rule l, for logs/: is removed",
      "expiry of logs/ (rule l): 1 day becomes 365 days",
    ]);
  });

  test("expires what no rule expires", () => {
    expect(detailsOf({ ID: undefined, Filter: { Prefix: "metrics/" } })).toEqual([
      "rule 1, for metrics/: is removed",
      "expiry of logs/: none becomes 30 days",
    ]);
  });

  test("has the module's days for noncurrent versions and incomplete uploads", () => {
    expect(
      detailsOf({
        NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 2 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      }),
    ).toEqual([
      "noncurrent versions: 30 days becomes 7 days",
      "number of newer versions to retain: set becomes not set",
      "incomplete uploads: 1 day becomes 7 days",
    ]);
    expect(detailsOf({ NoncurrentVersionExpiration: undefined, AbortIncompleteMultipartUpload: undefined })).toEqual([
      "noncurrent versions: unlimited becomes 7 days",
      "incomplete uploads: unlimited becomes 7 days",
    ]);
  });

  test("loses a rule that is off, and an expiry of delete markers", () => {
    expect(detailsOf({}, { ID: "off", Status: "Disabled", Expiration: { Days: 1 } })).toEqual([
      "rule off, for all objects, disabled: is removed",
    ]);
    expect(detailsOf({ Expiration: { ExpiredObjectDeleteMarker: true } })).toEqual([
      "delete markers (rule expire-failed-data): on becomes off",
    ]);
  });
});
