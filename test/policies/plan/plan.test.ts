import { UNKNOWN } from "../../../iam/unknown";
import type { Plan } from "../../../policies/plan/plan";
import { type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const addresses = (resources: readonly { readonly address: string }[]): readonly string[] =>
  resources.map(({ address }) => address);

const role = (address: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address,
  values: { name: "x", arn: "arn:aws:iam::123456789012:role/x" },
  ...more,
});

const DELETE = { actions: ["delete"] };
const REPLACE = { actions: ["delete", "create"] };

describe("the resources of a plan", () => {
  const data: PlannedChange = { address: "data.aws_iam_role.d", values: { name: "x" } };
  let plan: Plan;

  beforeAll(() => {
    plan = planOf([
      role("aws_iam_role.a"),
      role("aws_iam_role.gone", DELETE),
      role("aws_iam_role.replaced", REPLACE),
      { address: "aws_s3_bucket.gone", values: {}, ...DELETE },
      data,
    ]);
  });

  test("are found by type, without those that are destroyed for good", () => {
    expect(addresses(plan.ofType("aws_iam_role"))).toEqual(["aws_iam_role.a", "aws_iam_role.replaced"]);
  });

  test("are found by type where the plan destroys them, also to create them again", () => {
    expect(addresses(plan.deletedOfType("aws_iam_role"))).toEqual(["aws_iam_role.gone", "aws_iam_role.replaced"]);
    expect(plan.deletedOfType("aws_iam_policy")).toEqual([]);
  });

  test("are found at an address, where they will exist", () => {
    expect(plan.at("aws_iam_role.a")?.address).toBe("aws_iam_role.a");
    expect(plan.at("aws_iam_role.gone")).toBeUndefined();
  });

  test("are data sources by type", () => {
    expect(addresses(plan.dataSourcesOfType("aws_iam_role"))).toEqual([data.address]);
    expect(addresses(plan.resources)).not.toContain(data.address);
  });

  test("are found by the value of an attribute", () => {
    expect(addresses(plan.withValue("aws_iam_role", "name", "x"))).toEqual(["aws_iam_role.a", "aws_iam_role.replaced"]);
    expect(plan.withValue("aws_iam_role", "name", "y")).toEqual([]);
    expect(plan.withValue("aws_iam_role", "path", "x")).toEqual([]);
    expect(plan.withValue("aws_iam_role", "name", "x")).toBe(plan.withValue("aws_iam_role", "name", "x"));
  });

  test("that are deposed are deleted, and not forgotten", () => {
    const deposed = planOf([
      role("aws_iam_role.a", { actions: ["forget"], deposed: "1" }),
      role("aws_iam_role.b", { actions: ["forget"] }),
    ]);
    expect(addresses(deposed.deleted)).toEqual(["aws_iam_role.a"]);
    expect(addresses(deposed.forgotten)).toEqual(["aws_iam_role.b"]);
    expect(addresses(deposed.resources)).toEqual(["aws_iam_role.b"]);
  });

  test("are as they drifted only where the plan only refreshes", () => {
    const drift = [role("aws_iam_role.a", { values: { name: "drifted" }, actions: ["update"] })];
    const named = (parts: PlanParts): unknown =>
      planOf(parts.isRefreshOnly === true ? [] : [role("aws_iam_role.b")], {
        state: [role("aws_iam_role.a")],
        drift,
        ...parts,
      })
        .at("aws_iam_role.a")
        ?.get("name");
    expect(named({ isRefreshOnly: true })).toBe("drifted");
    expect(named({})).toBe("x");
  });
});

describe("a plan", () => {
  const isComplete = (changes: readonly PlannedChange[], parts: PlanParts = {}): boolean =>
    planOf(changes, parts).isComplete;

  test("is complete unless it says otherwise", () => {
    expect(isComplete([role("aws_iam_role.a")])).toBe(true);
    expect(isComplete([role("aws_iam_role.a")], { complete: true })).toBe(true);
  });

  test.each<[string, PlanParts]>([
    ["says so", { complete: false }],
    ["stopped with an error", { errored: true }],
    ["deferred a change", { deferred: [role("aws_iam_role.b")] }],
    ["leaves out a resource of the state", { state: [role("aws_iam_role.b")] }],
  ])("is not complete where it %s", (_, parts) => {
    expect(isComplete([role("aws_iam_role.a")], parts)).toBe(false);
  });

  test("is complete where it leaves out only data sources of the state", () => {
    const state: PlannedChange[] = [{ address: "data.aws_region.here", values: {} }];
    expect(isComplete([role("aws_iam_role.a")], { state })).toBe(true);
  });

  test("is complete where it only refreshes what the state has", () => {
    expect(isComplete([], { isRefreshOnly: true, state: [role("aws_iam_role.a")] })).toBe(true);
  });

  test("without changes and without resources in the state does not only refresh", () => {
    const state: PlannedChange[] = [{ address: "data.aws_region.here", values: {} }];
    expect(planOf([], { isRefreshOnly: true, state }).limitations).toEqual([]);
  });
});

