import { ACCOUNT, deployment, type Deployment, outcomesOf, type PlannedChange } from "./helpers/plan";

const STREAM = "module.kloudfuse.aws_kinesis_firehose_delivery_stream";
const ROLE = "module.kloudfuse.aws_iam_role.delivery[0]";
const found = (more?: Deployment): string[] => outcomesOf(deployment(more));

/** The plan with other values at one address. */
const changed = (
  changes: readonly PlannedChange[],
  address: string,
  more: Partial<PlannedChange>,
): readonly PlannedChange[] =>
  changes.map((change) =>
    change.address === address ? { ...change, ...more, values: { ...change.values, ...more.values } } : change,
  );

describe("the policies on a deployment", () => {
  test("find nothing in the default one", () => {
    expect(found()).toEqual([]);
  });

  describe.each([
    ["with addresses as they were", ""],
    ["with an index in the addresses", "[0]"],
  ])("%s", (_, index) => {
    test.each([[["metrics"]], [["logs"]], [["metrics", "logs"]]] as const)("find nothing with %j", (signals) => {
      expect(found({ signals, index })).toEqual([]);
    });

    test("know each stream by its address where nothing else says which it is", () => {
      const nameless = (signal: string, url: string): readonly PlannedChange[] =>
        changed(deployment({ signals: ["metrics"], index }), `${STREAM}.metrics${index}`, {
          address: `${STREAM}.${signal}${index}`,
          values: { name: "kloudfuse-telemetry", http_endpoint_configuration: [{ url }] },
        });
      const paths = (signal: string): string[] =>
        outcomesOf(nameless(signal, "https://kfuse.example.com/ingester/kinesis/other")).filter((line) =>
          line.startsWith("KFF-END-002"),
        );
      for (const signal of ["metrics", "logs", 'this["metrics.v1"]', 'this["logs.v1"]']) {
        expect(paths(signal)).toEqual([
          `KFF-END-002 finding ${STREAM}.${signal}${index}: the path is /ingester/kinesis/other`,
        ]);
      }
    });
  });

  test("say only that it is destroyed when a signal is switched off", () => {
    const plan = changed(deployment(), `${STREAM}.logs`, { actions: ["delete"] });
    expect(outcomesOf(plan)).toEqual([`KFF-CHG-001 finding ${STREAM}.logs: it is destroyed`]);
  });

  test("find nothing where a stream moved to an address with an index", () => {
    expect(outcomesOf(deployment({ index: "[0]" }).map((change) => ({ ...change, actions: ["no-op"] })))).toEqual([]);
  });
});

describe("the policies on trust, by partition", () => {
  test.each([
    ["aws", "eu-west-1", "logs.amazonaws.com"],
    ["aws", "eu-west-1", "logs.eu-west-1.amazonaws.com"],
    ["aws-us-gov", "us-gov-west-1", "logs.amazonaws.com"],
    ["aws-cn", "cn-north-1", "logs.amazonaws.com.cn"],
    ["aws-cn", "cn-north-1", "logs.amazonaws.com"],
    ["aws-cn", "cn-north-1", "logs.cn-north-1.amazonaws.com.cn"],
    ["aws-iso", "us-iso-east-1", "logs.c2s.ic.gov"],
    ["aws-iso-b", "us-isob-east-1", "logs.sc2s.sgov.gov"],
    ["aws-iso-f", "us-isof-south-1", "logs.amazonaws.com"],
    ["aws-eusc", "eusc-de-east-1", "logs.amazonaws.com"],
  ])("accept in %s, %s, the name %s", (partition, region, logsPrincipal) => {
    expect(found({ partition, region, logsPrincipal })).toEqual([]);
  });

  test.each([
    ["aws", "eu-west-1", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-us-gov", "us-gov-west-1", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-cn", "cn-north-1", "logs.c2s.ic.gov", "logs.amazonaws.com.cn"],
    ["aws-iso", "us-iso-east-1", "logs.amazonaws.com", "logs.c2s.ic.gov"],
    ["aws-iso-b", "us-isob-east-1", "logs.c2s.ic.gov", "logs.sc2s.sgov.gov"],
  ])("find in %s, %s, the name %s", (partition, region, logsPrincipal, expected) => {
    expect(found({ partition, region, logsPrincipal })).toEqual([
      `KFF-IAM-001 finding ${ROLE}: Service:${logsPrincipal} may assume the role`,
      `KFF-IAM-001 finding ${ROLE}: ${expected} may not assume the role`,
    ]);
  });

  test("accept the name of any partition where the plan does not say which one it is", () => {
    expect(found({ partition: "aws-new", region: "xx-new-1", logsPrincipal: "logs.amazonaws.com.cn" })).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^KFF-IAM-00[12]/)]),
    );
  });

  test("ask the condition against the confused deputy of the partition's own name", () => {
    const trust = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: ["firehose.amazonaws.com", "logs.amazonaws.com.cn"] },
          Condition: { StringEquals: { "sts:ExternalId": ACCOUNT } },
        },
      ],
    });
    const plan = deployment({ partition: "aws-cn", region: "cn-north-1", logsPrincipal: "logs.amazonaws.com.cn" });
    expect(outcomesOf(changed(plan, ROLE, { values: { assume_role_policy: trust } }))).toEqual([
      `KFF-IAM-002 finding ${ROLE}: Service:logs.amazonaws.com.cn is trusted without StringLike aws:SourceArn of an account`,
    ]);
  });
});

