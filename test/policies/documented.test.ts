import { isDocumentedPrefix } from "../../policies/documented";

const DOCUMENTED = "kloudfuse-logs-failures/";

describe("a documented prefix", () => {
  test.each([DOCUMENTED, `eu-west-1/${DOCUMENTED}`, `team/eu-west-1/${DOCUMENTED}`])("is %s", (prefix) => {
    expect(isDocumentedPrefix(prefix, DOCUMENTED)).toBe(true);
  });

  test.each(["", `eu-${DOCUMENTED}`, `${DOCUMENTED}x`, "kloudfuse-logs-failures", "kloudfuse-metrics-failures/"])(
    "is not %j",
    (prefix) => {
      expect(isDocumentedPrefix(prefix, DOCUMENTED)).toBe(false);
    },
  );
});
