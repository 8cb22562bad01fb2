import { asObject } from "../../../iam/json";
import { Configuration } from "../../../policies/plan/configuration";
import { Inventory } from "../../../policies/plan/inventory";
import { POLICY_DOCUMENT, References } from "../../../policies/plan/references";
import { type PlannedChange, planJson, planOf, type PlanParts } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const FROM = "aws_y.from";
const ROLE = "aws_iam_role";

const role = (address: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address,
  values: {},
  unknown: ["arn", "name", "id"],
  ...more,
});

function referencesOf(changes: readonly PlannedChange[], parts: PlanParts): References {
  const json = asObject(JSON.parse(planJson(changes, parts)));
  const plan = planOf(changes, parts);
  return new References(
    new Configuration(json["configuration"], json["variables"]),
    new Inventory(changes.map(({ address }) => resourceAt(plan, address))),
  );
}

/** What the references of an attribute lead to: addresses with attributes, and whether the plan hides a part. */
function resolved(
  references: readonly string[] | undefined,
  others: readonly PlannedChange[],
  {
    parts = {},
    from = {},
    wanted = ROLE,
  }: { readonly parts?: PlanParts; readonly from?: Partial<PlannedChange>; readonly wanted?: string } = {},
): readonly string[] {
  const source: PlannedChange = {
    address: FROM,
    values: {},
    unknown: ["role"],
    ...(references === undefined ? {} : { references: { role: references } }),
    ...from,
  };
  const changes = [...others, source];
  const { targets, isOpaque } = referencesOf(changes, parts).resolve(
    resourceAt(planOf(changes, parts), source.address),
    "role",
    wanted,
  );
  return [
    ...targets.map(({ resource, attribute }) => `${resource.address} ${attribute}`.trim()),
    ...(isOpaque ? ["opaque"] : []),
  ];
}

const instances = (count: number, address = "aws_iam_role.r"): PlannedChange[] =>
  Array.from({ length: count }, (_, index) => role(`${address}[${index}]`));

describe("an expression", () => {
  test.each([
    ["aws_iam_role.r.arn", "aws_iam_role.r arn"],
    ["aws_iam_role.r", "aws_iam_role.r"],
    ["aws_iam_role.r.list[0].name", "aws_iam_role.r list.0.name"],
    ['aws_iam_role.r.tags["a"]', "aws_iam_role.r tags.a"],
  ])("of %s leads to %s", (reference, target) => {
    expect(resolved([reference], [role("aws_iam_role.r")])).toEqual([target]);
  });

  test("leads to each resource that it refers to, once", () => {
    const roles = [role("aws_iam_role.a"), role("aws_iam_role.b")];
    expect(resolved(["aws_iam_role.a.arn", "aws_iam_role.b.arn", "aws_iam_role.a.name"], roles)).toEqual([
      "aws_iam_role.a name",
      "aws_iam_role.b arn",
    ]);
  });

  test("leads to nothing where the plan does not have the resource", () => {
    expect(resolved(["aws_iam_role.other.arn"], [role("aws_iam_role.r")])).toEqual([]);
  });

  test.each(["count.index", "path.module", "terraform.workspace", "self.arn", "ephemeral.x.y"])(
    "of %s leads to nothing",
    (reference) => {
      expect(resolved([reference], [role("aws_iam_role.r")])).toEqual([]);
    },
  );

  test("of a local is opaque", () => {
    expect(resolved(["local.role"], [role("aws_iam_role.r")])).toEqual(["opaque"]);
  });

  test("is opaque where the configuration does not show it", () => {
    expect(resolved(undefined, [role("aws_iam_role.r")])).toEqual(["opaque"]);
  });

  test.each(["aws_y.from", "module.a.aws_y.from"])(
    "is opaque of %s, which the configuration does not have",
    (address) => {
      expect(
        resolved(["aws_iam_role.r.arn"], [role("aws_iam_role.r")], { from: { address, isUnconfigured: true } }),
      ).toEqual(["opaque"]);
    },
  );
});

