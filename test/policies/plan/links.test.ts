import { UNKNOWN } from "../../../iam/unknown";
import type { Plan } from "../../../policies/plan";
import type { Link } from "../../../policies/plan/links";
import { type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";

const ROLE_ARN = "http_endpoint_configuration.0.role_arn";

/** A stream whose role is not known, with the references of its expression. */
const streamTo = (references: readonly string[] | undefined, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: "aws_kinesis_firehose_delivery_stream.s",
  values: { name: "kloudfuse-logs", http_endpoint_configuration: [{ url: "https://h/ingester/kinesis/logs" }] },
  unknown: [ROLE_ARN],
  ...(references === undefined ? {} : { references: { [ROLE_ARN]: references } }),
  ...more,
});

const role = (address: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address,
  values: {},
  unknown: ["arn", "name", "id"],
  ...more,
});

function linkOf(plan: Plan, address = "aws_kinesis_firehose_delivery_stream.s"): Link {
  const stream = plan.at(address);
  if (stream === undefined) {
    throw new Error(`${address} must be in the plan`);
  }
  return plan.linked(stream, ROLE_ARN, "aws_iam_role");
}

/** The link in short: its kind, how it was found, and to what. */
function linkIn(changes: readonly PlannedChange[], parts: PlanParts = {}, address?: string): string {
  const { kind, via, candidates } = linkOf(planOf(changes, parts), address);
  return [kind, via, ...candidates.map((candidate) => candidate.address)]
    .filter((word) => word !== undefined)
    .join(" ");
}

