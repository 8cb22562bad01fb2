import { allowanceOf, readAllowances, unusedMessage } from "../../../cli/policy/allowances";

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
        `--allow must be <policy>=<reason> or <policy>@<address>=<reason>, got "${text}". Add why it is allowed.`,
      );
    },
  );

  test("is refused for a policy that does not exist", () => {
    expect(() => readAllowances(["KFF-X=why"], POLICIES)).toThrow(
      '--allow must name a policy, got "KFF-X". The policies: KFF-CHG-001, KFF-BKT-006.',
    );
  });

  describe("of an address", () => {
    const reasonOf = (policy: string, address: string, stack?: string): string | undefined => {
      const allowances = readAllowances(["KFF-CHG-001@module.a=in a", "KFF-CHG-001=anywhere"], POLICIES);
      return allowanceOf(allowances, policy, address, stack)?.reason;
    };

    test.each(["module.a", "module.a.aws_s3_bucket.b", 'module.a["x"].aws_s3_bucket.b'])("covers %s", (address) => {
      expect(reasonOf("KFF-CHG-001", address)).toBe("in a");
    });

    test.each(["module.ab.aws_s3_bucket.b", "aws_s3_bucket.a"])("does not cover %s, one without does", (address) => {
      expect(reasonOf("KFF-CHG-001", address)).toBe("anywhere");
    });

    test("can be a stack of a fleet, or what is in it", () => {
      const ofStacks = readAllowances(
        ["KFF-CHG-001@stack-1=all of 1", "KFF-CHG-001@stack-2.module.a=a of 2"],
        POLICIES,
      );
      const reasonIn = (stack: string | undefined, address: string): string | undefined =>
        allowanceOf(ofStacks, "KFF-CHG-001", address, stack)?.reason;
      expect(reasonIn("stack-1", "module.b.aws_s3_bucket.b")).toBe("all of 1");
      expect(reasonIn("stack-2", "module.a.aws_s3_bucket.b")).toBe("a of 2");
      expect(reasonIn("stack-2", "module.b.aws_s3_bucket.b")).toBeUndefined();
      expect(reasonIn("stack-10", "module.a.aws_s3_bucket.b")).toBeUndefined();
      expect(reasonIn(undefined, "module.a.aws_s3_bucket.b")).toBeUndefined();
    });

    test("is that of an address in every stack", () => {
      expect(reasonOf("KFF-CHG-001", "module.a.aws_s3_bucket.b", "stack-1")).toBe("in a");
    });

    test("counts with the longest address, wherever it stands in the command", () => {
      const nested = readAllowances(
        [
          "KFF-CHG-001=anywhere",
          "KFF-CHG-001@module.a=in a",
          "KFF-CHG-001@module.a.aws_s3_bucket.b=b",
          "KFF-CHG-001@x.y=other",
        ],
        POLICIES,
      );
      expect(allowanceOf(nested, "KFF-CHG-001", "module.a.aws_s3_bucket.b[0]")?.reason).toBe("b");
      expect(allowanceOf(nested, "KFF-CHG-001", "module.a.aws_s3_bucket.c")?.reason).toBe("in a");
    });

    test("is the first one of equal ones", () => {
      const equal = readAllowances(["KFF-CHG-001=first", "KFF-CHG-001=second"], POLICIES);
      expect(allowanceOf(equal, "KFF-CHG-001", "module.a")?.reason).toBe("first");
    });

    test("covers no other policy", () => {
      expect(reasonOf("KFF-BKT-006", "module.a")).toBeUndefined();
    });
  });
});

describe("an allowance without effect", () => {
  const messageOf = (index: number): string[] => {
    const allowances = readAllowances(["KFF-CHG-001=one", "KFF-CHG-001=two", "KFF-CHG-001@a.b=one"], POLICIES);
    return allowances.slice(index, index + 1).map((unused) => unusedMessage(unused, allowances));
  };

  test.each([
    [0, '--allow "KFF-CHG-001=one" matches nothing. Remove it.'],
    [1, '--allow "KFF-CHG-001=two" repeats --allow "KFF-CHG-001=one", which takes effect. Remove one of them.'],
    [2, '--allow "KFF-CHG-001@a.b=one" matches nothing. Remove it.'],
  ])("is explained: %s", (index, message) => {
    expect(messageOf(index)).toEqual([message]);
  });
});
