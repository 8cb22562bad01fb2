import type { Condition } from "../../../iam/statement";
import { UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse, type Kloudfuse, type PlannedStream } from "../../../policies/kloudfuse";
import { locationsOf, type UsedRole, roleUses, usedRoles } from "../../../policies/roles/role-uses";
import {
  dependsOn,
  isUnknown,
  othersOf,
  passesWithoutSource,
  trustSourcesOf,
  TRUST,
  trusted,
  trustOf,
} from "../../../policies/roles/trust";
import type { JsonObject } from "../../../iam/json";
import {
  change,
  document,
  planWith,
  REGION,
  ROLE,
  roleChange,
  STREAM_ARN,
  streamValues,
  TRUSTS_FIREHOSE,
  TRUSTS_LOGS,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";

function usedIn(
  role: PlannedChange = roleChange(),
  more: readonly PlannedChange[] = [],
): { readonly kloudfuse: Kloudfuse; readonly used: UsedRole } {
  const kloudfuse = findKloudfuse(planOf(planWith({ role }, more)));
  const used = usedRoles(kloudfuse).find(({ role: { address } }) => address === ROLE);
  if (used === undefined) {
    throw new Error("a stream must use the role");
  }
  return { kloudfuse, used };
}

const trusting = (...statements: readonly JsonObject[]): PlannedChange =>
  roleChange({ assume_role_policy: document(...statements) });
const unknownTrust = roleChange({ assume_role_policy: undefined }, unknownAt(TRUST, "var.trust"));

const streamsOf = ({ uses }: UsedRole): readonly PlannedStream[] => uses.map(({ stream }) => stream);

const trustIn = (role: PlannedChange): ReturnType<typeof trustOf> => {
  const { kloudfuse, used } = usedIn(role);
  return trustOf(kloudfuse, used.role);
};

describe("the trust policy of a role", () => {
  test("has its statements", () => {
    const { statements, invalid } = trustIn(trusting(TRUSTS_FIREHOSE, TRUSTS_LOGS));
    expect([statements.length, statements.includes(UNKNOWN), invalid]).toEqual([2, false, undefined]);
  });

  test("has a statement that is not known where it is not", () => {
    expect(trustIn(unknownTrust)).toEqual({ statements: [UNKNOWN], invalid: undefined });
  });

  test("says why it is invalid", () => {
    expect(trustIn(roleChange({ assume_role_policy: "{}" })).invalid).toBe(
      "The policy document must have a Statement. Add one.",
    );
  });

  test("is unknown where none of its statements is known", () => {
    expect([isUnknown(trustIn(unknownTrust)), isUnknown(trustIn(trusting(TRUSTS_FIREHOSE)))]).toEqual([true, false]);
    const [known] = trustIn(trusting(TRUSTS_FIREHOSE)).statements;
    expect(known && isUnknown({ statements: [UNKNOWN, known], invalid: undefined })).toBe(false);
  });
});

describe("the locations of a role's streams", () => {
  const second = (region: string): PlannedChange =>
    change("aws_kinesis_firehose_delivery_stream.m", { ...streamValues({ signal: "metrics" }), region });
  const regions = (...more: readonly PlannedChange[]): readonly unknown[] =>
    locationsOf(streamsOf(usedIn(roleChange(), more).used)).map(({ region, accountId }) => [region, accountId]);

  test("are each once", () => {
    expect(regions(second(REGION))).toEqual([[REGION, ACCOUNT]]);
  });

  test("are those of all streams", () => {
    expect(regions(second("us-west-2"))).toEqual([
      [REGION, ACCOUNT],
      ["us-west-2", ACCOUNT],
    ]);
  });
});

describe("everybody beside the two services", () => {
  const others = (role: PlannedChange): readonly unknown[] => {
    const { kloudfuse, used } = usedIn(role);
    expect(othersOf(kloudfuse, used)).toBe(othersOf(kloudfuse, used));
    return othersOf(kloudfuse, used).map(({ principal }) => principal);
  };

  test("is nobody where the role trusts the services alone", () => {
    expect(others(trusting(TRUSTS_FIREHOSE, TRUSTS_LOGS))).toEqual([]);
  });

  test("is whom else the role trusts", () => {
    const foreign = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "210987654321" } };
    expect(others(trusting(TRUSTS_FIREHOSE, foreign))).toEqual(["AWS:210987654321"]);
  });
});

describe("a service that does not say on whose behalf", () => {
  const passes = (Condition: JsonObject): boolean => {
    const { kloudfuse, used } = usedIn(trusting({ ...TRUSTS_FIREHOSE, Condition }));
    return passesWithoutSource(trustOf(kloudfuse, used.role), "firehose", locationsOf(streamsOf(used)));
  };

  test("can assume a role whose condition lets an absent key pass", () => {
    expect(passes({ StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } })).toBe(true);
  });

  test("cannot assume a role whose condition asks for the key", () => {
    expect(passes({ StringEquals: { "aws:SourceAccount": ACCOUNT } })).toBe(false);
  });

  test("cannot assume a role that trusts another service", () => {
    const { kloudfuse, used } = usedIn(trusting({ ...TRUSTS_LOGS, Condition: {} }));
    expect(passesWithoutSource(trustOf(kloudfuse, used.role), "firehose", locationsOf(streamsOf(used)))).toBe(false);
  });
});

describe("what a service works for", () => {
  test("is the stream for Firehose, and any log group for CloudWatch Logs", () => {
    const { kloudfuse } = usedIn();
    expect(roleUses(kloudfuse).map((use) => [use.service, trustSourcesOf(use)])).toEqual([
      ["firehose", [STREAM_ARN]],
      ["firehose", [STREAM_ARN]],
      ["logs", []],
    ]);
  });
});

describe("a message about a trust policy", () => {
  const roleIn = (more: Partial<PlannedChange> = {}): UsedRole["role"] => usedIn(roleChange({}, more)).used.role;
  const condition = (operator: string, key: Condition["key"], ...values: Condition["values"]): Condition => ({
    operator,
    key,
    values,
  });
  const CONDITIONS = [condition("Bool", "a:b", "x"), condition("Null", "c:d", "y"), condition("Bool", "a:b", "z")];

  test("names a principal, unless the policy is sensitive", () => {
    expect(trusted(roleIn(), "AWS:1")).toBe("AWS:1");
    expect(trusted(roleIn({ sensitive: [TRUST] }), "AWS:1")).toBe("(sensitive value)");
  });

  test("names each condition that is known, once", () => {
    expect(dependsOn(roleIn(), "whether x", CONDITIONS)).toBe("whether x depends on Bool a:b, Null c:d");
  });

  test("names no condition of a sensitive policy", () => {
    expect(dependsOn(roleIn({ sensitive: [TRUST] }), "whether x", CONDITIONS)).toBe(
      "whether x depends on (sensitive value)",
    );
  });

  test.each<[string, readonly Condition[]]>([
    ["no condition", []],
    ["a condition on a key that is not known", [condition("Bool", UNKNOWN, "x")]],
    ["a condition with a value that is not known", [condition("Bool", "a:b", "x", UNKNOWN)]],
  ])("says of %s that it is not known before the apply", (_, conditions) => {
    expect(dependsOn(roleIn(), "whether x", conditions)).toBe("whether x is not known before the apply");
  });
});
