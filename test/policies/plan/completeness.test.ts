import { listed } from "../../../policies/plan/completeness";
import { type PlannedChange, planOf, type PlanParts } from "../../helpers/plan";

const bucket = (name: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: `aws_s3_bucket.${name}`,
  values: { bucket: name },
  ...more,
});

const limitations = (changes: readonly PlannedChange[], parts: PlanParts = {}): unknown =>
  planOf(changes, parts).limitations.map(({ kind, message, isUnusable }) => [kind, message, isUnusable]);

const INCOMPLETE = ["incomplete", "The plan is not complete: it was created with -target, -exclude or the like.", true];

describe("the limitations of a plan", () => {
  test("are none of a complete one", () => {
    expect(limitations([bucket("a")], { complete: true, errored: false })).toEqual([]);
    expect(limitations([bucket("a")])).toEqual([]);
  });

  test("say that Terraform stopped with an error", () => {
    expect(limitations([bucket("a")], { complete: false, errored: true })).toEqual([
      ["errored", "Terraform stopped with an error: the plan lacks what it had not planned yet.", true],
    ]);
  });

  test("say that the plan is not complete", () => {
    expect(limitations([bucket("a")], { complete: false })).toEqual([INCOMPLETE]);
  });

  test("say so too where an old Terraform does not, and the state holds more than the plan", () => {
    const plan = planOf([bucket("a")], { state: [bucket("b")] });
    expect(plan.isComplete).toBe(false);
    expect(limitations([bucket("a")], { state: [bucket("b")] })).toEqual([INCOMPLETE]);
  });

  test("do not take what moved for what is left out", () => {
    const moved = bucket("new", { previousAddress: "aws_s3_bucket.old", actions: ["no-op"] });
    expect(limitations([moved], { state: [bucket("old")] })).toEqual([]);
  });

  test("name what is deferred, which is unusable where policies evaluate it", () => {
    expect(limitations([], { complete: false, deferred: [bucket("a")] })).toEqual([
      ["deferred", "Terraform deferred aws_s3_bucket.a to a later plan.", true],
    ]);
    const instance: PlannedChange = { address: "aws_instance.i", values: {} };
    expect(limitations([], { complete: false, deferred: [instance] })).toEqual([
      ["deferred", "Terraform deferred aws_instance.i to a later plan.", false],
    ]);
  });

  test("name what is forgotten, the first five", () => {
    const forgotten = Array.from({ length: 7 }, (_, index) => bucket(`b${index}`, { actions: ["forget"] }));
    expect(limitations(forgotten)).toEqual([
      [
        "forget",
        "Terraform stops managing aws_s3_bucket.b0, aws_s3_bucket.b1, aws_s3_bucket.b2, aws_s3_bucket.b3, aws_s3_bucket.b4 and 2 more: evaluated as they are now.",
        false,
      ],
    ]);
  });

  test("say that a plan only refreshes", () => {
    expect(limitations([], { isRefreshOnly: true, state: [bucket("a")], complete: true })).toEqual([
      ["refreshOnly", "The plan only refreshes the state: the resources were evaluated as they are now.", false],
    ]);
  });
});

describe("the resources of a plan", () => {
  test("that only refreshes are those of the state, as they are now", () => {
    const drifted = bucket("a", {
      values: { bucket: "a", force_destroy: true },
      before: { bucket: "a" },
      actions: ["update"],
    });
    const plan = planOf([], { isRefreshOnly: true, state: [bucket("a"), bucket("b")], drift: [drifted] });
    expect(plan.resources.map(({ address, actions }) => [address, actions])).toEqual([
      ["aws_s3_bucket.a", ["update"]],
      ["aws_s3_bucket.b", ["no-op"]],
    ]);
    expect(plan.at("aws_s3_bucket.a")?.get("force_destroy")).toBe(true);
  });

  test("with -target include what the state holds besides", () => {
    const plan = planOf([bucket("a")], { state: [bucket("b")], complete: false });
    expect(plan.resources.map(({ address }) => address)).toEqual(["aws_s3_bucket.a", "aws_s3_bucket.b"]);
  });

  test("include what is deferred and what is forgotten, and not what is destroyed or left behind", () => {
    const plan = planOf(
      [
        bucket("forgotten", { actions: ["forget"] }),
        bucket("destroyed", { actions: ["delete"] }),
        bucket("replaced", { actions: ["create", "delete"] }),
        bucket("replaced", { actions: ["delete"], deposed: "12345678" }),
      ],
      { deferred: [bucket("deferred")] },
    );
    expect(plan.resources.map(({ label }) => label)).toEqual(["forgotten", "replaced", "deferred"]);
    expect(plan.deleted.map(({ label, isDeposed }) => [label, isDeposed])).toEqual([
      ["destroyed", false],
      ["replaced", false],
      ["replaced", true],
    ]);
    expect(plan.forgotten.map(({ label }) => label)).toEqual(["forgotten"]);
  });
});

describe("what to do about a limitation", () => {
  const remedies = (changes: readonly PlannedChange[], parts: PlanParts = {}): readonly string[] =>
    planOf(changes, parts).limitations.map(({ remedy }) => remedy);

  test.each<[string, readonly PlannedChange[], PlanParts, string]>([
    ["an error", [], { errored: true }, "Fix the error and plan again."],
    ["an incomplete plan", [], { complete: false }, "Plan without them."],
    ["a deferred change", [], { deferred: [bucket("a")] }, "Apply this plan, then evaluate the next one."],
    [
      "a plan that only refreshes",
      [],
      { isRefreshOnly: true, state: [bucket("a")] },
      "Evaluate a plan without -refresh-only before changes.",
    ],
    [
      "a forgotten resource",
      [bucket("a", { actions: ["forget"] })],
      {},
      "Evaluate the plan of whatever manages them from now on.",
    ],
  ])("is said of %s", (_, changes, parts, remedy) => {
    expect(remedies(changes, parts)).toEqual([remedy]);
  });
});

describe("a resource that Terraform stops managing", () => {
  const isSaid = (type: string): boolean =>
    planOf([{ address: `${type}.x`, values: {}, actions: ["forget"] }]).limitations.length > 0;

  test.each([
    "aws_kinesis_firehose_delivery_stream",
    "aws_iam_role",
    "aws_s3_bucket",
    "aws_kms_key",
    "aws_secretsmanager_secret",
    "aws_cloudwatch_log_group",
    "aws_lambda_function",
  ])("is said where it is an %s, which policies read", (type) => {
    expect(isSaid(type)).toBe(true);
  });

  test.each(["aws_instance", "aws_cloudwatch_dashboard", "x_aws_iam_role"])(
    "is not said where it is an %s, which no policy reads",
    (type) => {
      expect(isSaid(type)).toBe(false);
    },
  );
});

describe("a list of addresses", () => {
  test("has the first five and counts the others", () => {
    expect(listed(["a", "b", "c", "d", "e"])).toBe("a, b, c, d, e");
    expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d, e and 1 more");
  });
});
