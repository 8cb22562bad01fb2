import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";

/** The account, partition and region that the provider works in, for names and ARNs. */
export class Location extends Construct {
  /** Twelve-digit id of the account. */
  public readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  public readonly partition: string;
  /** Domain of the partition's service endpoints, such as `amazonaws.com`. */
  public readonly dnsSuffix: string;
  /** Code of the region, such as `eu-west-1`. */
  public readonly region: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accountId = new DataAwsCallerIdentity(this, "account").accountId;
    const partition = new DataAwsPartition(this, "partition");
    this.partition = partition.partition;
    this.dnsSuffix = partition.dnsSuffix;
    // `id`, because `name` is deprecated from version 6 of the provider on and `region` is new there.
    this.region = new DataAwsRegion(this, "region").id;
  }
}
