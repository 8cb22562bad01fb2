import { asObject } from "../../../iam/json";
import { Configuration } from "../../../policies/plan/configuration";
import {
  hasUnknownIdentity,
  IdentityIndex,
  identityBefore,
  identityOf,
  identityPaths,
} from "../../../policies/plan/identity";
import type { PlannedResource } from "../../../policies/plan/planned-resource";
import { Providers } from "../../../policies/plan/providers";
import { inAccount, planJson, type PlannedChange, planOf, type PlanParts } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const only = (more: Partial<PlannedChange>, address = "aws_iam_role.x"): PlannedResource =>
  resourceAt(planOf([{ address, values: {}, ...more }]), address);

describe("the attributes that name a resource", () => {
  test.each([
    ["aws_iam_role", ["arn", "name", "id"]],
    ["aws_iam_policy", ["arn", "id"]],
    ["aws_s3_bucket", ["arn", "bucket", "id"]],
    ["aws_kms_key", ["arn", "key_id", "id"]],
    ["aws_kms_alias", ["arn", "name", "id"]],
    ["aws_other", ["arn", "name", "id"]],
  ])("of %s are %j", (type, paths) => {
    expect(identityPaths(type)).toEqual(paths);
  });
});

describe("the texts that name a resource", () => {
  test("are what it will be called, each once", () => {
    expect(identityOf(only({ values: { arn: "arn", name: "x", id: "x" } }))).toEqual(["arn", "x"]);
  });

  test("are neither empty, unknown nor other values", () => {
    expect(identityOf(only({ values: { name: "", id: 3 }, unknown: ["arn"] }))).toEqual([]);
  });

  test("are what it was called before the plan", () => {
    const renamed = only({ values: { name: "new" }, before: { arn: "arn", name: "old" }, actions: ["update"] });
    expect(identityBefore(renamed)).toEqual(["arn", "old"]);
  });
});

describe("what names a resource", () => {
  test("is not all known where one of the attributes is not", () => {
    expect(hasUnknownIdentity(only({ values: { name: "x", id: "x" }, unknown: ["arn"] }))).toBe(true);
  });

  test("is known where only other attributes are not", () => {
    expect(hasUnknownIdentity(only({ values: { name: "x", id: "x", arn: "arn" }, unknown: ["other"] }))).toBe(false);
  });
});

/** What a text names of a type, and what it names beside a referrer. */
function find(
  text: string,
  type: string,
  changes: readonly PlannedChange[],
  parts: PlanParts = {},
  referrer: Partial<PlannedChange> = {},
): { readonly named: readonly string[]; readonly beside: readonly string[] } {
  const all = [...changes, { address: "aws_y.referrer", values: {}, ...referrer }];
  const json = asObject(JSON.parse(planJson(all, parts)));
  const plan = planOf(all, parts);
  const providers = new Providers(new Configuration(json["configuration"], json["variables"]), () => plan.resources);
  const index = new IdentityIndex(type, plan.ofType(type), providers, identityOf);
  const addresses = (resources: Iterable<PlannedResource>): readonly string[] =>
    [...resources].map(({ address }) => address);
  return {
    named: addresses(index.named(text)),
    beside: addresses(index.namedInSameLocation(text, resourceAt(plan, referrer.address ?? "aws_y.referrer"))),
  };
}