describe("a reference to a resource with several instances", () => {
  test("leads to the one of its key", () => {
    expect(resolved(["aws_iam_role.r[1].arn"], instances(2))).toEqual(["aws_iam_role.r[1] arn"]);
  });

  test("leads to nothing where the plan does not have the instance of its key", () => {
    expect(resolved(["aws_iam_role.r[2].arn"], instances(2))).toEqual([]);
  });

  test("leads to all without a key", () => {
    expect(resolved(["aws_iam_role.r"], instances(2))).toEqual(["aws_iam_role.r[0]", "aws_iam_role.r[1]"]);
  });

  test.each(["count.index", "each.key"])("leads to the one of the own key beside %s", (key) => {
    expect(resolved(["aws_iam_role.r", key], instances(2), { from: { address: `${FROM}[1]` } })).toEqual([
      "aws_iam_role.r[1]",
    ]);
  });

  test("leads to all beside a name that only contains that of a key", () => {
    expect(resolved(["aws_iam_role.r", "var.count.x"], instances(2), { from: { address: `${FROM}[1]` } })).toEqual([
      "aws_iam_role.r[0]",
      "aws_iam_role.r[1]",
    ]);
  });

  test("leads to all beside count.index where none has the own key", () => {
    expect(resolved(["aws_iam_role.r", "count.index"], instances(2), { from: { address: `${FROM}[5]` } })).toEqual([
      "aws_iam_role.r[0]",
      "aws_iam_role.r[1]",
    ]);
  });

  test("leads to 100 at most, and is opaque beyond them", () => {
    expect(resolved(["aws_iam_role.r"], instances(100))).toHaveLength(100);
    expect(resolved(["aws_iam_role.r"], instances(101))).toEqual(["opaque"]);
  });
});

describe("a reference to for_each", () => {
  const roles = [role('aws_iam_role.r["a"]'), role('aws_iam_role.r["b"]')];
  const from = { address: `${FROM}["b"]`, forEach: ["aws_iam_role.r"] };

  test.each(["each.value", "each.value.arn", "each.key"])("by %s leads to the element of the own key", (reference) => {
    expect(resolved([reference], roles, { from })).toEqual(['aws_iam_role.r["b"]']);
  });

  test("leads to nothing without for_each", () => {
    expect(resolved(["each.value"], roles, { from: { address: `${FROM}["b"]` } })).toEqual([]);
  });

  test("leads through a resource that has a for_each itself", () => {
    const middle: PlannedChange = {
      address: 'aws_o.o["b"]',
      values: {},
      references: { role: ["each.value.arn"] },
      forEach: ["aws_iam_role.r"],
    };
    const chained = { address: `${FROM}["b"]`, forEach: ["aws_o.o"] };
    expect(resolved(["each.value.role"], [...roles, middle], { from: chained })).toEqual(['aws_iam_role.r["b"]']);
  });

  test("leads to a policy document by each.value, and not by each.key", () => {
    const document: PlannedChange = { address: 'data.aws_iam_policy_document.d["b"]', values: {} };
    const byDocument = { address: `${FROM}["b"]`, forEach: ["data.aws_iam_policy_document.d"] };
    const options = { from: byDocument, wanted: POLICY_DOCUMENT };
    expect(resolved(["each.value"], [document], options)).toEqual([document.address]);
    expect(resolved(["each.key"], [document], options)).toEqual([]);
  });
});

describe("a reference to a variable", () => {
  const from = { address: "module.a.aws_y.from" };

  test("of the root leads to nothing", () => {
    expect(resolved(["var.role"], [role("aws_iam_role.r")])).toEqual([]);
  });

  test("leads to what the call of the module gives it", () => {
    const parts = { modules: { "module.a": { inputs: { role: ["aws_iam_role.r.arn"], other: ["aws_iam_role.o"] } } } };
    expect(resolved(["var.role"], [role("aws_iam_role.r"), role("aws_iam_role.o")], { from, parts })).toEqual([
      "aws_iam_role.r arn",
    ]);
    expect(resolved(["var.missing"], [role("aws_iam_role.r")], { from, parts })).toEqual([]);
  });

  test("leads through the modules around", () => {
    const parts = {
      modules: {
        "module.a": { inputs: { outer: ["aws_iam_role.r.arn"] } },
        "module.a.module.b": { inputs: { role: ["var.outer"] } },
      },
    };
    expect(
      resolved(["var.role"], [role("aws_iam_role.r")], { from: { address: "module.a.module.b.aws_y.from" }, parts }),
    ).toEqual(["aws_iam_role.r arn"]);
  });

  test("leads to the instance of the module's key", () => {
    const roles = [role('aws_iam_role.r["x"]'), role('aws_iam_role.r["y"]')];
    const address = 'module.a["y"].aws_y.from';
    const byKey = { modules: { "module.a": { inputs: { role: ["aws_iam_role.r", "each.key"] } } } };
    expect(resolved(["var.role"], roles, { from: { address }, parts: byKey })).toEqual(['aws_iam_role.r["y"]']);
    const byValue = { modules: { "module.a": { inputs: { role: ["each.value.arn"] }, forEach: ["aws_iam_role.r"] } } };
    expect(resolved(["var.role"], roles, { from: { address }, parts: byValue })).toEqual(['aws_iam_role.r["y"]']);
  });
});