describe("a link of which the value is not known", () => {
  test("follows a reference", () => {
    expect(linkIn([role("aws_iam_role.x"), role("aws_iam_role.y"), streamTo(["aws_iam_role.x.arn"])])).toBe(
      "linked reference aws_iam_role.x",
    );
  });

  test("follows a reference to one instance", () => {
    const roles = [role("aws_iam_role.x[0]"), role("aws_iam_role.x[1]")];
    expect(linkIn([...roles, streamTo(["aws_iam_role.x[1].arn"])])).toBe("linked reference aws_iam_role.x[1]");
  });

  test("takes the instance of its own key", () => {
    const roles = [role('aws_iam_role.x["a.b"]'), role('aws_iam_role.x["c"]')];
    const address = 'aws_kinesis_firehose_delivery_stream.s["a.b"]';
    expect(linkIn([...roles, streamTo(["aws_iam_role.x", "each.key"], { address })], {}, address)).toBe(
      'linked reference aws_iam_role.x["a.b"]',
    );
  });

  test("names all instances where the key is not shown", () => {
    const roles = [role("aws_iam_role.x[0]"), role("aws_iam_role.x[1]")];
    expect(linkIn([...roles, streamTo(["aws_iam_role.x", "var.index"])])).toBe(
      "unresolved aws_iam_role.x[0] aws_iam_role.x[1]",
    );
  });

  test("follows each.value to the element of for_each with its key", () => {
    const roles = [role('aws_iam_role.x["a"]'), role('aws_iam_role.x["b"]')];
    const address = 'aws_kinesis_firehose_delivery_stream.s["b"]';
    expect(
      linkIn([...roles, streamTo(["each.value.arn"], { address, forEach: ["aws_iam_role.x"] })], {}, address),
    ).toBe('linked reference aws_iam_role.x["b"]');
  });

  test("follows the input of a module", () => {
    const address = "module.a.aws_kinesis_firehose_delivery_stream.s";
    const modules = { "module.a": { inputs: { role_arn: ["aws_iam_role.x.arn"] } } };
    expect(linkIn([role("aws_iam_role.x"), streamTo(["var.role_arn"], { address })], { modules }, address)).toBe(
      "linked reference aws_iam_role.x",
    );
  });

  test("follows the output of a module", () => {
    const modules = { "module.a": { outputs: { role_arn: ["aws_iam_role.this.arn"] } } };
    const changes = [role("module.a.aws_iam_role.this"), role("aws_iam_role.x"), streamTo(["module.a.role_arn"])];
    expect(linkIn(changes, { modules })).toBe("linked reference module.a.aws_iam_role.this");
  });

  test("follows the output of one instance of a module into another module", () => {
    const address = "module.b.aws_kinesis_firehose_delivery_stream.s";
    const modules = {
      "module.a": { outputs: { role_arn: ["aws_iam_role.this.arn"] } },
      "module.b": { inputs: { role: ['module.a["y"].role_arn'] } },
    };
    const roles = ["x", "y"].map((key) => role(`module.a["${key}"].aws_iam_role.this`));
    expect(linkIn([...roles, streamTo(["var.role"], { address })], { modules }, address)).toBe(
      'linked reference module.a["y"].aws_iam_role.this',
    );
  });

  test("follows an attribute of another resource and the argument of a data source", () => {
    const profile: PlannedChange = {
      address: "aws_iam_instance_profile.p",
      values: {},
      unknown: ["role"],
      references: { role: ["data.aws_iam_role.d.name"] },
    };
    const data: PlannedChange = {
      address: "data.aws_iam_role.d",
      values: {},
      unknown: ["name", "arn"],
      references: { name: ["aws_iam_role.x.name"] },
    };
    expect(linkIn([role("aws_iam_role.x"), profile, data, streamTo(["aws_iam_instance_profile.p.role"])])).toBe(
      "linked reference aws_iam_role.x",
    );
  });

  test("takes of two references the one that is not known either", () => {
    const known = role("aws_iam_role.old", { values: { arn: "arn:aws:iam::123456789012:role/old" }, unknown: [] });
    const references = ["var.create", "aws_iam_role.old.arn", "aws_iam_role.new[0].arn"];
    expect(linkIn([known, role("aws_iam_role.new[0]"), streamTo(references)])).toBe(
      "linked reference aws_iam_role.new[0]",
    );
  });

  test("infers what a local refers to where only one resource is possible", () => {
    expect(linkIn([role("aws_iam_role.x"), streamTo(["local.role_arn"])])).toBe("linked inferred aws_iam_role.x");
  });

  test("names all that a local can refer to: in its module, by outputs and by inputs", () => {
    const address = "module.a.aws_kinesis_firehose_delivery_stream.s";
    const modules = {
      "module.a": { inputs: { role_arn: ["aws_iam_role.x.arn"] } },
      "module.a.module.b": { outputs: { arn: ["aws_iam_role.y.arn"] } },
    };
    const changes = [
      role("aws_iam_role.x"),
      role("aws_iam_role.elsewhere"),
      role("module.a.aws_iam_role.own"),
      role("module.a.module.b.aws_iam_role.y"),
      streamTo(["local.role_arn"], { address }),
    ];
    expect(linkIn(changes, { modules }, address)).toBe(
      "unresolved module.a.aws_iam_role.own module.a.module.b.aws_iam_role.y aws_iam_role.x",
    );
  });

  test("leaves out of a local what is known", () => {
    const known = role("aws_iam_role.old", { values: { arn: "arn", name: "old", id: "old" }, unknown: [] });
    expect(linkIn([known, role("aws_iam_role.new"), streamTo(["local.role_arn"])])).toBe(
      "linked inferred aws_iam_role.new",
    );
  });

  test("infers what a dynamic block refers to, which the configuration does not show", () => {
    expect(linkIn([role("aws_iam_role.x"), streamTo(undefined)])).toBe("linked inferred aws_iam_role.x");
  });

  test("is unresolved, not absent, where nothing is found", () => {
    expect(linkIn([streamTo(["random_pet.p.id"])])).toBe("unresolved");
  });

  test("never leads to a role that is destroyed", () => {
    const gone = role("aws_iam_role.old", { actions: ["delete"], values: { arn: "arn" }, unknown: [] });
    expect(linkIn([gone, role("aws_iam_role.new"), streamTo(["aws_iam_role.new.arn"])])).toBe(
      "linked reference aws_iam_role.new",
    );
  });
});

