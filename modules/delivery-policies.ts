import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable, Precondition, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { ACTIONS } from "../iam/documented-actions";
import type { IDeliveryRole } from "./delivery-role";
import { concatWhen, countWhen, type Flag, withProvider } from "./expressions";
import type { Location } from "./location";
import { deliveryStreamArn, viaServices } from "./put-records";
import { type OptionalPolicyStatement, policyDocument, type PolicyStatement } from "./policy-document";
import { DELIVERY_POLICY_NAMES } from "./resource-names";

/** The permissions that one delivery stream needs. */
export interface StreamPermissions {
  /** Name of the stream among those of the role. */
  readonly id: string;
  /** Whether the stream is created. */
  readonly when: Flag;
  readonly streamName: string;
  /** Prefix of the stream's failed records in the backup bucket. */
  readonly failurePrefix: string;
  /** Names of the CloudWatch log streams that the stream's errors are written to. */
  readonly errorLogStreamNames: readonly string[];
}

/** What `addDeliveryPolicies` takes. */
export interface DeliveryPoliciesProps {
  readonly role: IDeliveryRole;
  /** Suffix of the policies' names, where the role may also have the policies of other streams. */
  readonly nameSuffix: string;
  readonly location: Location;
  readonly streams: readonly StreamPermissions[];
  readonly backupBucketArn: string;
  readonly errorLogGroupName: string;
  readonly kmsKeyArn: string | undefined;
  readonly accessKeySecretArn: string | undefined;
  /**
   * Preconditions on values that the policies use anyway, so that they add no dependency.
   * @default none
   */
  readonly precondition?: readonly Precondition[];
  readonly provider: TerraformProvider | undefined;
}

/** The permissions of the streams that use a role. */
export interface DeliveryPolicies {
  /** Policy documents by policy name, as JSON. */
  readonly documents: Readonly<Record<string, string>>;
  /** The inline policies; a stream whose role lacks them cannot be created. */
  readonly policies: readonly IamRolePolicy[];
  /** The data source that has the preconditions. */
  readonly checks: ITerraformDependable;
}

/** Grants a role the permissions that streams need, limited to these streams, this bucket and these log streams. */
export function addDeliveryPolicies(scope: Construct, props: DeliveryPoliciesProps): DeliveryPolicies {
  const { role, nameSuffix, provider } = props;
  const documents = {
    put_records: policyDocument(scope, "put_records_document", {
      statements: putRecordsStatements(scope, props),
      provider,
    }),
    deliver: policyDocument(scope, "deliver_document", {
      statements: deliverStatements(scope, props),
      optionalStatements: keyAndSecretStatements(props),
      precondition: props.precondition ?? [],
      provider,
    }),
  };
  const names = DELIVERY_POLICY_NAMES;
  const inlinePolicy = (id: keyof typeof names): IamRolePolicy =>
    new IamRolePolicy(scope, id, {
      name: `${names[id]}${nameSuffix}`,
      role: role.roleName,
      policy: documents[id].json,
      ...(role.attachPolicies === true ? {} : { count: countWhen(role.attachPolicies) }),
      ...withProvider(provider),
    });
  return {
    documents: { [names.put_records]: documents.put_records.json, [names.deliver]: documents.deliver.json },
    checks: documents.deliver.element,
    policies: role.attachPolicies === false ? [] : [inlinePolicy("put_records"), inlinePolicy("deliver")],
  };
}

function putRecordsStatements(scope: Construct, { location, streams }: DeliveryPoliciesProps): PolicyStatement[] {
  return [
    {
      sid: "PutRecords",
      actions: [...ACTIONS.putRecords],
      // Built from names: the streams depend on this policy.
      resources: concatWhen(
        scope,
        streams.map(({ id, when, streamName }) => ({
          name: `${id}_streams`,
          when,
          list: [deliveryStreamArn(location, streamName)],
        })),
      ),
    },
  ];
}

function deliverStatements(scope: Construct, props: DeliveryPoliciesProps): PolicyStatement[] {
  const { backupBucketArn, errorLogGroupName, streams } = props;
  const { accountId, partition, region } = props.location;
  return [
    {
      sid: "FindBackupBucket",
      actions: [...ACTIONS.findBucket],
      resources: [backupBucketArn],
    },
    {
      sid: "BackUpFailedData",
      actions: [...ACTIONS.backUp],
      resources: concatWhen(
        scope,
        streams.map(({ id, when, failurePrefix }) => ({
          name: `${id}_backup_objects`,
          when,
          list: [`${backupBucketArn}/${failurePrefix}*`],
        })),
      ),
    },
    {
      sid: "LogDeliveryErrors",
      actions: [...ACTIONS.logErrors],
      resources: concatWhen(
        scope,
        streams.map(({ id, when, errorLogStreamNames }) => ({
          name: `${id}_error_log_streams`,
          when,
          list: errorLogStreamNames.map(
            (name) => `arn:${partition}:logs:${region}:${accountId}:log-group:${errorLogGroupName}:log-stream:${name}`,
          ),
        })),
      ),
    },
  ];
}

function keyAndSecretStatements(props: DeliveryPoliciesProps): OptionalPolicyStatement[] {
  const { kmsKeyArn, accessKeySecretArn, location } = props;
  return [
    {
      input: kmsKeyArn,
      statement: (arn) => ({
        sid: "UseKmsKey",
        actions: [...ACTIONS.useStreamKey],
        resources: [arn],
        // S3 for the backup, Secrets Manager because the key may also encrypt the secret.
        condition: [viaServices(location, ["firehose", "s3", "secretsmanager"])],
      }),
    },
    {
      input: accessKeySecretArn,
      statement: (arn) => ({ sid: "ReadAccessKey", actions: [...ACTIONS.readSecret], resources: [arn] }),
    },
  ];
}
