import { ACCOUNT, deployment, type Deployment, outcomesOf, type PlannedChange } from "./helpers/plan";

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
