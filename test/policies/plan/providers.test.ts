import { asObject } from "../../../iam/json";
import { Configuration } from "../../../policies/plan/configuration";
import type { PlannedResource } from "../../../policies/plan/planned-resource";
import { Providers } from "../../../policies/plan/providers";
import { type PlannedChange, planJson, planOf, type PlanParts } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const bucket = (more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: "aws_s3_bucket.b",
  values: {},
  unknown: ["arn"],
  ...more,
});

function location(changes: readonly PlannedChange[], parts: PlanParts = {}): unknown {
  const { accountId, region } = planOf(changes, parts).at("aws_s3_bucket.b") ?? {};
  return [accountId, region];
}

describe("the account and region of a resource", () => {
  test("are not known where nothing tells", () => {
    expect(location([bucket()])).toEqual([undefined, undefined]);
  });

  test("are those of its own ARN", () => {
    const log = bucket({ values: { arn: "arn:aws:logs:eu-west-1:123456789012:log-group:x" }, unknown: [] });
    expect(location([log])).toEqual(["123456789012", "eu-west-1"]);
  });

  test("prefer the region that the resource names", () => {
    expect(
      location([bucket({ values: { region: "us-west-2" } })], { providers: { aws: { region: "us-east-1" } } }),
    ).toEqual([undefined, "us-west-2"]);
  });

  test("are those that its provider is configured with", () => {
    const providers = {
      aws: { region: "us-east-1" },
      "aws.eu": {
        region: "var.region",
        assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }],
      },
    };
    const parts = { providers, variables: { region: "eu-west-1" } };
    expect(location([bucket({ provider: "aws.eu" })], parts)).toEqual(["999999999999", "eu-west-1"]);
    expect(location([bucket()], parts)).toEqual([undefined, "us-east-1"]);
  });

  test("are those that data sources of its provider read", () => {
    const state: PlannedChange[] = [
      { address: "data.aws_caller_identity.me", values: { account_id: "123456789012" } },
      { address: "data.aws_region.here", values: { name: "eu-west-1" } },
    ];
    expect(location([bucket()], { state })).toEqual(["123456789012", "eu-west-1"]);
    expect(
      location([bucket({ provider: "aws.other" })], { state, providers: { "aws.other": { profile: "x" } } }),
    ).toEqual([undefined, undefined]);
  });

  test("are, as to the account, those of a provider with the same credentials", () => {
    const state: PlannedChange[] = [{ address: "data.aws_caller_identity.me", values: { account_id: "123456789012" } }];
    const providers = { aws: { region: "us-east-1" }, "aws.west": { region: "us-west-2" } };
    expect(location([bucket({ provider: "aws.west" })], { state, providers })).toEqual(["123456789012", "us-west-2"]);
  });
});

describe("the account and region that a provider is configured with", () => {
  const configured = (providers: NonNullable<PlanParts["providers"]>, variables = {}): unknown => {
    const json = asObject(JSON.parse(planJson([], { providers, variables })));
    return new Providers(new Configuration(json["configuration"], json["variables"]), () => []).configuredLocations();
  };
  const ROLE = [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }];

  test("are those that it is allowed to work in", () => {
    expect(configured({ aws: { region: "eu-west-1", allowed_account_ids: ["123456789012"] } })).toEqual([
      { accountId: "123456789012", region: "eu-west-1" },
    ]);
  });

  test("are those of the role that it assumes, where several accounts or none are allowed", () => {
    expect(
      configured({
        aws: { assume_role: ROLE },
        "aws.several": { assume_role: ROLE, allowed_account_ids: ["123456789012", "999999999999"] },
      }),
    ).toEqual([
      { accountId: "999999999999", region: undefined },
      { accountId: "999999999999", region: undefined },
    ]);
  });

  test("are not shown where no argument says them", () => {
    expect(configured({ aws: {}, "aws.several": { allowed_account_ids: ["1", "2"] } })).toEqual([
      { accountId: undefined, region: undefined },
      { accountId: undefined, region: undefined },
    ]);
  });

  test("are those of AWS providers of the root", () => {
    const region = { region: "eu-west-1" };
    expect(configured({ google: region, awscc: region, "module.x:aws": region, "aws.west": region })).toHaveLength(1);
  });
});

