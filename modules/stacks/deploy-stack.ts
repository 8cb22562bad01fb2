import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { configureBackend } from "../backend";
import type { BackendSettings } from "../backend-settings";
import type { Input } from "../inputs";
import { firehoseFromVariables } from "../from-variables";
import type { KloudfuseFirehose } from "../kloudfuse-firehose";
import { LIMITS } from "../limits";
import { declareOutputs } from "../outputs";
import { declareVariable, Variables } from "../variables";
import { VERSIONS } from "../versions";
import { ReadableAddressStack, type StackJson } from "./addresses";
import { withoutFrameworkVersion } from "./framework-version";
import { REGION_VARIABLE } from "../import-addresses";

/** Properties of `KloudfuseFirehoseStack`. */
export interface KloudfuseFirehoseStackProps {
  /**
   * Backend that keeps the state.
   * @default { type: "local" }: a file beside cdktf.json
   */
  readonly backend?: BackendSettings;
}

const AWS_REGION: Input = {
  type: "string",
  default: null,
  description: "AWS region to deploy to. Null: the provider's own lookup (AWS_REGION, profile).",
  rules: LIMITS.region,
  advice: "Use the region's code.",
};

// Without it, Terraform would prompt for a value on a terminal that `cdktf` does not forward, and wait forever.
const howToSet = (variable: string): string =>
  `Set it with --var ${variable}=<value>, with TF_VAR_${variable} in the environment, or in a file with --var-file.`;

/**
 * The root stack that `cdktf deploy` deploys: provider, backend, variables, resources, outputs.
 *
 * @example
 * const app = new App();
 * const { kloudfuse } = new KloudfuseFirehoseStack(app, "kloudfuse-firehose");
 */
export class KloudfuseFirehoseStack extends ReadableAddressStack {
  /** What the stack deploys, for other resources and stacks that use it. */
  public readonly kloudfuse: KloudfuseFirehose;

  public constructor(scope: Construct, id: string, props: KloudfuseFirehoseStackProps = {}) {
    super(scope, id);
    configureBackend(this, props.backend ?? { type: "local" });
    const region = declareVariable(this, REGION_VARIABLE, AWS_REGION).stringValue;
    this.addOverride("terraform.required_version", VERSIONS.terraform);
    this.addOverride("terraform.required_providers.aws.source", VERSIONS.awsProviderSource);
    const variables = new Variables(this, { adviceIfMissing: howToSet });
    new AwsProvider(this, "aws", { region: variables.onceValid(region) });
    this.kloudfuse = firehoseFromVariables(this, variables, { waitsForChecks: true });
    // CDKTF's command line crashes on an output that is null.
    declareOutputs(this, this.kloudfuse, variables, { value: "", name: "Empty" });
  }

  public override toTerraform(): StackJson {
    return withoutFrameworkVersion(super.toTerraform());
  }
}
