import { asObject } from "../iam/json";
import { FleetStack, type FleetStackProps } from "../modules/stacks/fleet-stack";
import { FLEET_HOST } from "./helpers/fleet";
import { synthesize, type Template } from "./helpers/synth";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:kloudfuse-AbCdEf";
const SHARED = { arn: "arn:aws:iam::111122223333:role/obs/Kloudfuse", stackId: "first" };

const stack = (props: Partial<FleetStackProps> = {}): Template =>
  synthesize(
    (app) =>
      new FleetStack(app, "fleet", { account: "111122223333", region: "eu-west-1", inputs: FLEET_HOST, ...props }),
  );

const providerOf = ({ json }: Template): unknown => asObject(json)["provider"];

describe("the stack of one account and region", () => {
  test("works in that account and region only", () => {
    expect(providerOf(stack())).toEqual({ aws: [{ allowed_account_ids: ["111122223333"], region: "eu-west-1" }] });
  });

  test("assumes a role, with an external id where there is one", () => {
    const assumeRole = "arn:aws:iam::111122223333:role/Deployer";
    const provider = { allowed_account_ids: ["111122223333"], region: "eu-west-1" };
    expect(providerOf(stack({ assumeRole }))).toEqual({
      aws: [{ ...provider, assume_role: [{ role_arn: assumeRole }] }],
    });
    expect(providerOf(stack({ assumeRole, externalId: "my-id" }))).toEqual({
      aws: [{ ...provider, assume_role: [{ role_arn: assumeRole, external_id: "my-id" }] }],
    });
  });

  test("keeps its state where it is told to, by default in a file of its own", () => {
    expect(stack().json.terraform).toMatchObject({
      required_version: ">= 1.9.0",
      backend: { local: { path: expect.stringMatching(/\/fleet\.tfstate$/) as unknown } },
    });
    const state = { type: "s3", bucket: "states", key: "a/b", region: "us-east-1" } as const;
    expect(stack({ state }).json.terraform).toMatchObject({
      backend: { s3: { bucket: "states", key: "a/b", region: "us-east-1", encrypt: true, use_lockfile: true } },
    });
  });

  test("has the access key as its one variable, which is sensitive and has no validation that would print it", () => {
    const { variable } = stack().json;
    expect(variable).toEqual({
      access_key: {
        type: "string",
        default: null,
        sensitive: true,
        description:
          "Access key that Firehose sends to the ingester. It is plain text in the state: prefer access_key_secret_arn.",
      },
    });
  });

  test("has no variable where a secret holds the access key", () => {
    expect(stack({ inputs: { ...FLEET_HOST, access_key_secret_arn: SECRET } }).json.variable).toEqual({});
  });

  test("uses the role of another stack, and adds its policies to it", () => {
    const template = stack({ sharedRole: SHARED });
    expect(template.addresses.filter((address) => address.startsWith("aws_iam_role."))).toEqual([]);
    expect(template.resource("aws_iam_role_policy.delivery_put_records", "role")).toBe(
      '${basename("arn:aws:iam::111122223333:role/obs/Kloudfuse")}',
    );
    expect(template.resource("aws_kinesis_firehose_delivery_stream.logs", "http_endpoint_configuration")).toMatchObject(
      {
        role_arn: SHARED.arn,
      },
    );
  });

  test("has the outputs of what it deploys", () => {
    const outputs = [
      "role_arn",
      "role_name",
      "role_policies",
      "backup_bucket_arn",
      "backup_bucket_name",
      "metrics_stream_arn",
      "metrics_stream_name",
      "metrics_endpoint_url",
      "logs_stream_arn",
      "logs_stream_name",
      "logs_endpoint_url",
      "error_log_group_name",
      "subscribed_log_group_names",
    ];
    expect(Object.keys(stack().json.output).sort()).toEqual(outputs.sort());
    const inputs = { ...FLEET_HOST, create_logs_stream: false, create_alarms: true, create_dashboard: true };
    const others = [...outputs.filter((name) => !name.startsWith("logs_")), "alarm_names", "dashboard_name"];
    expect(Object.keys(stack({ inputs }).json.output).sort()).toEqual(others.sort());
  });
});
