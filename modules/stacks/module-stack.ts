import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend } from "cdktf";
import type { Construct } from "constructs";
import { KloudfuseFirehose } from "../kloudfuse-firehose";
import { declareOutputs } from "../outputs";
import { declareVariables } from "../variables";
import { VERSIONS } from "../versions";
import { type Blocks, ReadableAddressStack, type StackJson } from "./addresses";

/**
 * The Terraform module: variables, outputs and resources, without provider, backend or cloud,
 * which are the caller's.
 */
export class KloudfuseFirehoseModule extends ReadableAddressStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    // The framework insists on both; neither is in the module's JSON.
    new LocalBackend(this, { path: "unused" });
    new AwsProvider(this, "aws");
    declareOutputs(this, new KloudfuseFirehose(this, "Default", declareVariables(this)));
  }

  public override toTerraform(): StackJson {
    const { data, output, resource, variable } = super.toTerraform();
    return {
      terraform: {
        required_version: VERSIONS.terraform,
        required_providers: { aws: { source: VERSIONS.awsProviderSource, version: VERSIONS.awsProvider } },
      },
      variable,
      data: withoutMetadata(data),
      resource: withoutMetadata(resource),
      output,
    };
  }
}

/** Terraform accepts the framework's `"//"` comments; a reader of the module has no use for them. */
function withoutMetadata(blocks: Blocks): Blocks {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, named]) => [
      type,
      Object.fromEntries(Object.entries(named).map(([name, { "//": _metadata, ...block }]) => [name, block])),
    ]),
  );
}