describe("a log group that a stream names", () => {
  const PATH = "http_endpoint_configuration.0.cloudwatch_logging_options.0.log_group_name";
  const stream: PlannedChange = {
    address: "aws_kinesis_firehose_delivery_stream.s",
    values: { http_endpoint_configuration: [{ cloudwatch_logging_options: [{ log_group_name: "/errors" }] }] },
  };
  const group = (label: string, provider?: string): PlannedChange => ({
    address: `aws_cloudwatch_log_group.${label}`,
    values: { name: "/errors" },
    ...(provider === undefined ? {} : { provider }),
  });
  const linked = (changes: readonly PlannedChange[], parts: PlanParts = {}): unknown => {
    const plan = planOf(changes, parts);
    const [resource] = plan.ofType(stream.address.split(".")[0] ?? "");
    return resource && plan.linked(resource, PATH, "aws_cloudwatch_log_group").resource?.label;
  };

  test("is the one in its region", () => {
    const providers = { aws: { region: "us-east-1" }, "aws.west": { region: "us-west-2" } };
    expect(linked([group("west", "aws.west"), group("east"), stream], { providers })).toBe("east");
    expect(linked([group("west", "aws.west"), stream], { providers })).toBeUndefined();
  });
});

describe("the location that a resource's own values show", () => {
  test("has no account of an ARN without one", () => {
    expect(location([bucket({ values: { arn: "arn:aws:s3:::x" }, unknown: [] })])).toEqual([undefined, undefined]);
  });

  test.each(["aws", "1234567890123", "x123456789012", "12345678901"])("has no account %s, which is none", (account) => {
    const arn = `arn:aws:iam::${account}:policy/x`;
    expect(location([bucket({ values: { arn }, unknown: [] })])).toEqual([undefined, undefined]);
  });

  test("has the account of its ARN before that of its provider", () => {
    const providers = { aws: { assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }] } };
    const arn = "arn:aws:iam::123456789012:policy/x";
    expect(location([bucket({ values: { arn }, unknown: [] })], { providers })).toEqual(["123456789012", undefined]);
  });

  test("has the region that it names before that of its ARN", () => {
    const values = { arn: "arn:aws:logs:eu-west-1:123456789012:log-group:x", region: "us-west-2" };
    expect(location([bucket({ values, unknown: [] })])).toEqual(["123456789012", "us-west-2"]);
  });

  test("has no region of an empty text", () => {
    expect(location([bucket({ values: { region: "" } })], { providers: { aws: { region: "us-east-1" } } })).toEqual([
      undefined,
      "us-east-1",
    ]);
  });
});

describe("the location that other resources of a provider show", () => {
  const of = (...others: readonly PlannedChange[]): unknown => location([...others, bucket()]);
  const data = (address: string, values: PlannedChange["values"]): PlannedChange => ({
    address: `data.${address}`,
    values,
  });
  const role: PlannedChange = { address: "aws_iam_role.r", values: { arn: "arn:aws:iam::123456789012:role/r" } };
  const group: PlannedChange = {
    address: "aws_cloudwatch_log_group.g",
    values: { arn: "arn:aws:logs:eu-west-1:999999999999:log-group:x" },
  };

  test("has the account of one and the region of another", () => {
    expect(of(role, group)).toEqual(["123456789012", "eu-west-1"]);
  });

  test("has what the first one shows", () => {
    expect(of(group, role)).toEqual(["999999999999", "eu-west-1"]);
    expect(of(group, { address: "aws_x.y", values: { region: "us-west-2" } })).toEqual(["999999999999", "eu-west-1"]);
  });

  test("has the region of a data source that is read with it", () => {
    expect(of(data("aws_region.here", { region: "eu-west-1" }))).toEqual([undefined, "eu-west-1"]);
    expect(of(data("aws_region.here", { name: "us-west-2", region: "eu-west-1" }))).toEqual([undefined, "us-west-2"]);
  });

  test("has nothing of a data source of something else", () => {
    expect(of(data("aws_x.y", { account_id: "123456789012", name: "x", region: "eu-west-1" }))).toEqual([
      undefined,
      undefined,
    ]);
    expect(of(data("aws_region.here", { account_id: "123456789012" }))).toEqual([undefined, undefined]);
    expect(of(data("aws_caller_identity.me", { region: "eu-west-1" }))).toEqual([undefined, undefined]);
  });

  test("is not that of a resource whose provider the configuration does not show", () => {
    expect(of({ ...role, isUnconfigured: true })).toEqual([undefined, undefined]);
    expect(location([role, bucket({ isUnconfigured: true })])).toEqual([undefined, undefined]);
  });
});

