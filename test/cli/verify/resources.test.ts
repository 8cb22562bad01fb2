import { UndeterminedError } from "../../../cli/exit-codes";
import { keysInUse, resourcePolicies, type Resources } from "../../../cli/verify/resources";
import { SECRET_ARN } from "../../helpers/account";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";
const unread = (): UndeterminedError => new UndeterminedError("AWS denied it.");

const RESOURCES: Resources = {
  buckets: [
    {
      name: "backup",
      region: "eu-central-1",
      blocks: [],
      isPublic: false,
      encryption: { algorithm: "aws:kms", keyArn: "alias/backup" },
      policy: [],
    },
  ],
  secrets: [{ arn: SECRET_ARN, description: { keyName: "alias/secret" }, policy: [] }],
  keys: [
    { name: "alias/backup", arn: KEY, state: "Enabled", policy: [] },
    { name: "alias/aws/secretsmanager", arn: undefined, state: undefined, policy: "notRead" },
  ],
};

describe("the keys in use", () => {
  test("are those that buckets and secrets name, with the ARNs of those that AWS does not manage", () => {
    expect(keysInUse(RESOURCES)).toEqual({
      ofBuckets: new Map([["backup", "alias/backup"]]),
      ofSecrets: new Map([[SECRET_ARN, "alias/secret"]]),
      arns: new Map([["alias/backup", KEY]]),
    });
  });

  test("are none of a bucket and a secret that AWS does not describe, or that use none", () => {
    const [bucket] = RESOURCES.buckets;
    const bucketsWith = [undefined, unread(), { algorithm: "AES256", keyArn: undefined }].flatMap((encryption) =>
      bucket === undefined ? [] : [{ ...bucket, encryption }],
    );
    const secretsWith = [undefined, unread(), { keyName: undefined }].map((description) => ({
      arn: SECRET_ARN,
      description,
      policy: [],
    }));
    expect(bucketsWith).toHaveLength(3);
    expect(keysInUse({ buckets: bucketsWith, secrets: secretsWith, keys: [] })).toEqual({
      ofBuckets: new Map(),
      ofSecrets: new Map(),
      arns: new Map(),
    });
  });
});

describe("the policies of resources", () => {
  test("are by ARN, each with the region of its resource", () => {
    expect([...resourcePolicies(RESOURCES, "aws-cn")]).toEqual([
      ["arn:aws-cn:s3:::backup", { name: "the bucket's policy", rules: [], region: "eu-central-1" }],
      [SECRET_ARN, { name: "the secret's policy", rules: [], region: "eu-west-1" }],
      [KEY, { name: "the key's policy", rules: [], region: "eu-central-1" }],
    ]);
  });

  test("are only those that could be read", () => {
    const resources: Resources = {
      buckets: RESOURCES.buckets.map((bucket) => ({ ...bucket, policy: unread() })),
      secrets: RESOURCES.secrets.map((secret) => ({ ...secret, policy: undefined })),
      keys: RESOURCES.keys.map((key) => ({ ...key, policy: "notRead" })),
    };
    expect([...resourcePolicies(resources, "aws")]).toEqual([]);
  });
});
