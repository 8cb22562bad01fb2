import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { configureBackend } from "../backend";
import type { BackendSettings } from "../backend-settings";
import { firehoseFromLiterals } from "../from-literals";
import { inputOf } from "../inputs";
import type { KloudfuseFirehose } from "../kloudfuse-firehose";
import { Literals } from "../literals";
import { declareLiteralOutputs } from "../outputs";
import { declareVariable } from "../variables";
import { VERSIONS } from "../versions";
import { ReadableAddressStack, type StackJson } from "./addresses";
import { withoutFrameworkVersion } from "./framework-version";

/** One account and region of a fleet. */
export interface FleetStackProps {
  /** Id of the account: the provider rejects the credentials of another account. */
  readonly account: string;
  readonly region: string;
  /** ARN of the role to assume; undefined: the credentials are those of the account itself. */
  readonly assumeRole?: string;
  readonly externalId?: string;
  /** Inputs by variable name, already checked. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Undefined: a file next to cdktf.json. */
  readonly state?: BackendSettings;
  /** The role of another stack; undefined: the inputs decide. */
  readonly sharedRole?: SharedRole;
}

/** A delivery role that one stack creates and others use. */
export interface SharedRole {
  readonly arn: string;
  /** Id of the stack that creates it. */
  readonly stackId: string;
}

/** The stack of one account and region: its inputs are literals, except the access key. */
export class FleetStack extends ReadableAddressStack {
  /** What the stack deploys. */
  public readonly kloudfuse: KloudfuseFirehose;

  public constructor(scope: Construct, id: string, props: FleetStackProps) {
    super(scope, id);
    const { account, region, assumeRole: roleArn, externalId, inputs, state, sharedRole } = props;
    configureBackend(this, state ?? { type: "local" });
    this.addOverride("terraform.required_version", VERSIONS.terraform);
    this.addOverride("terraform.required_providers.aws.source", VERSIONS.awsProviderSource);
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [account],
      ...(roleArn === undefined
        ? {}
        : { assumeRole: [{ roleArn, ...(externalId === undefined ? {} : { externalId }) }] }),
    });
    const literals = new Literals(inputs);
    const { accessKeySecretArn } = literals.properties(["accessKeySecretArn"]);
    this.kloudfuse = firehoseFromLiterals(this, literals, {
      // An access key in the environment is for the stacks that have no secret.
      accessKey:
        accessKeySecretArn === undefined
          ? declareVariable(this, "access_key", inputOf("accessKey"), []).stringValue
          : undefined,
      sharedRoleArn: sharedRole?.arn,
    });
    declareLiteralOutputs(this, this.kloudfuse, literals);
  }

  public override toTerraform(): StackJson {
    return withoutFrameworkVersion(super.toTerraform());
  }
}