describe("the accounts and regions of a plan", () => {
  const locations = (changes: readonly PlannedChange[], parts: PlanParts = {}): unknown => {
    const { accountIds, regions } = planOf(changes, parts).locations;
    return [[...accountIds], [...regions]];
  };
  const PROVIDER = { aws: { region: "eu-west-1", allowed_account_ids: ["123456789012"] } };

  test("are those of its providers, also without resources", () => {
    expect(locations([], { providers: PROVIDER })).toEqual([["123456789012"], ["eu-west-1"]]);
  });

  test("are those of its resources, each once", () => {
    const bucket: PlannedChange = { address: "aws_s3_bucket.b", values: { region: "us-west-2" } };
    expect(locations([role("aws_iam_role.a"), role("aws_iam_role.b"), bucket], { providers: PROVIDER })).toEqual([
      ["123456789012"],
      ["eu-west-1", "us-west-2"],
    ]);
  });

  test("are those of resources that it destroys", () => {
    expect(locations([role("aws_iam_role.gone", DELETE)])).toEqual([["123456789012"], []]);
  });

  test("are not those of other providers' resources, or of data sources that read elsewhere", () => {
    const values = { region: "europe-west1", arn: "arn:aws:iam::999999999999:role/x" };
    const others = ["google_x.a", "data.aws_iam_role.d"].map((address) => ({ address, values }));
    expect(locations(others, { providers: PROVIDER })).toEqual([["123456789012"], ["eu-west-1"]]);
  });

  test("are none where it shows none", () => {
    expect(locations([])).toEqual([[], []]);
  });
});

describe("the resources that a text named before the plan", () => {
  const named = (plan: Plan, text: string): readonly string[] => addresses(plan.namedBefore("aws_iam_role", text));

  test("include those that are destroyed, each once", () => {
    const plan = planOf([
      role("aws_iam_role.kept", { actions: ["no-op"] }),
      role("aws_iam_role.gone", DELETE),
      role("aws_iam_role.replaced", REPLACE),
    ]);
    expect(named(plan, "x")).toEqual(["aws_iam_role.kept", "aws_iam_role.replaced", "aws_iam_role.gone"]);
  });

  test("are by the name before the plan", () => {
    const plan = planOf([
      role("aws_iam_role.a", { values: { name: "new" }, before: { name: "old" }, actions: ["update"] }),
    ]);
    expect([named(plan, "old"), named(plan, "new")]).toEqual([["aws_iam_role.a"], []]);
  });

  test("are of the type alone", () => {
    const plan = planOf([role("aws_iam_role.a", { actions: ["no-op"] }), { ...role("aws_z.a"), actions: ["no-op"] }]);
    expect([named(plan, "x"), addresses(plan.namedBefore("aws_z", "x"))]).toEqual([["aws_iam_role.a"], ["aws_z.a"]]);
  });
});

describe("the successor of a deleted resource", () => {
  const successor = (deleted: PlannedChange, ...others: readonly PlannedChange[]): string | undefined => {
    const plan = planOf([deleted, ...others]);
    return plan.successorOf(resourceAt(plan, deleted.address))?.address;
  };
  const bucket = (label: string, name: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
    address: `aws_s3_bucket.${label}`,
    values: { bucket: name },
    ...more,
  });

  test("is the bucket that is created with its name", () => {
    expect(successor(bucket("old", "b", DELETE), bucket("new", "b"))).toBe("aws_s3_bucket.new");
    expect(successor(bucket("old", "b", DELETE), bucket("new", "c"))).toBeUndefined();
  });

  test("is the resource that is created with its name", () => {
    expect(successor(role("aws_iam_role.old", DELETE), role("aws_iam_role.new"))).toBe("aws_iam_role.new");
  });

  test("is none of a resource without a name", () => {
    expect(successor(bucket("old", "b", { ...DELETE, values: {} }), bucket("new", "b"))).toBeUndefined();
  });

  test("is none of a resource that is created again at its address", () => {
    expect(successor(bucket("old", "b", REPLACE), bucket("new", "b"))).toBeUndefined();
  });
});

