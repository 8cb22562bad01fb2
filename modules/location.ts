import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { DataAwsServicePrincipal } from "@cdktf/provider-aws/lib/data-aws-service-principal";
import { type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { expressionOf, withProvider } from "./expressions";
import type { LocationReferences } from "./location-rules";

/** Id of the construct in its stack; unlikely to be the id of a user's construct. */
export const LOCATION_ID = "KloudfuseFirehoseLocation";

/** The account, partition and region that a provider works in, for names and ARNs. */
export class Location extends Construct {
  /** The location of a provider, looked up once in a stack. */
  public static of(scope: Construct, provider: TerraformProvider | undefined): Location {
    const stack = TerraformStack.of(scope);
    const id = provider === undefined ? LOCATION_ID : `${LOCATION_ID}-${provider.fqn}`;
    const existing = stack.node.tryFindChild(id);
    return existing instanceof Location ? existing : new Location(stack, id, provider);
  }

  /** Twelve-digit id of the account. */
  public readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  public readonly partition: string;
  /** Domain of the partition's service endpoints, such as `amazonaws.com`. */
  public readonly dnsSuffix: string;
  /** Code of the region, such as `eu-west-1`. */
  public readonly region: string;
  /** Principal of CloudWatch Logs, whose domain differs in China and in the isolated partitions. */
  public readonly logsServicePrincipal: string;
  /** The same as Terraform expressions. */
  public readonly references: LocationReferences;

  private constructor(scope: Construct, id: string, provider: TerraformProvider | undefined) {
    super(scope, id);
    const options = withProvider(provider);
    const account = new DataAwsCallerIdentity(this, "account", options);
    const partition = new DataAwsPartition(this, "partition", options);
    const region = new DataAwsRegion(this, "region", options);
    this.accountId = account.accountId;
    this.partition = partition.partition;
    this.dnsSuffix = partition.dnsSuffix;
    // `id`, because `name` is deprecated from version 6 of the provider on and `region` is new there.
    this.region = region.id;
    this.logsServicePrincipal = new DataAwsServicePrincipal(this, "logs_principal", {
      serviceName: "logs",
      ...options,
    }).name;
    this.references = {
      accountId: `${expressionOf(account, "data")}.account_id`,
      partition: `${expressionOf(partition, "data")}.partition`,
      region: `${expressionOf(region, "data")}.id`,
    };
  }
}
