import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type Precondition, type TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkLiterals, preconditionsOf, propertiesOf, variablePreconditionsOf } from "./check";
import { type InputName, INPUTS } from "./inputs";
import { attributeOf, type Flag, type PrecheckedOptions, withProvider } from "./expressions";
import { ImportedRole } from "./imported-role";
import { Location } from "./location";
import { pick } from "./pick";
import { policyDocument } from "./policy-document";
import { deliveryTrustStatements } from "./policy-statements";
import { ROLE_DESCRIPTIONS } from "./resource-names";

/** The role that Firehose assumes to deliver, and CloudWatch Logs to put records. */
export interface IDeliveryRole extends IConstruct {
  /** ARN of the role, for other resources: every plan knows it once the role exists. */
  readonly roleArn: string;
  /** The same ARN built from the role's name: the first plan knows it too, and shows complete streams. */
  readonly plannedRoleArn: string;
  /** Name of the role, without its path. */
  readonly roleName: string;
  /** Whether the streams' permissions are added to the role as inline policies. */
  readonly attachPolicies: Flag;
  /** Preconditions of the role; the streams that use the role check them. */
  readonly preconditions: readonly Precondition[];
}

/** Properties of `DeliveryRole`. */
export interface DeliveryRoleProps {
  /**
   * Name of the role: 1 to 64 characters of `a-zA-Z0-9_+=,.@-`, unique in the account.
   * @default "KloudfuseFirehoseRole"
   */
  readonly roleName?: string | undefined;
  /**
   * IAM path of the role: begins and ends with `/`, at most 512 characters.
   * @default "/"
   */
  readonly rolePath?: string | undefined;
  /**
   * ARN, at most 2048 characters, of the managed policy that is the permissions boundary of the role.
   * @default none: the role's own policies are its permissions
   */
  readonly permissionsBoundaryArn?: string | undefined;
  /**
   * Tags of the role: at most 50, names of at most 128 characters without the prefix `aws:`, values
   * of at most 256.
   * @default {}: the role has the provider's default tags only
   */
  readonly tags?: Record<string, string> | undefined;
  /**
   * Provider of the account to create the role in.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** The properties that have an input. */
export const DELIVERY_ROLE_PROPERTIES = [
  "roleName",
  "rolePath",
  "permissionsBoundaryArn",
  "tags",
] as const satisfies readonly (keyof DeliveryRoleProps & InputName)[];

/** Options of `DeliveryRole.fromRoleArn`. */
export interface ImportedDeliveryRoleOptions {
  /**
   * Whether the streams' permissions are added to the role as inline policies. False: the owner of
   * the role attaches the documents in `KloudfuseFirehose.rolePolicies`.
   * @default true
   */
  readonly attachPolicies?: boolean | undefined;
  /**
   * Provider of the account that the streams are deployed to.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/**
 * The role that the delivery streams deliver with. `firehose.amazonaws.com` and CloudWatch Logs may
 * assume it, each on behalf of this account only. It has no permissions of its own: the streams that
 * use it add theirs.
 *
 * @example
 * const role = new DeliveryRole(this, "role", { rolePath: "/observability/" });
 * new KloudfuseFirehose(this, "kloudfuse", { kloudfuseIngesterHost: "kfuse.example.com", role });
 */
export class DeliveryRole extends Construct implements IDeliveryRole {
  /**
   * An existing role, in the account that the streams are deployed to.
   *
   * @param roleArn ARN of the role; a role of another account cannot be passed to Firehose
   * @throws Error when a literal is not the ARN of a role
   * @example
   * DeliveryRole.fromRoleArn(this, "role", "arn:aws:iam::123456789012:role/telemetry");
   */
  public static fromRoleArn(
    scope: Construct,
    id: string,
    roleArn: string,
    options: ImportedDeliveryRoleOptions = {},
  ): IDeliveryRole {
    return new ImportedRole(scope, id, "roleArn", roleArn, options);
  }

  /** The underlying role, for settings that this construct does not expose. */
  public readonly resource: IamRole;
  public readonly roleArn: string;
  public readonly plannedRoleArn: string;
  public readonly roleName: string;
  public readonly attachPolicies = true;
  public readonly preconditions: readonly Precondition[] = [];

  /**
   * @param prechecked @internal
   * @throws Error naming each literal that breaks a limit of IAM, the rule, the value and what to do
   */
  public constructor(scope: Construct, id: string, props: DeliveryRoleProps = {}, prechecked?: PrecheckedOptions) {
    const { roleName, rolePath, permissionsBoundaryArn, tags, provider } = props;
    const properties = propertiesOf(pick(props, DELIVERY_ROLE_PROPERTIES));
    if (prechecked === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    const location = Location.of(this, provider);
    const precondition =
      prechecked === undefined
        ? preconditionsOf(this, properties, location)
        : variablePreconditionsOf(properties, location);
    this.resource = new IamRole(this, "Resource", {
      ...prechecked,
      name: roleName ?? INPUTS.roleName.default,
      path: rolePath ?? INPUTS.rolePath.default,
      description: ROLE_DESCRIPTIONS.delivery,
      assumeRolePolicy: policyDocument(this, "trust", {
        statements: deliveryTrustStatements(location),
        count: prechecked?.count,
        provider,
      }).json,
      tags: tags ?? INPUTS.tags.default,
      ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
    const { accountId, partition } = location;
    this.roleArn = attributeOf(this.resource, "arn");
    this.roleName = attributeOf(this.resource, "name");
    this.plannedRoleArn = `arn:${partition}:iam::${accountId}:role${attributeOf(this.resource, "path")}${this.roleName}`;
  }
}