describe("the statements of a policy document", () => {
  const policy = (more: Partial<PlannedChange> = {}): ReturnType<Plan["statements"]> => {
    const plan = planOf([
      { address: "aws_iam_policy.p", values: { policy: '{"Version":"2012-10-17","Statement":[]}' }, ...more },
    ]);
    return plan.statements(resourceAt(plan, "aws_iam_policy.p"), "policy");
  };

  test("are all of a complete one", () => {
    expect(policy()).toEqual([]);
  });

  test("are not known of an incomplete one", () => {
    expect(policy({ unknown: ["policy"] })).toBe(UNKNOWN);
  });

  test("are read once", () => {
    const plan = planOf([{ address: "aws_iam_policy.p", values: { policy: "{}" } }]);
    const resource = resourceAt(plan, "aws_iam_policy.p");
    expect(plan.policyDocument(resource, "policy")).toBe(plan.policyDocument(resource, "policy"));
  });
});

describe("the documents that the blocks of a list refer to", () => {
  const documents = (references: Readonly<Record<string, readonly string[]>>): unknown => {
    const plan = planOf([
      { address: "aws_iam_role.r", values: {}, unknown: ["inline_policy"], references },
      ...["a", "b"].map((name) => ({
        address: `data.aws_iam_policy_document.${name}`,
        values: { statement: [{ sid: name, actions: ["s3:*"] }] },
        unknown: ["json"],
      })),
    ]);
    const found = plan.referredDocuments(resourceAt(plan, "aws_iam_role.r"), "inline_policy");
    return found === UNKNOWN
      ? "unknown"
      : found.map(({ statements, isComplete }) => [...statements.map(({ sid }) => sid), isComplete]);
  };

  test("are each one's", () => {
    expect(
      documents({
        "inline_policy.0.policy": ["data.aws_iam_policy_document.a.json"],
        "inline_policy.1.policy": ["data.aws_iam_policy_document.b.json"],
      }),
    ).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  test("are not determined where the plan hides some", () => {
    expect(
      documents({
        "inline_policy.0.policy": ["data.aws_iam_policy_document.a.json"],
        "inline_policy.1.policy": ["local.policy"],
      }),
    ).toBe("unknown");
  });
});

describe("two resources", () => {
  test.each([
    ["123456789012", true],
    ["999999999999", false],
  ])("of which the account is 123456789012 and %s are in one account: %j", (account, expected) => {
    const plan = planOf([
      role("aws_iam_role.a"),
      role("aws_iam_role.b", { values: { arn: `arn:aws:iam::${account}:role/x` } }),
    ]);
    expect(plan.isSameAccount(resourceAt(plan, "aws_iam_role.a"), resourceAt(plan, "aws_iam_role.b"))).toBe(expected);
  });
});

describe("whether the configuration has an attribute", () => {
  const isConfigured = (path: string, more: Partial<PlannedChange> = {}): boolean => {
    const plan = planOf([role("module.a.aws_iam_role.a", more)]);
    return plan.isConfigured(resourceAt(plan, "module.a.aws_iam_role.a"), path);
  };

  test("holds of what is written in it", () => {
    expect(isConfigured("name")).toBe(true);
  });

  test("does not hold of anything else", () => {
    expect(isConfigured("path")).toBe(false);
  });

  test("does not hold of a resource that it does not have", () => {
    expect(isConfigured("name", { isUnconfigured: true })).toBe(false);
  });
});

describe("whether the configuration leaves an attribute out", () => {
  const isOmitted = (path: string, more: Partial<PlannedChange>): boolean => {
    const plan = planOf([{ address: "aws_x.y", values: { block: [{ known: "a" }] }, ...more }]);
    return plan.isOmitted(resourceAt(plan, "aws_x.y"), path);
  };

  test("holds of an unknown one without an expression", () => {
    expect(isOmitted("arn", { unknown: ["arn"] })).toBe(true);
  });

  test("does not hold of an unknown one with an expression", () => {
    expect(isOmitted("arn", unknownAt("arn", "var.arn"))).toBe(false);
  });

  test("does not hold of a known one", () => {
    expect(isOmitted("block.0.known", {})).toBe(false);
    expect(isOmitted("other", {})).toBe(false);
  });

  test("holds of all in an unknown block without an expression", () => {
    expect(isOmitted("block.0.inner.0.deep", { unknown: ["block.0.inner"] })).toBe(true);
  });

  test("holds of an unknown one in a block with an expression", () => {
    expect(isOmitted("block.0.other", { unknown: ["block.0.other"] })).toBe(true);
  });

  test("does not hold of an unknown one in a dynamic block, of which nothing is shown", () => {
    expect(isOmitted("dynamic.0.other", { unknown: ["dynamic.0.other"] })).toBe(false);
  });

  test("does not hold of a resource that the configuration does not have", () => {
    expect(isOmitted("arn", { unknown: ["arn"], isUnconfigured: true })).toBe(false);
  });
});