describe("the policies on a customer-managed key", () => {
  const keyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
  const secretArn = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:kloudfuse`;
  const [S3, SECRETS, FIREHOSE] = ["s3", "secretsmanager", "firehose"].map(
    (service) => `${service}.eu-west-1.amazonaws.com`,
  );
  const via = (...services: readonly (string | undefined)[]): Deployment["keyConditions"] & object => ({
    StringEquals: { "kms:ViaService": services },
  });
  const logs = (more: Deployment): string[] => found({ signals: ["logs"], keyArn, ...more });
  const only = (services: string, missing: string): string =>
    `KFF-IAM-006 finding ${STREAM}.logs: UseKmsKey allows kms:Decrypt, kms:GenerateDataKey on ${keyArn} only through ${services}, not through ${missing}`;

  test("find nothing where it is allowed through Firehose and S3, or without a condition", () => {
    expect(logs({ keyConditions: via(S3, FIREHOSE) })).toEqual([]);
    expect(logs({})).toEqual([]);
    expect(logs({ keyConditions: { StringLike: { "kms:ViaService": "*.eu-west-1.amazonaws.com" } } })).toEqual([]);
  });

  test("name the statement whose kms:ViaService lacks Firehose", () => {
    expect(logs({ keyConditions: via(S3, SECRETS) })).toEqual([
      only("s3.eu-west-1.amazonaws.com, secretsmanager.eu-west-1.amazonaws.com", "firehose.eu-west-1.amazonaws.com"),
    ]);
  });

  test("name the statement whose kms:ViaService lacks S3", () => {
    expect(logs({ keyConditions: via(FIREHOSE) })).toEqual([
      only("firehose.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"),
    ]);
  });

  test("name the actions that are missing on either side", () => {
    const missing = (service: string): string =>
      `KFF-IAM-006 finding ${STREAM}.logs: the role may not kms:GenerateDataKey on ${keyArn} through ${service}.eu-west-1.amazonaws.com`;
    expect(logs({ keyActions: ["kms:Decrypt"] })).toEqual([missing("firehose"), missing("s3")]);
  });

  test("take the partition's own DNS suffix in kms:ViaService", () => {
    const china = {
      partition: "aws-cn",
      region: "cn-north-1",
      keyArn: `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/1`,
    };
    const [s3, firehose] = ["s3.cn-north-1.amazonaws.com", "firehose.cn-north-1.amazonaws.com"];
    expect(logs({ ...china, keyConditions: via(`${s3}.cn`, `${firehose}.cn`) })).toEqual([]);
    expect(logs({ ...china, keyConditions: via(s3, firehose) })).toHaveLength(2);
  });

  test("say that a condition which a plan does not decide is undetermined", () => {
    const keyConditions = { StringEquals: { "kms:ViaService": [S3, FIREHOSE], "aws:PrincipalTag/team": "x" } };
    expect(logs({ keyConditions })).toEqual(
      ["firehose", "s3"].map(
        (service) =>
          `KFF-IAM-006 unknown ${STREAM}.logs: whether the role may kms:Decrypt, kms:GenerateDataKey on ${keyArn} through ${service}.eu-west-1.amazonaws.com depends on StringEquals aws:PrincipalTag/team`,
      ),
    );
  });

  test("say that a key which is not known before the apply is not known", () => {
    const plan = deployment({ signals: ["logs"], keyArn });
    const unknown = {
      server_side_encryption: [{ key_arn: true, key_type: true }],
      http_endpoint_configuration: [{ s3_configuration: [{ kms_key_arn: true }] }],
    };
    expect(outcomesOf(changed(plan, `${STREAM}.logs`, { unknown }))).toEqual(
      ["the stream", "the backup"].map(
        (owner) => `KFF-IAM-006 unknown ${STREAM}.logs: the key of ${owner} is not known before the apply`,
      ),
    );
  });

  describe("with a secret", () => {
    const secret = (kms_key_id: string | null): PlannedChange => ({
      address: "aws_secretsmanager_secret.key",
      type: "aws_secretsmanager_secret",
      values: { arn: secretArn, kms_key_id },
    });
    const withSecret = (keyConditions: object, ...more: readonly PlannedChange[]): string[] =>
      outcomesOf([
        ...deployment({ signals: ["logs"], keyArn, secretArn, keyConditions: { ...keyConditions } }),
        ...more,
      ]);

    test("say that a secret's ARN is not known, and nothing where the provider is yet to say that there is none", () => {
      const plan = deployment({ signals: ["logs"], secretArn });
      const unknown = (block: unknown): string[] =>
        outcomesOf(
          changed(plan, `${STREAM}.logs`, {
            unknown: { http_endpoint_configuration: [{ secrets_manager_configuration: block }] },
          }),
        );
      expect(unknown([{ secret_arn: true }])).toEqual([
        `KFF-IAM-006 unknown ${STREAM}.logs: the secret's ARN is not known before the apply`,
      ]);
      expect(unknown(true)).toEqual([]);
    });

    test("find nothing where the key is allowed through all three", () => {
      expect(withSecret(via(S3, SECRETS, FIREHOSE), secret(keyArn))).toEqual([]);
    });

    test("name the statement that lacks Secrets Manager where the key encrypts the secret", () => {
      expect(withSecret(via(S3, FIREHOSE), secret(keyArn))).toEqual([
        `KFF-IAM-006 finding ${STREAM}.logs: UseKmsKey allows kms:Decrypt on ${keyArn} only through s3.eu-west-1.amazonaws.com, firehose.eu-west-1.amazonaws.com, not through secretsmanager.eu-west-1.amazonaws.com`,
      ]);
    });

    test("ask nothing through Secrets Manager where AWS's own key encrypts the secret", () => {
      expect(withSecret(via(S3, FIREHOSE), secret(null))).toEqual([]);
    });

    test.each([
      ["is not in the plan", []],
      ["names its key by an alias", [secret("alias/x")]],
    ] as const)("say that it is undetermined where the secret %s", (_, more) => {
      expect(withSecret(via(S3, FIREHOSE), ...more)).toEqual([
        `KFF-IAM-006 unknown ${STREAM}.logs: UseKmsKey allows kms:Decrypt on ${keyArn} only through s3.eu-west-1.amazonaws.com, firehose.eu-west-1.amazonaws.com, not through secretsmanager.eu-west-1.amazonaws.com, which matters only if the key encrypts the secret`,
      ]);
      expect(withSecret(via(S3, SECRETS, FIREHOSE), ...more)).toEqual([]);
    });
  });
});

