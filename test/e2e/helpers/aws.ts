import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type LogGroup,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  type DeliveryStreamDescription,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  type HttpEndpointDestinationDescription,
  type HttpEndpointDestinationUpdate,
  ListDeliveryStreamsCommand,
  UpdateDestinationCommand,
} from "@aws-sdk/client-firehose";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Emulator, REGION } from "./emulator";

/** A delivery stream as AWS has it. */
export interface Stream {
  readonly description: DeliveryStreamDescription;
  readonly http: HttpEndpointDestinationDescription;
}

/** A role as AWS has it: the documents are parsed. */
export interface RoleDetails {
  readonly arn: string;
  readonly trust: unknown;
  readonly inlinePolicies: Readonly<Record<string, unknown>>;
  readonly attachedPolicies: readonly string[];
}

/** Reads back what AWS ended up with, and changes it behind Terraform's back. */
export class Aws {
  private readonly firehose: FirehoseClient;
  private readonly iam: IAMClient;
  private readonly s3: S3Client;
  private readonly logs: CloudWatchLogsClient;
  private readonly sts: STSClient;

  public constructor({ endpoint, credentials }: Emulator, region = REGION) {
    const settings = { endpoint, region, credentials };
    this.firehose = new FirehoseClient(settings);
    this.iam = new IAMClient(settings);
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
    this.logs = new CloudWatchLogsClient(settings);
    this.sts = new STSClient(settings);
  }

  public async accountId(): Promise<string> {
    return given((await this.sts.send(new GetCallerIdentityCommand())).Account, "account");
  }

  /** The credentials of a role, which may be another account's. */
  public async assume(roleArn: string): Promise<Emulator["credentials"]> {
    const { Credentials } = await this.sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "test" }));
    return {
      accessKeyId: given(Credentials?.AccessKeyId, "access key id"),
      secretAccessKey: given(Credentials?.SecretAccessKey, "secret access key"),
    };
  }

  /** The names of everything that a deployment creates, whatever created it. */
  public async everything(): Promise<Readonly<Record<string, string[]>>> {
    const [streams, roles, buckets, logGroups] = await Promise.all([
      this.firehose.send(new ListDeliveryStreamsCommand()),
      this.iam.send(new ListRolesCommand()),
      this.s3.send(new ListBucketsCommand()),
      this.logs.send(new DescribeLogGroupsCommand()),
    ]);
    return {
      streams: given(streams.DeliveryStreamNames, "list of streams").sort(),
      roles: names(roles.Roles, ({ RoleName }) => RoleName),
      buckets: names(buckets.Buckets, ({ Name }) => Name),
      logGroups: names(logGroups.logGroups, ({ logGroupName }) => logGroupName),
    };
  }

  public async stream(name: string): Promise<Stream> {
    const answer = await this.firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
    const description = given(answer.DeliveryStreamDescription, name);
    const [destination, ...others] = given(description.Destinations, `destinations of ${name}`);
    if (others.length > 0) {
      throw new Error(`${name} has more than one destination.`);
    }
    return { description, http: given(destination?.HttpEndpointDestinationDescription, `HTTP endpoint of ${name}`) };
  }

  public async updateStream(name: string, update: HttpEndpointDestinationUpdate): Promise<void> {
    const { description } = await this.stream(name);
    await this.firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName: name,
        CurrentDeliveryStreamVersionId: description.VersionId,
        DestinationId: description.Destinations?.[0]?.DestinationId,
        HttpEndpointDestinationUpdate: update,
      }),
    );
  }

  public async role(name: string): Promise<RoleDetails> {
    const role = { RoleName: name };
    const [{ Role }, inline, attached] = await Promise.all([
      this.iam.send(new GetRoleCommand(role)),
      this.iam.send(new ListRolePoliciesCommand(role)),
      this.iam.send(new ListAttachedRolePoliciesCommand(role)),
    ]);
    const inlinePolicies = await Promise.all(
      given(inline.PolicyNames, `inline policies of ${name}`).map(async (policy): Promise<[string, unknown]> => {
        const { PolicyDocument } = await this.iam.send(new GetRolePolicyCommand({ ...role, PolicyName: policy }));
        return [policy, documentOf(PolicyDocument)];
      }),
    );
    return {
      arn: given(Role?.Arn, `ARN of ${name}`),
      trust: documentOf(Role?.AssumeRolePolicyDocument),
      inlinePolicies: Object.fromEntries(inlinePolicies),
      attachedPolicies: names(attached.AttachedPolicies, ({ PolicyName }) => PolicyName),
    };
  }

  /** Adds an inline policy to a role, as another region's deployment does. */
  public async putRolePolicy(role: string, policy: string): Promise<void> {
    const statement = { Effect: "Allow", Action: "firehose:PutRecord", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await this.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: policy, PolicyDocument }));
  }

  public async bucketPublicAccess(bucket: string): Promise<unknown> {
    return (await this.s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket }))).PublicAccessBlockConfiguration;
  }

  public async bucketOwnership(bucket: string): Promise<unknown> {
    return (await this.s3.send(new GetBucketOwnershipControlsCommand({ Bucket: bucket }))).OwnershipControls?.Rules;
  }

  public async bucketEncryption(bucket: string): Promise<unknown> {
    const answer = await this.s3.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
    return answer.ServerSideEncryptionConfiguration?.Rules;
  }

  public async bucketVersioning(bucket: string): Promise<unknown> {
    return (await this.s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status;
  }

  public async bucketPolicy(bucket: string): Promise<unknown> {
    return documentOf((await this.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy);
  }

  public async bucketLifecycle(bucket: string): Promise<unknown> {
    return (await this.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules;
  }

  public async deletePublicAccessBlock(bucket: string): Promise<void> {
    await this.s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
  }

  /** Puts an object that failed to be delivered into the bucket, as Firehose does, over TLS. */
  public async putFailedData(bucket: string, key: string): Promise<void> {
    // The emulator speaks no TLS, and would refuse the upload as the policy says.
    await this.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "failed data" }));
  }

  /** The keys of the objects in the bucket. */
  public async objects(bucket: string): Promise<string[]> {
    return names((await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents, ({ Key }) => Key);
  }

  public async logGroup(name: string): Promise<LogGroup> {
    const { logGroups } = await this.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return given(
      logGroups?.find(({ logGroupName }) => logGroupName === name),
      name,
    );
  }

  public async logStreams(logGroupName: string): Promise<string[]> {
    const { logStreams } = await this.logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    return names(logStreams, ({ logStreamName }) => logStreamName);
  }
}

function names<T>(things: readonly T[] | undefined, nameOf: (thing: T) => string | undefined): string[] {
  return (things ?? []).map((thing) => given(nameOf(thing), "name")).sort();
}

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`AWS answered without the ${what}.`);
  }
  return value;
}

/** A policy document; IAM answers with URL encoding. */
function documentOf(text: string | undefined): unknown {
  const document = given(text, "policy document");
  return JSON.parse(document.startsWith("%") ? decodeURIComponent(document) : document);
}