describe("a link of which the value is known", () => {
  const ARN = "arn:aws:iam::123456789012:role/service/kloudfuse";
  const streamOf = (arn: string | undefined, more: Partial<PlannedChange> = {}): PlannedChange => ({
    address: "aws_kinesis_firehose_delivery_stream.s",
    values: { http_endpoint_configuration: [{ role_arn: arn }] },
    ...more,
  });
  const named = (address: string, more: Partial<PlannedChange> = {}): PlannedChange =>
    role(address, { values: { name: "kloudfuse" }, unknown: ["arn"], ...more });

  test("leads to the resource with the ARN", () => {
    expect(linkIn([role("aws_iam_role.x", { values: { arn: ARN }, unknown: [] }), streamOf(ARN)])).toBe(
      "linked value aws_iam_role.x",
    );
  });

  test("leads to a resource whose ARN is not known yet by the name in the ARN", () => {
    expect(linkIn([named("aws_iam_role.x"), streamOf(ARN)])).toBe("linked value aws_iam_role.x");
  });

  test("does not lead to a resource of the same name with another ARN", () => {
    const other = named("aws_iam_role.x", {
      values: { name: "kloudfuse", arn: "arn:aws:iam::999999999999:role/kloudfuse" },
      unknown: [],
    });
    expect(linkIn([other, streamOf(ARN)])).toBe("elsewhere");
  });

  test("is elsewhere where no resource of the plan has it", () => {
    expect(linkIn([named("aws_iam_role.x", { values: { name: "other" } }), streamOf(ARN)])).toBe("elsewhere");
  });

  test.each([undefined, ""])("is absent where it is %j", (arn) => {
    expect(linkIn([named("aws_iam_role.x"), streamOf(arn)])).toBe("absent");
  });

  test("keeps two accounts apart by the credentials of their providers", () => {
    const providers = {
      aws: { region: "us-east-1" },
      "aws.other": { region: "us-east-1", assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }] },
    };
    const changes = [named("aws_iam_role.a", { provider: "aws.other" }), named("aws_iam_role.b"), streamOf(ARN)];
    expect(linkIn(changes, { providers })).toBe("linked value aws_iam_role.b");
  });

  test("takes the referenced one of two with the same name", () => {
    const changes = [
      named("aws_iam_role.a"),
      named("aws_iam_role.b"),
      streamOf(ARN, { references: { [ROLE_ARN]: ["aws_iam_role.b.arn"] } }),
    ];
    expect(linkIn(changes)).toBe("linked reference aws_iam_role.b");
  });

  test("is unresolved where two have the same name and nothing tells them apart", () => {
    expect(linkIn([named("aws_iam_role.a"), named("aws_iam_role.b"), streamOf(ARN)])).toBe(
      "unresolved aws_iam_role.a aws_iam_role.b",
    );
  });

  test("does not lead to a destroyed role of the same name", () => {
    const gone = role("aws_iam_role.old", {
      values: { name: "kloudfuse", arn: ARN },
      unknown: [],
      actions: ["delete"],
    });
    expect(linkIn([gone, named("aws_iam_role.new"), streamOf(ARN)])).toBe("linked value aws_iam_role.new");
    expect(linkIn([gone, streamOf(ARN)])).toBe("elsewhere");
  });
});

