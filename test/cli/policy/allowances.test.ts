import { allowanceOf, readAllowances } from "../../../cli/policy/allowances";

const POLICIES = ["KFF-CHG-001", "KFF-BKT-006"];

describe("an allowance", () => {
  test.each([
    ["KFF-CHG-001=moved on Sunday", undefined, "moved on Sunday"],
    ["KFF-CHG-001= a=b @c ", undefined, "a=b @c"],
    ["KFF-CHG-001@aws_s3_bucket.b=why", "aws_s3_bucket.b", "why"],
    ['KFF-CHG-001@module.k["a=b@c"].aws_s3_bucket.b[0]=x=y', 'module.k["a=b@c"].aws_s3_bucket.b[0]', "x=y"],
    ['KFF-CHG-001@module.k["a\\"]=b"]=why', 'module.k["a\\"]=b"]', "why"],
  ])("is read from %s", (text, address, reason) => {
    expect(readAllowances([text], POLICIES)).toEqual([{ text, policy: "KFF-CHG-001", address, reason }]);
  });

  test.each(["", "KFF-CHG-001", "KFF-CHG-001=", "KFF-CHG-001=  ", "KFF-CHG-001@=why", "KFF-CHG-001@a.b"])(
    "is refused without a part: %j",
    (text) => {
      expect(() => readAllowances([text], POLICIES)).toThrow(
        `--allow must be <policy>=<reason> or <policy>@<address>=<reason> (got "${text}"). Add why it is allowed.`,
      );
    },
  );

  test("is refused for a policy that does not exist", () => {
    expect(() => readAllowances(["KFF-X=why"], POLICIES)).toThrow(
      '--allow must name a policy (got "KFF-X"). The policies: KFF-CHG-001, KFF-BKT-006.',
    );
  });

  describe("of an address", () => {
    const allowances = readAllowances(["KFF-CHG-001@module.a=in a", "KFF-CHG-001=anywhere"], POLICIES);
    const reasonOf = (policy: string, address: string): string | undefined =>
      allowanceOf(allowances, policy, address)?.reason;

    test.each(["module.a", "module.a.aws_s3_bucket.b", 'module.a["x"].aws_s3_bucket.b'])("covers %s", (address) => {
      expect(reasonOf("KFF-CHG-001", address)).toBe("in a");
    });

    test.each(["module.ab.aws_s3_bucket.b", "aws_s3_bucket.a"])("does not cover %s, one without does", (address) => {
      expect(reasonOf("KFF-CHG-001", address)).toBe("anywhere");
    });

    test("covers no other policy", () => {
      expect(reasonOf("KFF-BKT-006", "module.a")).toBeUndefined();
    });
  });
});