describe("a reference to a module", () => {
  const modules = (keys: readonly string[]): PlannedChange[] =>
    keys.map((key) => role(`module.a${key}.aws_iam_role.r`));
  const parts = {
    modules: {
      "module.a": { outputs: { arn: ["aws_iam_role.r.arn"], name: ["aws_iam_role.r.name"], other: ["local.x"] } },
    },
  };

  test("leads to what the output is", () => {
    expect(resolved(["module.a.arn"], modules([""]), { parts })).toEqual(["module.a.aws_iam_role.r arn"]);
    expect(resolved(["module.a.missing"], modules([""]), { parts })).toEqual([]);
  });

  test("as a whole leads to all that its outputs are", () => {
    expect(resolved(["module.a"], modules([""]), { parts })).toEqual(["module.a.aws_iam_role.r name", "opaque"]);
  });

  test.each(["module.other", "module.other.arn"])(
    "that the configuration does not have leads to nothing: %s",
    (name) => {
      expect(resolved([name], modules([""]), { parts })).toEqual([]);
    },
  );

  test("leads to the instance of its key", () => {
    expect(resolved(["module.a[1].arn"], modules(["[0]", "[1]"]), { parts })).toEqual([
      "module.a[1].aws_iam_role.r arn",
    ]);
    expect(resolved(["module.a[2].arn"], modules(["[0]", "[1]"]), { parts })).toEqual([]);
  });

  test("leads to the instance of the own key", () => {
    const from = { address: `${FROM}[1]` };
    expect(resolved(["module.a", "count.index"], modules(["[0]", "[1]"]), { parts, from })).toEqual([
      "module.a[1].aws_iam_role.r name",
      "opaque",
    ]);
  });

  test("leads to all instances without a key", () => {
    expect(resolved(["module.a", "module.a.arn"].slice(1), modules(["[0]", "[1]"]), { parts })).toEqual([
      "module.a[0].aws_iam_role.r arn",
      "module.a[1].aws_iam_role.r arn",
    ]);
  });

  test("leads to 100 instances at most, and is opaque beyond them", () => {
    const many = (count: number): PlannedChange[] => modules(Array.from({ length: count }, (_, index) => `[${index}]`));
    expect(resolved(["module.a.arn"], many(100), { parts })).toHaveLength(100);
    expect(resolved(["module.a.arn"], many(101), { parts })).toEqual(["opaque"]);
  });
});