describe("the resources that refer to a bucket", () => {
  const bucket = (address: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
    address,
    values: {},
    unknown: ["arn", "bucket", "id"],
    ...more,
  });
  const versioning = (name: string, references?: readonly string[]): PlannedChange => ({
    address: `aws_s3_bucket_versioning.${name}`,
    values: {},
    unknown: ["bucket"],
    ...(references === undefined ? {} : { references: { bucket: references } }),
  });
  const referring = (changes: readonly PlannedChange[]): unknown => {
    const plan = planOf(changes);
    return plan.ofType("aws_s3_bucket").map((target) => {
      const { certain, possible } = plan.referring("aws_s3_bucket_versioning", "bucket", target);
      return [certain.map(({ label }) => label), possible.map(({ label }) => label)];
    });
  };

  test("are certain by reference", () => {
    const changes = [bucket("aws_s3_bucket.a"), bucket("aws_s3_bucket.b"), versioning("v", ["aws_s3_bucket.b.id"])];
    expect(referring(changes)).toEqual([
      [[], []],
      [["v"], []],
    ]);
  });

  test("are possible where the plan does not show which one", () => {
    const changes = [
      bucket("aws_s3_bucket.a[0]"),
      bucket("aws_s3_bucket.a[1]"),
      versioning("v", ["aws_s3_bucket.a", "var.index"]),
    ];
    expect(referring(changes)).toEqual([
      [[], ["v"]],
      [[], ["v"]],
    ]);
  });

  test("are all that refer to it, certain and possible", () => {
    const changes = [
      bucket("aws_s3_bucket.a[0]"),
      bucket("aws_s3_bucket.a[1]"),
      versioning("v", ["aws_s3_bucket.a[0].id"]),
      versioning("w", ["aws_s3_bucket.a[0].id"]),
      versioning("x", ["aws_s3_bucket.a", "var.index"]),
      versioning("y", ["aws_s3_bucket.a", "var.index"]),
      versioning("z", ["random_pet.p.id"]),
    ];
    expect(referring(changes)).toEqual([
      [
        ["v", "w"],
        ["x", "y", "z"],
      ],
      [[], ["x", "y", "z"]],
    ]);
  });

  test("are found for each attribute, each type and each type of target", () => {
    const named: PlannedChange = { address: "aws_x.x", values: { one: "a", other: "b" } };
    const plan = planOf([
      { address: "aws_s3_bucket.a", values: { bucket: "a" } },
      { address: "aws_s3_bucket.b", values: { bucket: "b" } },
      { address: "aws_iam_role.a", values: { name: "a" } },
      named,
      { ...named, address: "aws_y.y" },
    ]);
    const certain = (type: string, path: string, target: string): readonly string[] | undefined => {
      const resource = plan.at(target);
      return resource && plan.referring(type, path, resource).certain.map(({ address }) => address);
    };
    expect(certain("aws_x", "one", "aws_s3_bucket.a")).toEqual(["aws_x.x"]);
    expect(certain("aws_x", "other", "aws_s3_bucket.a")).toEqual([]);
    expect(certain("aws_x", "other", "aws_s3_bucket.b")).toEqual(["aws_x.x"]);
    expect(certain("aws_y", "one", "aws_s3_bucket.a")).toEqual(["aws_y.y"]);
    expect(certain("aws_x", "one", "aws_iam_role.a")).toEqual(["aws_x.x"]);
  });

  test("do not include one that names no resource of the plan, or none at all", () => {
    const known = bucket("aws_s3_bucket.a", { values: { bucket: "a", id: "a" }, unknown: ["arn"] });
    const other: PlannedChange = { address: "aws_s3_bucket_versioning.v", values: { bucket: "other" } };
    const none: PlannedChange = { address: "aws_s3_bucket_versioning.w", values: {} };
    expect(referring([known, other, none])).toEqual([[[], []]]);
  });

  test("are possible where both names come from another resource", () => {
    const changes = [bucket("aws_s3_bucket.a"), versioning("v", ["random_pet.p.id"])];
    expect(referring(changes)).toEqual([[[], ["v"]]]);
  });

  test("do not include one whose name is made anew where the bucket's is known", () => {
    const known = bucket("aws_s3_bucket.a", { values: { bucket: "a", id: "a", arn: "arn:aws:s3:::a" }, unknown: [] });
    expect(referring([known, versioning("v", ["random_pet.p.id"])])).toEqual([[[], []]]);
  });

  test("are possible where a data source reads the name", () => {
    const known = bucket("aws_s3_bucket.a", { values: { bucket: "a", id: "a", arn: "arn:aws:s3:::a" }, unknown: [] });
    const parameter: PlannedChange = { address: "data.aws_ssm_parameter.p", values: {}, unknown: ["value"] };
    for (const changes of [[known, parameter], [known]]) {
      expect(referring([...changes, versioning("v", ["data.aws_ssm_parameter.p.value"])])).toEqual([[[], ["v"]]]);
    }
  });
});

describe("a deleted resource", () => {
  const stream = (address: string, actions: readonly string[], name = "kloudfuse-logs"): PlannedChange => ({
    address: `aws_kinesis_firehose_delivery_stream.${address}`,
    values: { name },
    actions,
  });
  const successors = (changes: readonly PlannedChange[], parts: PlanParts = {}): unknown => {
    const plan = planOf(changes, parts);
    return plan.deleted.map((deleted) => plan.successorOf(deleted)?.label);
  };

  test("has a successor where it is created again under another address", () => {
    expect(successors([stream("old", ["delete"]), stream("new", ["create"])])).toEqual(["new"]);
  });

  test("has none where another name is created, or the same one is only kept", () => {
    expect(successors([stream("old", ["delete"]), stream("new", ["create"], "other")])).toEqual([undefined]);
    expect(successors([stream("old", ["delete"]), stream("kept", ["no-op"])])).toEqual([undefined]);
  });

  test("has none where it is replaced in its place", () => {
    expect(successors([stream("s", ["delete", "create"])])).toEqual([undefined]);
  });
});

