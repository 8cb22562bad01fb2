import { deployment, type Deployment, outcomesOf, type PlannedChange } from "./helpers/plan";

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

  test("names the inline policies that are destroyed with it", () => {
    expect(destroyed({ inline: [...FOREIGN, ...OWN] })).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policies ${FOREIGN.join(", ")}, not destroyed by this plan`,
    ]);
    expect(destroyed({ inline: ["Other"] })).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policy Other, not destroyed by this plan`,
    ]);
  });

  test("names the attached policies that are detached with it", () => {
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