describe("the account of a provider", () => {
  test("is not known where it assumes a role that is not known", () => {
    const providers = { aws: { assume_role: [{ role_arn: "var.role" }] } };
    expect(location([bucket()], { providers })).toEqual([undefined, undefined]);
    expect(location([bucket()], { providers, variables: { role: "arn:aws:iam::999999999999:role/deploy" } })).toEqual([
      "999999999999",
      undefined,
    ]);
  });

  test.each([
    "assume_role",
    "assume_role_with_web_identity",
    "access_key",
    "profile",
    "shared_config_files",
    "shared_credentials_files",
  ])("is not that of one with another %s", (credential) => {
    const state: PlannedChange[] = [{ address: "data.aws_caller_identity.me", values: { account_id: "123456789012" } }];
    const providers = { aws: {}, "aws.other": { [credential]: "x" } };
    expect(location([bucket({ provider: "aws.other" })], { state, providers })).toEqual([undefined, undefined]);
    const same = { aws: { [credential]: "x" }, "aws.other": { [credential]: "x" } };
    expect(location([bucket({ provider: "aws.other" })], { state, providers: same })).toEqual([
      "123456789012",
      undefined,
    ]);
  });

  test("is that of the one with the same credentials that shows it", () => {
    const role: PlannedChange = { address: "aws_iam_role.r", values: { arn: "arn:aws:iam::123456789012:role/r" } };
    const group: PlannedChange = { address: "aws_x.y", values: { region: "eu-west-1" }, provider: "aws.a" };
    const changes = [group, { ...role, provider: "aws.b" }, bucket({ provider: "aws.c" })];
    expect(location(changes)).toEqual(["123456789012", undefined]);
  });
});

describe("two resources", () => {
  const first = bucket({ address: "aws_x.one" });
  const second = bucket({ address: "aws_x.other" });
  const compared = (
    compare: (providers: Providers, one: PlannedResource, other: PlannedResource) => boolean,
    one: Partial<PlannedChange>,
    other: Partial<PlannedChange>,
    providers: NonNullable<PlanParts["providers"]> = {},
  ): boolean => {
    const changes = [
      { ...first, ...one },
      { ...second, ...other },
    ];
    const json = asObject(JSON.parse(planJson(changes, { providers })));
    const plan = planOf(changes, { providers });
    return compare(
      new Providers(new Configuration(json["configuration"], json["variables"]), () => plan.resources),
      resourceAt(plan, first.address),
      resourceAt(plan, second.address),
    );
  };
  const isSameAccount = (...of: readonly [Partial<PlannedChange>, Partial<PlannedChange>, PlanParts["providers"]?]) =>
    compared((providers, one, other) => providers.isSameAccount(one, other), of[0], of[1], of[2]);
  const isSameRegion = (...of: readonly [Partial<PlannedChange>, Partial<PlannedChange>, PlanParts["providers"]?]) =>
    compared((providers, one, other) => providers.isSameRegion(one, other), of[0], of[1], of[2]);
  const inAccount = (account: string, more: Partial<PlannedChange> = {}): Partial<PlannedChange> => ({
    values: { arn: `arn:aws:iam::${account}:role/x` },
    unknown: [],
    ...more,
  });
  const inRegion = (region: string): Partial<PlannedChange> => ({ values: { region } });
  const west = { provider: "aws.west" };
  const profiles = { aws: { profile: "a" }, "aws.west": { profile: "b" } };
  const regions = { aws: { region: "var.a" }, "aws.west": { region: "var.b" } };

  test("are in one account where their values show the same", () => {
    expect(isSameAccount(inAccount("123456789012"), inAccount("123456789012", west), profiles)).toBe(true);
    expect(isSameAccount(inAccount("123456789012"), inAccount("999999999999"))).toBe(false);
  });

  test("are in one account where their providers have the same credentials", () => {
    expect(isSameAccount({}, west)).toBe(true);
    expect(isSameAccount({}, west, profiles)).toBe(false);
    expect(isSameAccount(west, west, profiles)).toBe(true);
  });

  test("are in one account where the provider of one is not known", () => {
    expect(isSameAccount({ isUnconfigured: true }, west, profiles)).toBe(true);
    expect(isSameAccount(west, { isUnconfigured: true }, profiles)).toBe(true);
  });

  test("are in one account where the account of one alone is known, and the credentials are the same", () => {
    expect(isSameAccount(inAccount("123456789012", { isUnconfigured: true }), {})).toBe(true);
    expect(isSameAccount(inAccount("123456789012"), west, profiles)).toBe(false);
  });

  test("are in one region where their values show the same", () => {
    expect(isSameRegion(inRegion("eu-west-1"), inRegion("eu-west-1"))).toBe(true);
    expect(isSameRegion(inRegion("eu-west-1"), inRegion("us-west-2"))).toBe(false);
  });

  test("are in one region where their providers are configured alike", () => {
    expect(isSameRegion({}, west)).toBe(true);
    expect(isSameRegion({}, west, profiles)).toBe(true);
    expect(isSameRegion({}, west, regions)).toBe(false);
    expect(isSameRegion(west, west, regions)).toBe(true);
  });

  test("are in one region where the region of one alone is known, and the providers are configured alike", () => {
    expect(isSameRegion({ ...inRegion("eu-west-1"), isUnconfigured: true }, {})).toBe(true);
    expect(isSameRegion({ ...inRegion("eu-west-1") }, west, regions)).toBe(false);
  });
});