describe("a reference to another resource", () => {
  const other = (more: Partial<PlannedChange>, address = "aws_o.o"): PlannedChange => ({
    address,
    values: {},
    ...more,
  });
  const roles = [role("aws_iam_role.a"), role("aws_iam_role.b")];
  const BOTH = { references: { role: ["aws_iam_role.a.name"], other: ["aws_iam_role.b.name"] } };

  test("leads to what its attribute refers to", () => {
    expect(resolved(["aws_o.o.role"], [...roles, other(BOTH)])).toEqual(["aws_iam_role.a name"]);
  });

  test("leads by a computed attribute to all that it is made from", () => {
    expect(resolved(["aws_o.o.id"], [...roles, other(BOTH)])).toEqual(["aws_iam_role.a name", "aws_iam_role.b name"]);
    expect(resolved(["aws_o.o"], [...roles, other(BOTH)])).toEqual(["aws_iam_role.a name", "aws_iam_role.b name"]);
  });

  test("leads to what the instance of its key refers to", () => {
    const instance = other({ references: { role: ["aws_iam_role.r", "count.index"] } }, "aws_o.o[1]");
    expect(resolved(["aws_o.o[1].role"], [...instances(2), instance])).toEqual(["aws_iam_role.r[1]"]);
  });

  test("leads to the element of its for_each", () => {
    const keyed = ["a", "b"].map((key) => role(`aws_iam_role.r["${key}"]`));
    const instance = other({ references: { role: ["each.value.arn"] }, forEach: ["aws_iam_role.r"] }, 'aws_o.o["b"]');
    expect(resolved(['aws_o.o["b"].role'], [...keyed, instance])).toEqual(['aws_iam_role.r["b"]']);
  });

  test("leads to nothing, and is not opaque, where the configuration does not have it", () => {
    expect(resolved(["aws_o.o.role"], roles)).toEqual([]);
  });

  test("ends where resources refer to each other", () => {
    const first = other({ references: { role: ["aws_o.p.role"] } });
    const second = other({ references: { role: ["aws_o.o.role", "aws_iam_role.a.arn"] } }, "aws_o.p");
    expect(resolved(["aws_o.o.role"], [...roles, first, second])).toEqual(["aws_iam_role.a arn"]);
  });

  test("is opaque beyond 20 resources on the way", () => {
    const chain = (length: number): PlannedChange[] =>
      Array.from({ length }, (_, index) =>
        other(
          { references: { role: [index === length - 1 ? "aws_iam_role.a.arn" : `aws_o.o${index + 1}.role`] } },
          `aws_o.o${index}`,
        ),
      );
    expect(resolved(["aws_o.o0.role"], [...roles, ...chain(19)])).toEqual(["aws_iam_role.a arn"]);
    expect(resolved(["aws_o.o0.role"], [...roles, ...chain(20)])).toEqual(["opaque"]);
  });

  test("counts the way of each reference alone", () => {
    const names = Array.from({ length: 25 }, (_, index) => String(index));
    const many = names.flatMap((name) => [
      other({ references: { role: [`aws_o.middle${name}.role`] } }, `aws_o.first${name}`),
      other({ references: { role: [`aws_o.last${name}.role`] } }, `aws_o.middle${name}`),
      other({ references: { role: ["aws_iam_role.a.arn"] } }, `aws_o.last${name}`),
    ]);
    expect(
      resolved(
        names.map((name) => `aws_o.first${name}.role`),
        [...roles, ...many],
      ),
    ).toEqual(["aws_iam_role.a arn"]);
  });
});

describe("a reference to a data source", () => {
  const data = (references: PlannedChange["references"] = {}): PlannedChange => ({
    address: "data.aws_d.d",
    values: {},
    references,
  });
  const roles = [role("aws_iam_role.a")];

  test("leads to what its argument refers to", () => {
    expect(resolved(["data.aws_d.d.role"], [...roles, data({ role: ["aws_iam_role.a.arn"] })])).toEqual([
      "aws_iam_role.a arn",
    ]);
  });

  test("is opaque where its arguments lead to nothing", () => {
    expect(resolved(["data.aws_d.d.role"], [...roles, data()])).toEqual(["opaque"]);
  });

  test("is opaque where the configuration does not have it", () => {
    expect(resolved(["data.aws_d.d.role"], roles)).toEqual(["opaque"]);
  });

  test("leads to the data source itself where its type is wanted", () => {
    expect(resolved(["data.aws_d.d.role"], [data()], { wanted: "data.aws_d" })).toEqual(["data.aws_d.d role"]);
  });
});

describe("a search for a policy document", () => {
  const document: PlannedChange = { address: "data.aws_iam_policy_document.d", values: {} };
  const policy: PlannedChange = {
    address: "aws_iam_policy.p",
    values: {},
    references: { policy: ["data.aws_iam_policy_document.d.json"] },
  };

  test("leads through an attribute that holds it", () => {
    expect(resolved(["aws_iam_policy.p.policy"], [document, policy], { wanted: POLICY_DOCUMENT })).toEqual([
      "data.aws_iam_policy_document.d json",
    ]);
  });

  test("does not lead through a computed attribute, and is opaque", () => {
    expect(resolved(["aws_iam_policy.p.arn"], [document, policy], { wanted: POLICY_DOCUMENT })).toEqual(["opaque"]);
  });
});

