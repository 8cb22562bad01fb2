import { Fn, type Precondition, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkLiterals, preconditionsOf, propertiesOf } from "./check";
import { Location } from "./location";

/** Options of an existing role. */
export interface ImportedRoleOptions {
  readonly attachPolicies?: boolean | undefined;
  readonly provider?: TerraformProvider | undefined;
}

/** An existing role, in the account of the deployment. */
export class ImportedRole extends Construct {
  public readonly roleArn: string;
  public readonly plannedRoleArn: string;
  public readonly roleName: string;
  public readonly attachPolicies: boolean;
  public readonly preconditions: readonly Precondition[];

  /** @param input the input whose rules the ARN must follow */
  public constructor(
    scope: Construct,
    id: string,
    input: "roleArn" | "metricStreamRoleArn",
    roleArn: string,
    options: ImportedRoleOptions,
  ) {
    const properties = propertiesOf({ [input]: roleArn }, { roleArn: input });
    checkLiterals(properties);
    super(scope, id);
    this.roleArn = roleArn;
    this.plannedRoleArn = roleArn;
    this.roleName = Fn.basename(roleArn);
    this.attachPolicies = options.attachPolicies ?? true;
    this.preconditions = preconditionsOf(this, properties, Location.of(this, options.provider));
  }
}