describe("the resources that a text names", () => {
  const named = (text: string, change: PlannedChange, parts: PlanParts = {}): readonly string[] =>
    find(text, change.type ?? change.address.split(".")[0] ?? "", [change], parts).named;
  const created = (address: string, values: PlannedChange["values"]): PlannedChange => ({
    address,
    values,
    unknown: ["arn"],
  });

  test("are those with the name, several too", () => {
    const roles = ["a", "b"].map((label) => ({ address: `aws_iam_role.${label}`, values: { name: "x" } }));
    expect(find("x", "aws_iam_role", roles).named).toEqual(["aws_iam_role.a", "aws_iam_role.b"]);
    expect(find("y", "aws_iam_role", roles).named).toEqual([]);
  });

  test.each([
    ["aws_iam_role", "name", "x", "arn:aws:iam::123456789012:role/x"],
    ["aws_iam_role", "name", "x", "arn:aws:iam::123456789012:role/a/b/x"],
    ["aws_s3_bucket", "bucket", "x", "arn:aws:s3:::x"],
    ["aws_cloudwatch_log_group", "name", "/x/y", "arn:aws:logs:eu-west-1:123456789012:log-group:/x/y"],
    ["aws_cloudwatch_log_group", "name", "/x/y", "arn:aws:logs:eu-west-1:123456789012:log-group:/x/y:*"],
    ["aws_kinesis_firehose_delivery_stream", "name", "x", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/x"],
    ["aws_kms_alias", "name", "alias/x/y", "arn:aws:kms:eu-west-1:123456789012:alias/x/y"],
    ["aws_secretsmanager_secret", "name", "a-b", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-b-AbCdEf"],
  ])("are those of %s whose %s %s is in an ARN: %s", (type, path, name, arn) => {
    const address = `${type}.x`;
    expect(named(arn, created(address, { [path]: name }))).toEqual([address]);
    expect(named(`x${arn}`, created(address, { [path]: name }))).toEqual([]);
  });

  test.each([
    ["aws_iam_role", "name", "arn:aws:iam::123456789012:user/x"],
    ["aws_s3_bucket", "bucket", "arn:aws:s3:::x/key"],
    ["aws_cloudwatch_log_group", "name", "arn:aws:logs:eu-west-1:123456789012:log-group:x:log-stream:y"],
    ["aws_kinesis_firehose_delivery_stream", "name", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/x/y"],
    ["aws_kms_alias", "name", "arn:aws:kms:eu-west-1:123456789012:key/alias"],
    ["aws_secretsmanager_secret", "name", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdE"],
    ["aws_secretsmanager_secret", "name", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEfg"],
    ["aws_other", "name", "arn:aws:iam::123456789012:role/x"],
  ])("are none of %s whose %s x is not the name in an ARN: %s", (type, path, arn) => {
    expect(named(arn, created(`${type}.x`, { [path]: "x" }))).toEqual([]);
  });

  test("are none whose own ARN is another one", () => {
    const values = { name: "x", arn: "arn:aws:iam::999999999999:role/x" };
    expect(named("arn:aws:iam::123456789012:role/x", { address: "aws_iam_role.x", values })).toEqual([]);
  });

  test("are those with the ARN rather than those with its name", () => {
    const arn = "arn:aws:iam::123456789012:role/x";
    const roles = [created("aws_iam_role.a", { name: "x" }), { address: "aws_iam_role.b", values: { arn } }];
    expect(find(arn, "aws_iam_role", roles).named).toEqual(["aws_iam_role.b"]);
  });

  const GROUP_ARN = "arn:aws:logs:eu-west-1:123456789012:log-group:x";
  const group = created("aws_cloudwatch_log_group.x", { name: "x" });

  test("are those in the account of the ARN", () => {
    expect(named(GROUP_ARN, group, inAccount("123456789012"))).toEqual([group.address]);
    expect(named(GROUP_ARN, group, inAccount("999999999999"))).toEqual([]);
  });

  test("are those in the region of the ARN", () => {
    expect(named(GROUP_ARN, group, { providers: { aws: { region: "eu-west-1" } } })).toEqual([group.address]);
    expect(named(GROUP_ARN, group, { providers: { aws: { region: "us-west-2" } } })).toEqual([]);
  });

  test("are those in any account and region of an ARN without", () => {
    const bucket = created("aws_s3_bucket.x", { bucket: "x", region: "us-west-2" });
    expect(named("arn:aws:s3:::x", bucket, inAccount("999999999999"))).toEqual([bucket.address]);
  });
});

describe("the resources that a text names beside another resource", () => {
  const PROVIDERS = {
    aws: { region: "eu-west-1" },
    "aws.west": { region: "us-west-2" },
    "aws.other": { region: "eu-west-1", profile: "other" },
  };
  const inRegions = (type: string, values: PlannedChange["values"]): PlannedChange[] =>
    Object.keys(PROVIDERS).map((provider) => ({
      address: `${type}.${provider.replace(".", "_")}`,
      values,
      provider,
    }));
  const beside = (text: string, type: string, changes: readonly PlannedChange[]): readonly string[] =>
    find(text, type, changes, { providers: PROVIDERS }).beside;

  test("are those in its account and region", () => {
    expect(beside("x", "aws_z", inRegions("aws_z", { name: "x" }))).toEqual(["aws_z.aws"]);
  });

  test("are, of IAM, those in its account", () => {
    expect(beside("x", "aws_iam_role", inRegions("aws_iam_role", { name: "x" }))).toEqual([
      "aws_iam_role.aws",
      "aws_iam_role.aws_west",
    ]);
  });

  test("are, of buckets, those anywhere", () => {
    expect(beside("x", "aws_s3_bucket", inRegions("aws_s3_bucket", { bucket: "x" }))).toHaveLength(3);
  });

  test("are none where no resource of the name is beside it", () => {
    const [, , other] = inRegions("aws_z", { name: "x" });
    expect(other && beside("x", "aws_z", [other])).toEqual([]);
  });

  test("are, by an ARN, those of another account where none is beside it", () => {
    const arn = "arn:aws:z::x";
    const [own, west, other] = inRegions("aws_z", { arn });
    expect(other && beside(arn, "aws_z", [other])).toEqual(["aws_z.aws_other"]);
    expect(own && west && other && beside(arn, "aws_z", [own, west, other])).toEqual(["aws_z.aws"]);
  });

  test("are those of its module where there are any", () => {
    const changes = ["", "module.a.", "module.b."].map((module) => ({
      address: `${module}aws_iam_role.r`,
      values: { name: "x" },
    }));
    const of = (address: string): readonly string[] => find("x", "aws_iam_role", changes, {}, { address }).beside;
    expect(of("module.a.aws_y.referrer")).toEqual(["module.a.aws_iam_role.r"]);
    expect(of("aws_y.referrer")).toEqual(["aws_iam_role.r"]);
    expect(of("module.c.aws_y.referrer")).toHaveLength(3);
  });
});
