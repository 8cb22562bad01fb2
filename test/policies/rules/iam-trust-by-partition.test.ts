import { deployment, type Deployment, outcomesOf } from "../../helpers/plan";

const ROLE = "module.kloudfuse.aws_iam_role.delivery[0]";
const found = (more: Deployment): string[] =>
  outcomesOf(deployment(more)).filter((line) => line.startsWith("KFF-IAM-"));

describe("the rules about trust, by partition", () => {
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
      `KFF-IAM-001 finding ${ROLE}: Service:${logsPrincipal} can assume the role`,
      `KFF-IAM-001 finding ${ROLE}: ${expected} cannot assume the role on behalf of this account`,
    ]);
  });
});
