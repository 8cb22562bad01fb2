import { INPUT_NAMES } from "../modules/inputs";
import { LOCATION_RULES } from "../modules/location-rules";

const PARTITIONS = "ARNs begin with arn:aws:, arn:aws-cn: in China, arn:aws-us-gov: in GovCloud.";

describe("the rules about where ARNs are", () => {
  test("are these, in the order of the inputs", () => {
    const lines = LOCATION_RULES.map(({ input, text, expected, advice }) => [input, text, expected, advice]);
    const partition = (input: string): readonly string[] => [
      input,
      "be in the partition that the streams are deployed to",
      "partition",
      PARTITIONS,
    ];
    expect(lines).toEqual([
      partition("accessKeySecretArn"),
      [
        "accessKeySecretArn",
        "be in the streams' region",
        "region",
        "Replicate the secret to the streams' region, or create one there.",
      ],
      partition("kmsKeyArn"),
      [
        "kmsKeyArn",
        "be in the streams' region",
        "region",
        "Use a key of the streams' region, such as a replica of a multi-Region key.",
      ],
      partition("roleArn"),
      [
        "roleArn",
        "be in the account that the streams are deployed to",
        "accountId",
        "A role cannot be passed to Firehose across accounts: use a role of this account.",
      ],
      partition("metricStreamRoleArn"),
      [
        "metricStreamRoleArn",
        "be in the account that the streams are deployed to",
        "accountId",
        "A role cannot be passed to CloudWatch across accounts: use a role of this account.",
      ],
      partition("permissionsBoundaryArn"),
      [
        "permissionsBoundaryArn",
        "be in the account that the role is created in",
        "accountId",
        "Use a policy of this account or one that AWS manages.",
      ],
      partition("backupBucketArn"),
      partition("alarmTopicArn"),
      ["alarmTopicArn", "be in the streams' region", "region", "Use a topic of the streams' region."],
      partition("alarmTopicKmsKeyArn"),
      ["alarmTopicKmsKeyArn", "be in the streams' region", "region", "Use a key of the streams' region."],
    ]);
  });

  test("compare the part of an ARN that has what they expect", () => {
    const parts = "arn:partition:service:region:accountId:resource".split(":");
    expect(LOCATION_RULES.filter(({ part, expected }) => parts[part] !== expected)).toEqual([]);
  });

  test("accept no other value, but the policies that AWS manages", () => {
    expect(
      LOCATION_RULES.filter(({ alsoAllowed }) => alsoAllowed.length > 0).map(({ input, expected, alsoAllowed }) => [
        input,
        expected,
        alsoAllowed,
      ]),
    ).toEqual([["permissionsBoundaryArn", "accountId", ["aws"]]]);
  });

  test("ask every input that is an ARN for the partition", () => {
    const inPartition = LOCATION_RULES.filter(({ expected }) => expected === "partition").map(({ input }) => input);
    expect([...inPartition].sort()).toEqual(INPUT_NAMES.filter((name) => name.endsWith("Arn")).sort());
  });
});
