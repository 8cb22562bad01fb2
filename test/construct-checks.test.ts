import {
  BackupBucket,
  type BackupBucketProps,
  DeliveryRole,
  type DeliveryRoleProps,
  HttpDeliveryStream,
  type HttpDeliveryStreamProps,
  Location,
} from "../modules";
import { inStack } from "./helpers/synth";

const LONG_URL = "https://example.com/";

function stream(props: Partial<HttpDeliveryStreamProps>): void {
  inStack((stack) => {
    new HttpDeliveryStream(stack, "stream", {
      streamName: "s",
      endpointUrl: "https://example.com/path",
      roleArn: "arn:aws:iam::123456789012:role/r",
      bufferingSizeMb: 1,
      bufferingIntervalSeconds: 15,
      retryDurationSeconds: 0,
      commonAttributes: {},
      backupBucketArn: "arn:aws:s3:::bucket",
      failurePrefix: "failures/",
      errorLogGroupName: "/errors",
      tags: {},
      dependsOn: [],
      ...props,
    });
  });
}

function role(props: Partial<DeliveryRoleProps>): void {
  inStack((stack) => {
    new DeliveryRole(stack, "role", {
      location: new Location(stack, "location"),
      create: true,
      existingRolePolicySuffix: "suffix",
      roleName: "r",
      rolePath: "/",
      streamNames: ["s"],
      backupBucketArn: "arn:aws:s3:::bucket",
      failurePrefixes: ["failures/"],
      errorLogStreamArns: ["arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:s"],
      tags: {},
      ...props,
    });
  });
}

function bucket(props: Partial<BackupBucketProps>): void {
  inStack((stack) => {
    new BackupBucket(stack, "bucket", {
      location: new Location(stack, "location"),
      create: true,
      retentionDays: 1,
      forceDestroy: false,
      tags: {},
      ...props,
    });
  });
}

describe("a delivery stream of its own", () => {
  test.each<[Partial<HttpDeliveryStreamProps>, string]>([
    [{ streamName: "my stream" }, 'streamName must be 1 to 64 of the characters a-z A-Z 0-9 _ . -, got "my stream".'],
    [
      { endpointUrl: "http://example.com/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "http://example.com/".',
    ],
    [
      { endpointUrl: "https://example.com:443/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://example.com:443/".',
    ],
    [
      { endpointUrl: "https://<host>/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://<host>/".',
    ],
    [
      { endpointUrl: "https://example.com/two words" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://example.com/two words".',
    ],
    [
      { endpointUrl: LONG_URL.padEnd(1001, "a") },
      "endpointUrl must have at most 1000 characters, got 1001 characters.",
    ],
    [{ endpointName: "" }, 'endpointName must not be blank, got "".'],
    [{ endpointName: " " }, 'endpointName must not be blank, got " ".'],
    [{ endpointName: "n".repeat(257) }, "endpointName must have at most 256 characters, got 257 characters."],
    [
      { roleArn: "arn:aws:iam::123456789012:user/alice" },
      'roleArn must be the ARN of an IAM role, got "arn:aws:iam::123456789012:user/alice".',
    ],
    [{ bufferingSizeMb: 65 }, "bufferingSizeMb must be a whole number from 1 to 64, got 65."],
    [{ bufferingIntervalSeconds: 14 }, "bufferingIntervalSeconds must be a whole number from 15 to 900, got 14."],
    [{ retryDurationSeconds: 7201 }, "retryDurationSeconds must be a whole number from 0 to 7200, got 7201."],
    [
      { accessKey: "s3cr3t" },
      "accessKey must be a token, got a literal that is not shown: it would stand in the synthesized JSON. " +
        "Use a sensitive TerraformVariable, or a Secrets Manager secret.",
    ],
    [
      { accessKeySecretArn: "kloudfuse" },
      'accessKeySecretArn must be the ARN of a Secrets Manager secret, got "kloudfuse".',
    ],
    [{ commonAttributes: { "": "v" } }, 'commonAttributes must in every name not be blank, got "".'],
    [
      { backupBucketArn: "bucket" },
      'backupBucketArn must be the ARN of an S3 bucket, without an object\'s key, got "bucket".',
    ],
    [{ kmsKeyArn: "alias/k" }, 'kmsKeyArn must be the ARN of a KMS key, not of an alias, got "alias/k".'],
  ])("refuses %.70j", (props, message) => {
    expect(() => {
      stream(props);
    }).toThrow(new Error(message));
  });

  test.each<Partial<HttpDeliveryStreamProps>>([
    { endpointUrl: "https://example.com" },
    { endpointUrl: "https://203.0.113.7/" },
    { endpointUrl: LONG_URL.padEnd(1000, "a") },
    { endpointName: "n" },
    { endpointName: "n".repeat(256) },
  ])("takes %.70j", (props) => {
    expect(() => {
      stream(props);
    }).not.toThrow();
  });
});

describe("a delivery role of its own", () => {
  test.each<[Partial<DeliveryRoleProps>, string]>([
    [
      { create: false, roleArn: "arn:aws:iam::123456789012:user/alice" },
      'roleArn must be the ARN of an IAM role, got "arn:aws:iam::123456789012:user/alice".',
    ],
    [{ roleName: "" }, 'roleName must be 1 to 64 of the characters a-z A-Z 0-9 _ + = , . @ -, got "".'],
    [{ rolePath: "/a" }, 'rolePath must begin and end with / and have no space or character beyond ASCII, got "/a".'],
    [{ permissionsBoundaryArn: "b" }, 'permissionsBoundaryArn must be the ARN of an IAM policy, got "b".'],
  ])("refuses %j", (props, message) => {
    expect(() => {
      role(props);
    }).toThrow(new Error(message));
  });
});

describe("a backup bucket of its own", () => {
  test.each<[Partial<BackupBucketProps>, string]>([
    [
      { create: false, bucketArn: "arn:aws:s3:::bucket/object" },
      'bucketArn must be the ARN of an S3 bucket, without an object\'s key, got "arn:aws:s3:::bucket/object".',
    ],
    [
      { bucketName: "my.bucket" },
      'bucketName must be 3 to 63 of the characters a-z 0-9 - and begin and end with a letter or digit, got "my.bucket".',
    ],
    [{ retentionDays: 0 }, "retentionDays must be a whole number from 1 to 2147483647, got 0."],
    [{ kmsKeyArn: "alias/k" }, 'kmsKeyArn must be the ARN of a KMS key, not of an alias, got "alias/k".'],
  ])("refuses %j", (props, message) => {
    expect(() => {
      bucket(props);
    }).toThrow(new Error(message));
  });
});
