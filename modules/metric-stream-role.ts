import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type Precondition, type TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkLiterals, preconditionsOf, propertiesOf, variablePreconditionsOf } from "./check";
import { type InputNames, INPUTS } from "./inputs";
import type { DeliveryRoleProps } from "./delivery-role";
import { attributeOf, firstText, type Flag, type PrecheckedOptions, withProvider } from "./expressions";
import { ImportedRole } from "./imported-role";
import { Location } from "./location";
import { policyDocument } from "./policy-document";
import { metricStreamTrustStatements } from "./policy-statements";
import { metricStreamRoleName, ROLE_DESCRIPTIONS } from "./resource-names";

/** A role that a CloudWatch metric stream puts records with. */
export interface IMetricStreamRole extends IConstruct {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Name of the role, without its path. */
  readonly roleName: string;
  /** Whether the permission to put records is added to the role as an inline policy. */
  readonly attachPolicies: Flag;
  /** Preconditions of the role; the metric stream that uses the role checks them. */
  readonly preconditions: readonly Precondition[];
}

/** Properties of `MetricStreamRole`: path, permissions boundary, tags and provider as for `DeliveryRole`. */
export interface MetricStreamRoleProps extends Omit<DeliveryRoleProps, "roleName"> {
  /**
   * Name of the role: 1 to 64 characters of `a-zA-Z0-9_+=,.@-`, unique in the account.
   * @default "KloudfuseMetricStreamRole-<region>": roles are global, metric streams are not
   */
  readonly roleName?: string | undefined;
}

/** The input of each property. */
export const METRIC_STREAM_ROLE_PROPERTIES = {
  roleName: "metricStreamRoleName",
  rolePath: "rolePath",
  permissionsBoundaryArn: "permissionsBoundaryArn",
  tags: "tags",
} as const satisfies InputNames<MetricStreamRoleProps>;

/** Options of `MetricStreamRole.fromRoleArn`. */
export interface ImportedMetricStreamRoleOptions {
  /**
   * Whether the permission to put records is added to the role as an inline policy. False: the
   * owner of the role grants it `firehose:PutRecord` and `firehose:PutRecordBatch` on the stream.
   * @default true
   */
  readonly attachPolicies?: boolean | undefined;
  /**
   * Provider of the account that the metric stream is deployed to.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** What the construct that contains the role passes to it. */
export interface MetricStreamRoleContext extends PrecheckedOptions {
  /**
   * Code of the region for the default name.
   * @default the provider's region, which Terraform does not know while a dependency of the module changes
   */
  readonly region?: string;
}

/**
 * The role of a metric stream: `streams.metrics.cloudwatch.amazonaws.com` may assume it on behalf of
 * this account only. The metric stream that uses it adds the permission to put records.
 *
 * Source: CloudWatch User Guide, "Trust between CloudWatch and Firehose".
 *
 * @example
 * const role = new MetricStreamRole(this, "role", { rolePath: "/observability/" });
 * new KloudfuseFirehose(this, "kloudfuse", { kloudfuseIngesterHost: "kfuse.example.com", metricStream: { role } });
 */
export class MetricStreamRole extends Construct implements IMetricStreamRole {
  /**
   * An existing role, in the account that the metric stream is deployed to.
   *
   * @param roleArn ARN of the role; a role of another account cannot be passed to CloudWatch
   * @throws Error when a literal is not the ARN of a role
   * @example
   * MetricStreamRole.fromRoleArn(this, "role", "arn:aws:iam::123456789012:role/metric-streams");
   */
  public static fromRoleArn(
    scope: Construct,
    id: string,
    roleArn: string,
    options: ImportedMetricStreamRoleOptions = {},
  ): IMetricStreamRole {
    return new ImportedRole(scope, id, "metricStreamRoleArn", roleArn, options);
  }

  /** The underlying role, for settings that this construct does not expose. */
  public readonly resource: IamRole;
  /** ARN of the role. */
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly attachPolicies = true;
  public readonly preconditions: readonly Precondition[] = [];

  /**
   * @param context @internal
   * @throws Error naming each literal that breaks a limit of IAM, the rule, the value and what to do
   */
  public constructor(
    scope: Construct,
    id: string,
    props: MetricStreamRoleProps = {},
    context?: MetricStreamRoleContext,
  ) {
    const { roleName, rolePath, permissionsBoundaryArn, tags, provider } = props;
    const properties = propertiesOf(
      { metricStreamRoleName: roleName, rolePath, permissionsBoundaryArn, tags },
      METRIC_STREAM_ROLE_PROPERTIES,
    );
    if (context === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    const location = Location.of(this, provider);
    const { region = location.region, count } = context ?? {};
    const precondition =
      context === undefined
        ? preconditionsOf(this, properties, location)
        : variablePreconditionsOf(properties, location);
    this.resource = new IamRole(this, "Resource", {
      ...(count === undefined ? {} : { count }),
      name: firstText(roleName, metricStreamRoleName(region)),
      path: rolePath ?? INPUTS.rolePath.default,
      description: ROLE_DESCRIPTIONS.metricStream,
      assumeRolePolicy: policyDocument(this, "trust", {
        statements: metricStreamTrustStatements(location),
        count,
        provider,
      }).json,
      tags: tags ?? INPUTS.tags.default,
      ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
    this.roleArn = attributeOf(this.resource, "arn");
    this.roleName = attributeOf(this.resource, "name");
  }
}