describe("a list of links", () => {
  const PATH = "managed_policy_arns";
  const policy = (name: string): PlannedChange => ({
    address: `aws_iam_policy.${name}`,
    values: {},
    unknown: ["arn", "id"],
  });
  const known: PlannedChange = { address: "aws_iam_policy.known", values: { arn: "arn:aws:iam::1:policy/known" } };
  const listIn = (list: Partial<PlannedChange>): string[] => {
    const plan = planOf([policy("a"), policy("b"), known, { address: "aws_iam_role.x", values: {}, ...list }]);
    const role = plan.at("aws_iam_role.x");
    if (role === undefined) {
      throw new Error("the role must be in the plan");
    }
    const { links, isComplete } = plan.linkedList(role, PATH, "aws_iam_policy");
    return [...links.map(({ kind, resource }) => `${kind} ${resource?.label ?? ""}`), String(isComplete)];
  };

  test("follows each value", () => {
    expect(listIn({ values: { [PATH]: ["arn:aws:iam::1:policy/known", "arn:aws:iam::1:policy/x"] } })).toEqual([
      "linked known",
      "elsewhere ",
      "true",
    ]);
  });

  test("is empty where there is none", () => {
    expect(listIn({})).toEqual(["true"]);
  });

  test("follows each reference where the list is not known, and may have more", () => {
    const references = { [PATH]: ["aws_iam_policy.a.arn", "aws_iam_policy.b.arn", "aws_iam_policy.known.arn"] };
    expect(listIn({ unknown: [PATH], references })).toEqual(["linked a", "linked b", "false"]);
  });

  test("does not follow what the plan hides", () => {
    expect(listIn(unknownAt(PATH, "local.arns"))).toEqual(["unresolved ", "false"]);
  });

  test("takes the references for the elements that are not known, one each", () => {
    const values = { [PATH]: ["arn:aws:iam::1:policy/known", null, null] };
    const unknown = [`${PATH}.1`, `${PATH}.2`];
    const both = { [PATH]: ["aws_iam_policy.a.arn", "aws_iam_policy.b.arn"] };
    expect(listIn({ values, unknown, references: both })).toEqual(["linked known", "linked a", "linked b", "true"]);
    const one = { values: { [PATH]: [null] }, unknown: [`${PATH}.0`] };
    expect(listIn({ ...one, references: both })).toEqual(["unresolved ", "true"]);
    expect(listIn({ ...one, references: { [PATH]: ["local.arns", "aws_iam_policy.a.arn"] } })).toEqual([
      "unresolved ",
      "true",
    ]);
  });

  test("follows a reference to a whole resource, and none to what is known", () => {
    const references = { [PATH]: ["aws_iam_policy.a", "aws_iam_policy.known.arn"] };
    expect(listIn({ unknown: [PATH], references })).toEqual(["linked a", "false"]);
  });

  test("follows no reference for elements that are known", () => {
    const references = { [PATH]: ["aws_iam_policy.a.arn"] };
    expect(listIn({ values: { [PATH]: ["arn:aws:iam::1:policy/known"] }, references })).toEqual([
      "linked known",
      "true",
    ]);
  });
});

describe("the value of a link", () => {
  const ARN = "arn:aws:iam::123456789012:role/x";
  const linked = (value: string | undefined, more: Partial<PlannedChange> = {}): Link => {
    const plan = planOf([
      role("aws_iam_role.x", { values: { arn: ARN }, unknown: [] }),
      streamTo(undefined, {
        values: { http_endpoint_configuration: [{ role_arn: value }] },
        unknown: [],
        ...more,
      }),
    ]);
    return linkOf(plan);
  };

  test("is that of the attribute, of the resource and of none", () => {
    expect([linked(ARN).value, linked("other").value, linked(undefined).value]).toEqual([ARN, "other", undefined]);
  });

  test("is not known before the apply", () => {
    const { value, resource, candidates } = linked(undefined, unknownAt(ROLE_ARN, "random_pet.p.id"));
    expect([value, resource, candidates]).toEqual([UNKNOWN, undefined, []]);
  });

  test("leads to no resource where there is none, or another root has it", () => {
    expect(
      [linked("other"), linked(undefined)].map(({ resource, candidates, via }) => [resource, candidates, via]),
    ).toEqual([
      [undefined, [], undefined],
      [undefined, [], undefined],
    ]);
  });
});
