import { FLEET_HOST, problemsOf } from "../helpers/fleet";

const ID = "111122223333";
const REGIONS = ["eu-west-1", "eu-west-2", "eu-central-1", "eu-north-1", "us-east-1", "us-east-2"];
const of = (inputs: object, regions = REGIONS.slice(0, 2)): string[] =>
  problemsOf({ accounts: [{ id: ID, regions, inputs: { ...FLEET_HOST, ...inputs } }] });

describe("the role of an account", () => {
  test("has room for five regions", () => {
    expect(of({}, REGIONS.slice(0, 5))).toEqual([]);
    expect(of({}, REGIONS)).toEqual([
      'accounts[0].inputs.role_name must contain {region} for more than 5 regions, got "KloudfuseFirehoseRole" for 6. ' +
        "Put {region} into it, such as KloudfuseFirehoseRole-{region}: only the policies of 5 regions fit in a role.",
    ]);
  });

  test("may be one for each region", () => {
    expect(of({ role_name: "Kloudfuse-{region}" }, REGIONS)).toEqual([]);
  });

  test("that exists has no more room", () => {
    const inputs = { create_role: false, role_arn: `arn:aws:iam::${ID}:role/own` };
    expect(of(inputs, REGIONS)).toEqual([
      `accounts[0].inputs.role_arn must contain {region} for more than 5 regions, got "arn:aws:iam::${ID}:role/own" for 6. ` +
        `Put {region} into it, such as arn:aws:iam::${ID}:role/own-{region}: only the policies of 5 regions fit in a role.`,
    ]);
    expect(of({ ...inputs, create_role_policies: false }, REGIONS)).toEqual([]);
  });
});

describe("what two stacks would both create or use", () => {
  test("the role of a metric stream differs by region", () => {
    const inputs = { create_metric_stream: true, metric_stream_role_name: "Streams" };
    expect(of(inputs)).toEqual([
      'accounts[0].inputs.metric_stream_role_name must differ between the regions of an account, got "Streams" ' +
        `for ${ID} eu-west-1 and ${ID} eu-west-2. Put {region} into it, or leave it out.`,
    ]);
    expect(of({ ...inputs, metric_stream_role_name: "Streams-{region}" })).toEqual([]);
    expect(of({ ...inputs, create_metric_stream: false })).toEqual([]);
  });

  test("the role of a metric stream may have one name in two accounts", () => {
    const inputs = { ...FLEET_HOST, create_metric_stream: true, metric_stream_role_name: "Streams" };
    const accounts = [{ id: ID }, { id: "444455556666" }];
    expect(problemsOf({ defaults: { regions: ["eu-west-1"], inputs }, accounts })).toEqual([]);
  });

  test("a bucket's name differs between accounts and regions", () => {
    expect(of({ backup_bucket_name: "failed-{account}" })).toEqual([
      `accounts[0].inputs.backup_bucket_name must differ between accounts and regions, got "failed-${ID}" ` +
        `for ${ID} eu-west-1 and ${ID} eu-west-2. Put {account} and {region} into it, or leave it out.`,
    ]);
    expect(of({ backup_bucket_name: "failed-{account}-{region}" })).toEqual([]);
  });

  test("a bucket of several stacks has a prefix for each", () => {
    const inputs = { create_backup_bucket: false, backup_bucket_arn: "arn:aws:s3:::failed" };
    expect(of(inputs)).toEqual([
      "accounts[0].inputs.backup_bucket_arn must have a backup_prefix of its own in each stack that shares the bucket, " +
        `got "arn:aws:s3:::failed" for ${ID} eu-west-1 and ${ID} eu-west-2. Set backup_prefix to {account}/{region}/.`,
    ]);
    expect(of({ ...inputs, backup_prefix: "{account}/{region}/" })).toEqual([]);
  });

  test("a topic is created for alarms only", () => {
    expect(of({ create_alarm_topic: true })).toEqual([
      "accounts[0].inputs.create_alarm_topic must be false unless accounts[0].inputs.create_alarms is true, got true. " +
        "Set accounts[0].inputs.create_alarms to true, or remove accounts[0].inputs.create_alarm_topic.",
    ]);
    expect(of({ create_alarm_topic: true, create_alarms: true })).toEqual([]);
  });
});