describe("the policies on two deployments", () => {
  const EU = { module: "module.eu", backupPrefix: "eu-west-1/", bucket: "shared" };
  const US = { module: "module.us", region: "us-east-1", bucket: "shared" };
  /** The second one delivers with the first one's role and writes to its bucket. */
  const both = (eu: Deployment, us: Deployment): string[] => {
    const own = deployment(us).filter(({ type }) => !type?.startsWith("aws_s3") && type !== "aws_iam_role");
    return outcomesOf([...deployment(eu), ...own]);
  };

  test.each(["eu-west-1/", "team/eu-west-1/"])("find nothing with the prefix %s", (backupPrefix) => {
    expect(found({ backupPrefix })).toEqual([]);
  });

  test("find a prefix that only resembles the documented one", () => {
    expect(found({ signals: ["logs"], backupPrefix: "eu-" })).toEqual([
      `KFF-DEL-004 finding ${STREAM}.logs: http_endpoint_configuration.0.s3_configuration.0.prefix is "eu-kloudfuse-logs-failures/"`,
    ]);
  });

  test("find nothing where they share a bucket under different prefixes", () => {
    expect(both(EU, US)).toEqual([]);
    expect(both(EU, { ...US, backupPrefix: "us-east-1/" })).toEqual([]);
  });

  test("find nothing where they have one prefix in different buckets", () => {
    expect(outcomesOf([...deployment({ module: "module.eu" }), ...deployment({ ...US, bucket: "other" })])).toEqual([]);
  });

  test("find streams that write failed data to one bucket under one prefix", () => {
    expect(both({ ...EU, backupPrefix: "" }, US)).toEqual(
      ["metrics", "logs"].map(
        (signal) =>
          `KFF-DEL-004 finding module.us.aws_kinesis_firehose_delivery_stream.${signal}: it writes failed data to the same bucket and prefix as module.eu.aws_kinesis_firehose_delivery_stream.${signal}`,
      ),
    );
  });

  test("ask the permission to back up of each stream's own prefix", () => {
    const plan = deployment(EU).map((change) =>
      change.address === "module.eu.aws_iam_role_policy.delivery_deliver"
        ? {
            ...change,
            values: {
              ...change.values,
              policy: String(change.values["policy"]).replaceAll("shared/eu-west-1/", "shared/"),
            },
          }
        : change,
    );
    expect(outcomesOf(plan).filter((line) => line.includes("stream.logs"))).toEqual(
      ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"].map(
        (action) =>
          `KFF-IAM-004 finding module.eu.aws_kinesis_firehose_delivery_stream.logs: the role may not ${action} on arn:aws:s3:::shared/eu-west-1/kloudfuse-logs-failures/*`,
      ),
    );
  });
});

