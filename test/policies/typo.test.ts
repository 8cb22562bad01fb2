import { typoIn } from "../../policies/typo";

describe("a typo", () => {
  test.each([
    ["kloudfues-metrics", "kloudfues", "kloudfuse"],
    ["kloudfse-logs", "kloudfse", "kloudfuse"],
    ["Kloud-fuse", undefined, undefined],
    ["CLOUDFUSE", "cloudfuse", "kloudfuse"],
    ["cloudfus", "cloudfus", "kloudfuse"],
    ["kloudfuse-metics", "metics", "metrics"],
    ["kloudfuse-mertics", "mertics", "metrics"],
    ["kloudfuse-emtrics", "emtrics", "metrics"],
  ])("in %s is %s for %s", (name, typo, word) => {
    expect(typoIn(name)).toEqual(typo === undefined ? undefined : { typo, word });
  });

  test.each(["kloudfuse-metrics", "kloudfuse-logs", "metric-stream", "telemetry", "", "ktrics", "cloudfu", "mtircs"])(
    "is not in %j",
    (name) => {
      expect(typoIn(name)).toBeUndefined();
    },
  );
});
