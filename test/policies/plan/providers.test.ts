import { type PlannedChange, planOf, type PlanParts } from "../../helpers/plan";

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
