import { readAdoptableBucket } from "../../../cli/adopt/read-bucket";
import { s3Error, s3Stub, type StubResponse } from "../../helpers/aws-stub";

const NOTHING: Readonly<Record<string, StubResponse>> = {
  location: {
    body: '<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
  },
  lifecycle: s3Error(404, "NoSuchLifecycleConfiguration"),
  policy: s3Error(404, "NoSuchBucketPolicy"),
  publicAccessBlock: s3Error(404, "NoSuchPublicAccessBlockConfiguration"),
  ownershipControls: s3Error(404, "OwnershipControlsNotFoundError"),
  versioning: { body: "<VersioningConfiguration/>" },
  encryption: s3Error(404, "ServerSideEncryptionConfigurationNotFoundError"),
  tagging: s3Error(404, "NoSuchTagSet"),
  "list-type": { body: "<ListBucketResult/>" },
};

const readWith = async (overrides: Readonly<Record<string, StubResponse>> = {}) =>
  await readAdoptableBucket(
    {
      abortSignal: new AbortController().signal,
      s3: s3Stub(({ method, query, headers }) => {
        if (method === "HEAD") {
          expect(headers["x-amz-expected-bucket-owner"]).toBe("123456789012");
          return overrides["HEAD"] ?? {};
        }
        const name = Object.keys(NOTHING).find((each) => each in query) ?? "";
        return overrides[name] ?? NOTHING[name] ?? {};
      }),
    },
    "failures",
    "123456789012",
    [],
  );

describe("a bucket", () => {
  test("without settings has none", async () => {
    expect(await readWith()).toEqual({
      name: "failures",
      region: "eu-west-1",
      isOwn: true,
      otherContents: [],
      lifecycleRules: undefined,
      policyStatements: undefined,
      publicAccessBlocks: undefined,
      objectOwnership: undefined,
      versioning: undefined,
      encryption: undefined,
      hasBucketKey: false,
      tags: {},
    });
  });

  test("is read with its settings", async () => {
    const policy = { Statement: [{ Sid: "One", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }] };
    const encryption =
      "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>key</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>";
    expect(
      await readWith({
        location: {
          body: '<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
        },
        lifecycle: {
          body: "<LifecycleConfiguration><Rule><ID>one</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter></Rule></LifecycleConfiguration>",
        },
        policy: { body: JSON.stringify(policy) },
        publicAccessBlock: {
          body: "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>",
        },
        ownershipControls: {
          body: "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
        },
        versioning: { body: "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>" },
        encryption: { body: `<ServerSideEncryptionConfiguration>${encryption}</ServerSideEncryptionConfiguration>` },
        tagging: { body: "<Tagging><TagSet><Tag><Key>team</Key><Value>x</Value></Tag></TagSet></Tagging>" },
        "list-type": { body: "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>" },
      }),
    ).toMatchObject({
      region: "us-east-1",
      otherContents: ["a"],
      lifecycleRules: [{ ID: "one" }],
      policyStatements: [{ sid: "One", effect: "Deny" }],
      publicAccessBlocks: ["IgnorePublicAcls"],
      objectOwnership: "ObjectWriter",
      versioning: "Suspended",
      hasBucketKey: true,
      encryption: { algorithm: "aws:kms", keyArn: "key" },
      tags: { team: "x" },
    });
  });

  test("of another account is not the streams' own", async () => {
    expect(await readWith({ HEAD: { status: 403 } })).toMatchObject({ isOwn: false });
    await expect(readWith({ HEAD: { status: 500 } })).rejects.toThrow("s3:ListBucket failed");
  });

  test("that does not exist is none", async () => {
    expect(await readWith({ location: s3Error(404, "NoSuchBucket") })).toBeUndefined();
  });

  test.each([
    ["location", "s3:GetBucketLocation"],
    ["lifecycle", "s3:GetLifecycleConfiguration"],
    ["policy", "s3:GetBucketPolicy"],
    ["publicAccessBlock", "s3:GetBucketPublicAccessBlock"],
    ["ownershipControls", "s3:GetBucketOwnershipControls"],
    ["versioning", "s3:GetBucketVersioning"],
    ["encryption", "s3:GetEncryptionConfiguration"],
    ["tagging", "s3:GetBucketTagging"],
    ["list-type", "s3:ListBucket"],
  ])("is undetermined where AWS denies the %s", async (name, action) => {
    await expect(readWith({ [name]: s3Error(403, "AccessDenied") })).rejects.toThrow(`AWS denied ${action}.`);
  });
});
