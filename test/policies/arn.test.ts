import { SEGMENT } from "../../iam/text";
import { UNKNOWN } from "../../iam/unknown";
import { arnOf, joinParts, partsOf, displayText } from "../../policies/arn";
import { LOCATION } from "../helpers/account";

describe("an ARN", () => {
  test("is a text where all of it is known", () => {
    expect(arnOf(LOCATION, "firehose", "deliverystream/", "kloudfuse-logs")).toBe(
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
    );
  });

  test("has parts where some of it is not known", () => {
    const parts = arnOf({ ...LOCATION, partition: UNKNOWN, region: UNKNOWN, accountId: UNKNOWN }, "s3", "backup");
    expect(parts).toEqual(["arn:", SEGMENT, ":s3:", SEGMENT, ":", SEGMENT, ":", "backup"]);
    expect(displayText(parts)).toBe("arn:(not known):s3:(not known):(not known):backup");
  });
});

describe("parts", () => {
  test("become one text only where all are known", () => {
    expect(joinParts(["a", "b"])).toBe("ab");
    expect(joinParts(["a", UNKNOWN])).toEqual(["a", UNKNOWN]);
  });

  test("of a text are the text itself", () => {
    expect(partsOf("a")).toEqual(["a"]);
    expect(partsOf(UNKNOWN)).toEqual([UNKNOWN]);
    expect(partsOf(["a", SEGMENT])).toEqual(["a", SEGMENT]);
  });
});