describe("the policy on changes of the role", () => {
  const OWN = ["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"];
  const FOREIGN = ["KloudfuseFirehoseDelivery-eu-west-1-kloudfuse-metrics", "Other"];
  const ATTACHED = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const DELETE = ["delete"];

  /** A plan that destroys the role and what the plan has of it. */
  const destroyed = (
    state: { readonly inline?: readonly string[]; readonly attached?: readonly string[] },
    more: readonly PlannedChange[] = [],
    actions = DELETE,
  ): string[] => {
    const plan = deployment().map((change) =>
      String(change.type).startsWith("aws_iam_role_") ? { ...change, actions: DELETE } : change,
    );
    const values = {
      inline_policy: (state.inline ?? OWN).map((name) => ({ name, policy: "{}" })),
      managed_policy_arns: state.attached ?? [],
    };
    return outcomesOf([...changed(plan, ROLE, { actions, values }), ...more]).filter((line) =>
      line.startsWith("KFF-CHG-002"),
    );
  };
  const detached: PlannedChange = {
    address: "aws_iam_role_policy_attachment.read",
    type: "aws_iam_role_policy_attachment",
    values: { role: "KloudfuseFirehoseRole", policy_arn: ATTACHED },
    actions: DELETE,
  };

  test("says only that it is destroyed where the plan destroys all that is on it", () => {
    expect(destroyed({})).toEqual([`KFF-CHG-002 finding ${ROLE}: it is destroyed`]);
    expect(destroyed({ attached: [ATTACHED] }, [detached])).toEqual([`KFF-CHG-002 finding ${ROLE}: it is destroyed`]);
  });

  test("names the inline policies that it takes along", () => {
    expect(destroyed({ inline: [...FOREIGN, ...OWN] })).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policies ${FOREIGN.join(", ")}, not destroyed by this plan`,
    ]);
    expect(destroyed({ inline: ["Other"] })).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policy Other, not destroyed by this plan`,
    ]);
  });

  test("names the attached policies that it takes along", () => {
    expect(destroyed({ inline: ["Other"], attached: [ATTACHED] })).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policy Other and the attached policy ${ATTACHED}, not destroyed by this plan`,
    ]);
  });

  test("does not take the policy of another role for its own", () => {
    const other: PlannedChange = {
      address: "aws_iam_role_policy.other",
      type: "aws_iam_role_policy",
      values: { role: "other", name: "Other", policy: "{}" },
      actions: DELETE,
    };
    expect(destroyed({ inline: ["Other"] }, [other])).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policy Other, not destroyed by this plan`,
    ]);
  });

  test("names them too where the role is replaced", () => {
    expect(destroyed({ inline: ["Other"] }, [], ["delete", "create"])).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is replaced with the inline policy Other, not destroyed by this plan`,
    ]);
  });
});
