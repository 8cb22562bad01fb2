import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, type ITerraformDependable, ref } from "cdktf";
import { Construct } from "constructs";
import { checkProperty } from "./check";
import { choose, countWhen, type Flag } from "./expressions";
import { LIMITS } from "./limits";
import type { Location } from "./location";
import {
  countedPolicyDocument,
  type OptionalPolicyStatement,
  type PolicyStatement,
  policyDocument,
} from "./policy-document";

/** What `DeliveryRole` takes. */
export interface DeliveryRoleProps {
  readonly location: Location;
  /** Whether to create the role; false: permissions are added to `roleArn`. */
  readonly create: Flag;
  /**
   * ARN of the role that exists, when `create` is false.
   * @default none
   */
  readonly roleArn?: string | undefined;
  /** End of the names of the policies on a role that exists, which may have those of other regions and streams. */
  readonly existingRolePolicySuffix: string;
  /** Name of the role to create: 1 to 64 of `a-zA-Z0-9_+=,.@-`. */
  readonly roleName: string;
  /** IAM path of the role to create, beginning and ending with `/`. */
  readonly rolePath: string;
  /**
   * ARN of the policy that bounds the permissions of the role to create.
   * @default none
   */
  readonly permissionsBoundaryArn?: string | undefined;
  /** Names of the delivery streams that may be written to. */
  readonly streamNames: readonly string[];
  /** ARN of the backup bucket. */
  readonly backupBucketArn: string;
  /** Prefixes in the backup bucket that may be written to. */
  readonly failurePrefixes: readonly string[];
  /** ARNs of the CloudWatch log streams that delivery errors are written to. */
  readonly errorLogStreamArns: readonly string[];
  /**
   * ARN of the KMS key that the backup is encrypted with.
   * @default none
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * ARN of the secret that holds the access key.
   * @default none
   */
  readonly accessKeySecretArn?: string | undefined;
  /** Tags of the role. */
  readonly tags: Record<string, string>;
}

/**
 * The role that both delivery streams deliver with and that CloudWatch Logs writes to them with,
 * and the permissions it needs, scoped to these streams, this bucket and these log streams.
 */
export class DeliveryRole extends Construct {
  /** ARN of the role, for others: once known, it stays known in every plan. */
  public readonly roleArn: string;
  /** The same, built from the role's name: known in the first plan already, which shows the streams whole. */
  public readonly plannedRoleArn: string;
  public readonly roleName: string;
  /** What a delivery stream must wait for: without these permissions its first apply fails. */
  public readonly permissions: readonly ITerraformDependable[];

  /** @throws Error when a literal breaks a limit of IAM */
  public constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    checkProperty("roleArn", props.roleArn, LIMITS.roleArn);
    checkProperty("roleName", props.roleName, LIMITS.roleName);
    checkProperty("rolePath", props.rolePath, LIMITS.rolePath);
    checkProperty("permissionsBoundaryArn", props.permissionsBoundaryArn, LIMITS.permissionsBoundaryArn);

    const count = countWhen(props.create);
    const role = new IamRole(this, "Resource", {
      count,
      name: props.roleName,
      path: props.rolePath,
      description: "Delivers CloudWatch metrics and logs to Kloudfuse through Firehose",
      assumeRolePolicy: countedPolicyDocument(this, "trust", count, trust(props.location)),
      tags: props.tags,
      ...(props.permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: props.permissionsBoundaryArn }),
    });
    const { accountId, partition } = props.location;
    const attribute = (name: string): string => ref(`${role.fqn}[0].${name}`).toString();
    const existingArn = props.roleArn ?? "";
    const plannedArn = `arn:${partition}:iam::${accountId}:role${attribute("path")}${attribute("name")}`;
    this.roleArn = choose(props.create, attribute("arn"), existingArn);
    this.plannedRoleArn = choose(props.create, plannedArn, existingArn);
    this.roleName = choose(props.create, attribute("name"), Fn.basename(existingArn));

    this.permissions = [
      this.inlinePolicy("put_records", "KloudfuseFirehosePermissions", props, putRecords(props)),
      this.inlinePolicy("deliver", "KloudfuseFirehoseDelivery", props, deliver(props), useKeyAndSecret(props)),
    ];
  }

  private inlinePolicy(
    id: string,
    name: string,
    { create, existingRolePolicySuffix }: DeliveryRoleProps,
    statements: readonly PolicyStatement[],
    optionalStatements: readonly OptionalPolicyStatement[] = [],
  ): IamRolePolicy {
    return new IamRolePolicy(this, id, {
      name: choose(create, name, `${name}-${existingRolePolicySuffix}`),
      role: this.roleName,
      policy: policyDocument(this, `${id}_document`, statements, optionalStatements),
    });
  }
}

function trust({ accountId, partition }: Location): PolicyStatement[] {
  return [
    {
      sid: "Firehose",
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["firehose.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "sts:ExternalId", values: [accountId] }],
    },
    {
      sid: "CloudWatchLogs",
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["logs.amazonaws.com"] }],
      condition: [
        { test: "StringLike", variable: "aws:SourceArn", values: [`arn:${partition}:logs:*:${accountId}:*`] },
      ],
    },
  ];
}

function putRecords({ location: { accountId, partition, region }, streamNames }: DeliveryRoleProps): PolicyStatement[] {
  return [
    {
      sid: "PutRecords",
      actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
      // Built from names: the streams depend on this policy.
      resources: streamNames.map((name) => `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${name}`),
    },
  ];
}

function deliver({ backupBucketArn, failurePrefixes, errorLogStreamArns }: DeliveryRoleProps): PolicyStatement[] {
  return [
    {
      sid: "FindBackupBucket",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [backupBucketArn],
    },
    {
      sid: "BackUpFailedData",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: failurePrefixes.map((prefix) => `${backupBucketArn}/${prefix}*`),
    },
    { sid: "LogDeliveryErrors", actions: ["logs:PutLogEvents"], resources: [...errorLogStreamArns] },
  ];
}

function useKeyAndSecret({ kmsKeyArn, accessKeySecretArn, location }: DeliveryRoleProps): OptionalPolicyStatement[] {
  // The secret may be encrypted with the same key.
  const services = ["s3", "secretsmanager"].map((name) => `${name}.${location.region}.${location.dnsSuffix}`);
  return [
    {
      input: kmsKeyArn,
      statement: (arn) => ({
        sid: "UseKmsKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [arn],
        condition: [{ test: "StringEquals", variable: "kms:ViaService", values: services }],
      }),
    },
    {
      input: accessKeySecretArn,
      statement: (arn) => ({ sid: "ReadAccessKey", actions: ["secretsmanager:GetSecretValue"], resources: [arn] }),
    },
  ];
}
