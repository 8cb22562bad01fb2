import { FLEET_HOST, problemsOf } from "../helpers/fleet";

const SECRET_ADVICE =
  "must not be in the file, which others read (the value is not shown). Put the key into Secrets Manager and set " +
  "access_key_secret_arn, with {account} and {region} in it, or set the Terraform variable access_key with " +
  "TF_VAR_access_key in the environment.";

const SECRET = "TOPSECRET";

const account = (inputs: unknown): unknown => ({ accounts: [{ id: "111122223333", regions: ["eu-west-1"], inputs }] });

describe("the structure of a fleet file", () => {
  test.each<[unknown, string[]]>([
    [[], ["the file must be an object, got a list."]],
    [{}, ["accounts is required. Add it."]],
    [{ accounts: [] }, ["accounts must have at least one entry, got none. Add one."]],
    [{ accounts: {} }, ["accounts must be a list, got an object."]],
    [{ accounts: [5] }, ["accounts[0] must be an object, got 5."]],
    [{ accounts: [{}] }, ["accounts[0].id is required. Add it."]],
    [{ accounts: [{ id: 111122223333 }] }, ["accounts[0].id must be a string, got 111122223333."]],
    [
      { accounts: [{ id: "a", regions: [] }] },
      ["accounts[0].regions must have at least one entry, got none. Add one."],
    ],
    [{ accounts: [{ id: "a", regions: [1] }] }, ["accounts[0].regions[0] must be a string, got 1."]],
    [{ accounts: [{ id: "a", region: "b" }] }, ["accounts[0].region is unknown. Did you mean regions?"]],
    [
      { accounts: [{ id: "a", profile: "b" }] },
      ["accounts[0].profile is unknown. Use one of id, assume_role, external_id, regions, inputs."],
    ],
    [{ acounts: [{ id: "a" }] }, ["accounts is required. Add it.", "acounts is unknown. Did you mean accounts?"]],
    [
      { accounts: [{ id: "a" }], state: {} },
      ["state must contain either s3 or hcp, got neither. Leave state out for local files."],
    ],
    [
      { accounts: [{ id: "a" }], state: { hcp: {} } },
      ["state.hcp.organization is required. Add it.", "state.hcp.workspace is required. Add it."],
    ],
    [
      {
        accounts: [{ id: "a" }],
        state: {
          hcp: { organization: "o", workspace: "w" },
          s3: { bucket: "b", region: "r", key: "k" },
        },
      },
      ["state must contain either s3 or hcp, got hcp and s3. Leave state out for local files."],
    ],
  ])("%j: %j", (file, problems) => {
    expect(problemsOf(file)).toEqual(problems);
  });

  test.each<[unknown, string[]]>([
    [{ buffering_size_mb: "5" }, ['accounts[0].inputs.buffering_size_mb must be a number, got "5".']],
    [{ create_alarms: "yes" }, ['accounts[0].inputs.create_alarms must be true or false, got "yes".']],
    [{ tags: { "cost center": 3 } }, ['accounts[0].inputs.tags["cost center"] must be a string, got 3.']],
    [{ alarm_emails: "a@b.c" }, ['accounts[0].inputs.alarm_emails must be a list, got "a@b.c".']],
    [{ kloudfuse_ingester_host: null }, ["accounts[0].inputs.kloudfuse_ingester_host must be a string, got null."]],
    [
      { metric_stream_include_filters: { "AWS/EC2": null } },
      ['accounts[0].inputs.metric_stream_include_filters["AWS/EC2"] must be a list, got null.'],
    ],
    [
      { metric_stream_statistics: [{ namespace: "AWS/ELB", metric: "Latency", statistics: ["p99"] }] },
      [
        "accounts[0].inputs.metric_stream_statistics[0].metric_name is required. Add it.",
        "accounts[0].inputs.metric_stream_statistics[0].metric is unknown. Use one of namespace, metric_name, statistics.",
      ],
    ],
    [{ bufferingSizeMb: 4 }, ["accounts[0].inputs.bufferingSizeMb is unknown. Did you mean buffering_size_mb?"]],
    [{ bufering_size_mb: 4 }, ["accounts[0].inputs.bufering_size_mb is unknown. Did you mean buffering_size_mb?"]],
    [{ aws_region: "a" }, ["accounts[0].inputs.aws_region is unknown. Use one of the inputs in docs/reference.md."]],
    [{ tags: "a".repeat(100) }, [`accounts[0].inputs.tags must be an object, got "${"a".repeat(59)}….`]],
  ])("inputs %j: %j", (inputs, problems) => {
    expect(problemsOf(account({ ...FLEET_HOST, ...Object(inputs) }))).toEqual(problems);
  });

  test.each<[unknown, string]>([
    [[{ access_key: SECRET }], "inputs must be an object, got a list."],
    [
      { access_key_secret_arn: { access_key: SECRET } },
      "inputs.access_key_secret_arn must be a string, got an object.",
    ],
    [{ access_key_secret_arn: [SECRET] }, "inputs.access_key_secret_arn must be a string, got a list."],
    [{ access_key_secret_arn: 4711 }, "inputs.access_key_secret_arn must be a string, got a value that is not shown."],
    [{ common_attributes: SECRET }, "inputs.common_attributes must be an object, got a value that is not shown."],
    [{ common_attributes: { token: [SECRET] } }, "inputs.common_attributes.token must be a string, got a list."],
    [
      { common_attributes: { token: 4711 } },
      "inputs.common_attributes.token must be a string, got a value that is not shown.",
    ],
    [{ role_name: { [SECRET]: 1 } }, "inputs.role_name must be a string, got an object."],
  ])("never shows what may be a secret: inputs %j", (inputs, problem) => {
    const valid: unknown = Array.isArray(inputs) ? inputs : { ...FLEET_HOST, ...Object(inputs) };
    expect(problemsOf(account(valid))).toEqual([`accounts[0].${problem}`]);
  });

  test("never shows an external id of another type", () => {
    expect(problemsOf({ accounts: [{ id: "a", external_id: 4711 }] })).toEqual([
      "accounts[0].external_id must be a string, got a value that is not shown.",
    ]);
  });

  test.each(["access_key", "accessKey", "Access-Key"])("has no secret, whatever its name: %s", (name) => {
    const problems = problemsOf(account({ ...FLEET_HOST, [name]: "the-secret" }));
    expect(problems).toEqual([`accounts[0].inputs.${name} ${SECRET_ADVICE}`]);
    expect(problemsOf({ defaults: { inputs: { [name]: "the-secret" } }, accounts: [{ id: "a" }] })).toEqual([
      `defaults.inputs.${name} ${SECRET_ADVICE}`,
    ]);
  });
});
