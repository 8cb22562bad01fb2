import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { type BackendSettings, configureBackend } from "../backend";
import type { Input } from "../inputs";
import { KloudfuseFirehose } from "../kloudfuse-firehose";
import { LIMITS } from "../limits";
import { declareOutputs } from "../outputs";
import { declareVariable, declareVariables } from "../variables";
import { VERSIONS } from "../versions";
import { ReadableAddressStack, type StackJson } from "./addresses";

/** What `KloudfuseFirehoseStack` takes. */
export interface KloudfuseFirehoseStackProps {
  /**
   * Where the state is kept.
   * @default a file beside cdktf.json
   */
  readonly backend?: BackendSettings;
}

const AWS_REGION: Input = {
  type: "string",
  default: null,
  description: "AWS region to deploy to. Null: the provider's own lookup (AWS_REGION, profile).",
  rules: LIMITS.region,
  advice: "Give the region's code.",
};

/** The root stack that `cdktf deploy` deploys: provider, backend, variables, resources, outputs. */
export class KloudfuseFirehoseStack extends ReadableAddressStack {
  public constructor(scope: Construct, id: string, props: KloudfuseFirehoseStackProps = {}) {
    super(scope, id);
    configureBackend(this, props.backend ?? { type: "local" });
    new AwsProvider(this, "aws", { region: declareVariable(this, "aws_region", AWS_REGION).stringValue });
    this.addOverride("terraform.required_version", VERSIONS.terraform);
    this.addOverride("terraform.required_providers.aws.source", VERSIONS.awsProviderSource);
    declareOutputs(this, new KloudfuseFirehose(this, "Default", declareVariables(this)));
  }

  public override toTerraform(): StackJson {
    const { "//": comment, ...terraform } = super.toTerraform();
    if (comment === undefined) {
      return terraform;
    }
    // The framework's version would change the JSON with every update of it.
    const { version: _version, ...metadata } = comment.metadata;
    return { "//": { ...comment, metadata }, ...terraform };
  }
}