describe("the resources near a module", () => {
  const nearby = (
    moduleAddress: string,
    changes: readonly PlannedChange[],
    modules: NonNullable<PlanParts["modules"]> = {},
  ): readonly string[] =>
    referencesOf(changes, { modules })
      .nearby(moduleAddress, ROLE)
      .map(({ address }) => address);

  test("are those in it of which not all is known", () => {
    const known = role("aws_iam_role.known", { values: { arn: "arn", name: "known", id: "known" }, unknown: [] });
    const changes = [role("aws_iam_role.a"), known, role("module.a.aws_iam_role.b")];
    expect(nearby("", changes)).toEqual(["aws_iam_role.a"]);
    expect(nearby("module.a", changes)).toEqual(["module.a.aws_iam_role.b"]);
  });

  test("include what the outputs of its calls lead to", () => {
    const changes = [
      role("module.a[0].aws_iam_role.b"),
      role("module.a[0].aws_iam_role.c"),
      role("module.a[1].aws_iam_role.b"),
    ];
    const modules = { "module.a": { outputs: { arn: ["aws_iam_role.b.arn"] } } };
    expect(nearby("", changes, modules)).toEqual(["module.a[0].aws_iam_role.b", "module.a[1].aws_iam_role.b"]);
  });

  test("include all of a call whose outputs are opaque", () => {
    const changes = [role("module.a.aws_iam_role.b"), role("module.a.aws_iam_role.c")];
    const modules = { "module.a": { outputs: { arn: ["aws_iam_role.b.arn"], name: ["local.name"] } } };
    expect(nearby("", changes, modules)).toEqual(["module.a.aws_iam_role.b", "module.a.aws_iam_role.c"]);
  });

  test("include what its inputs lead to, in the instance of its key", () => {
    const changes = [role('aws_iam_role.r["x"]'), role('aws_iam_role.r["y"]'), role("aws_iam_role.other")];
    const modules = { "module.a": { inputs: { role: ["each.value.arn"] }, forEach: ["aws_iam_role.r"] } };
    expect(nearby('module.a["y"]', changes, modules)).toEqual(['aws_iam_role.r["y"]']);
  });

  test("include those near the module around where its inputs are opaque", () => {
    const changes = [role("aws_iam_role.a"), role("aws_iam_role.b")];
    expect(nearby("module.a", changes, { "module.a": { inputs: { role: ["local.role"] } } })).toEqual([
      "aws_iam_role.a",
      "aws_iam_role.b",
    ]);
  });

  test("do not include those of the module around where its inputs lead to none", () => {
    expect(nearby("module.a", [role("aws_iam_role.a")], { "module.a": { inputs: { role: ["var.x"] } } })).toEqual([]);
  });

  test("are each one once", () => {
    const changes = [role("aws_iam_role.a")];
    const modules = { "module.a": { inputs: { one: ["aws_iam_role.a.arn"], other: ["local.x"] } } };
    expect(nearby("module.a", changes, modules)).toEqual(["aws_iam_role.a"]);
  });

  test("are none where they are more than 100", () => {
    expect(nearby("", instances(100))).toHaveLength(100);
    expect(nearby("", instances(101))).toEqual([]);
  });

  test("are none of a module that the configuration does not have", () => {
    const changes = [role("module.a.module.b.aws_iam_role.r", { isUnconfigured: true }), role("aws_iam_role.a")];
    expect(nearby("module.a.module.b", changes)).toEqual(["module.a.module.b.aws_iam_role.r"]);
  });

  test("are found once for each module and type", () => {
    const references = referencesOf([role("aws_iam_role.a"), role("module.a.aws_iam_role.b")], {});
    expect(references.nearby("", ROLE)).toBe(references.nearby("", ROLE));
    expect(references.nearby("module.a", ROLE).map(({ label }) => label)).toEqual(["b"]);
    expect(references.nearby("", "aws_iam_policy")).toEqual([]);
  });
});
