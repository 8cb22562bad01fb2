import { AccessDeniedError } from "../../../cli/aws/call";
import type { Bucket } from "../../../cli/verify/bucket";
import { readBucket, regionOfLocation } from "../../../cli/verify/read-bucket";
import { s3Error, s3Stub, type StubResponse } from "../../helpers/aws-stub";

describe("the region of a bucket", () => {
  test.each([
    [undefined, "us-east-1"],
    ["", "us-east-1"],
    ["EU", "eu-west-1"],
    ["eu-central-1", "eu-central-1"],
  ])("with the location %j is %s", (location, region) => {
    expect(regionOfLocation(location)).toBe(region);
  });
});

describe("the reading of a bucket", () => {
  const STATEMENT = { Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
  const ANSWERS: Readonly<Record<string, StubResponse>> = {
    location: {
      body: '<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
    },
    publicAccessBlock: {
      body: "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>",
    },
    policyStatus: { body: "<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>" },
    encryption: {
      body: "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/backup</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
    },
    policy: { body: JSON.stringify({ Statement: [STATEMENT] }) },
  };

  /** Reads a bucket with these answers, by sub-resource. */
  const read = (answers: Readonly<Record<string, StubResponse>> = {}): Promise<Bucket> => {
    const all = { ...ANSWERS, ...answers };
    const s3 = s3Stub(({ query }) => {
      const [, answer] = Object.entries(all).find(([name]) => name in query) ?? [];
      return answer ?? s3Error(501, "NotImplemented");
    });
    return readBucket({ s3 }, "backup");
  };

  test("has region, blocks, encryption and the statements of the policy", async () => {
    expect(await read()).toMatchObject({
      name: "backup",
      region: "eu-west-1",
      blocks: ["BlockPublicAcls"],
      isPublic: false,
      encryption: { algorithm: "aws:kms", keyArn: "alias/backup" },
      policy: [{ effect: "Deny", policy: "the bucket's policy", statement: "statement Tls" }],
    });
  });

  test("has no statement where there is no policy", async () => {
    expect((await read({ policy: s3Error(404, "NoSuchBucketPolicy") })).policy).toEqual([]);
  });

  test("has the rest where S3 denies the policy, and names the permission", async () => {
    const bucket = await read({ policy: s3Error(403, "AccessDenied") });
    expect(bucket.policy).toEqual(
      new AccessDeniedError("AWS denied s3:GetBucketPolicy. Grant it to the user or role that runs this command."),
    );
    expect(bucket).toMatchObject({ region: "eu-west-1", isPublic: false });
  });
});
