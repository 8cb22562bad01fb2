import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, Token } from "cdktf";
import type { Construct } from "constructs";
import { firehoseFromVariables } from "../from-variables";
import type { KloudfuseFirehose } from "../kloudfuse-firehose";
import { declareOutputs } from "../outputs";
import { Variables } from "../variables";
import { VERSIONS } from "../versions";
import { type Blocks, ReadableAddressStack, type StackJson } from "./addresses";

/** The JSON of the module: besides what every stack has, the blocks that a construct added. */
export interface ModuleJson extends Required<Omit<StackJson, "//">> {
  /** Local values by name. */
  readonly locals?: unknown;
  /** Former addresses of resources. */
  readonly moved?: unknown;
  /** Checks by name. */
  readonly check?: unknown;
  /** Resources to import. */
  readonly import?: unknown;
}

/** Blocks that the caller of the module provides, and the framework's comments. */
const CALLERS_BLOCKS = ["//", "provider"];

/** Blocks that the module contains unchanged. */
const OTHER_BLOCKS = ["locals", "moved", "check", "import"];

/**
 * The Terraform module: variables, outputs and resources, without provider, backend or cloud,
 * which are the caller's.
 */
export class KloudfuseFirehoseModule extends ReadableAddressStack {
  /** What the module deploys. */
  public readonly kloudfuse: KloudfuseFirehose;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    // The framework requires both; neither is in the module's JSON.
    new LocalBackend(this, { path: "unused" });
    new AwsProvider(this, "aws");
    const variables = new Variables(this);
    this.kloudfuse = firehoseFromVariables(this, variables, { waitsForChecks: false });
    declareOutputs(this, this.kloudfuse, variables, { value: Token.nullValue(), name: "Null" });
  }

  /** @throws Error for a kind of block that the module cannot contain */
  public override toTerraform(): ModuleJson {
    const { data = {}, output = {}, resource = {}, variable = {}, terraform, ...others } = super.toTerraform();
    checkCallersBlocks(terraform, asRecord(others)["provider"]);
    const blocks = Object.entries(others).filter(([kind]) => !CALLERS_BLOCKS.includes(kind));
    const unknown = blocks.map(([kind]) => kind).filter((kind) => !OTHER_BLOCKS.includes(kind));
    if (unknown.length > 0) {
      throw new Error(
        `The module must consist of variable, data, resource, output, ${OTHER_BLOCKS.join(", ")} blocks, got ${unknown.join(", ")}. ` +
          "Add the kind to OTHER_BLOCKS in module-stack.ts, or remove the block.",
      );
    }
    return {
      terraform: {
        required_version: VERSIONS.terraform,
        required_providers: { aws: { source: VERSIONS.awsProviderSource, version: VERSIONS.awsProvider } },
      },
      variable,
      ...Object.fromEntries(blocks),
      data: withoutMetadata(data),
      resource: withoutMetadata(resource),
      output,
    };
  }
}

/** Rejects what the module cannot contain, instead of dropping it silently: another provider, or a setting of Terraform. */
function checkCallersBlocks(terraform: unknown, provider: unknown): void {
  const { required_providers: providers, backend: _backend, ...settings } = asRecord(terraform);
  const unknown = [
    ...Object.keys(settings),
    ...Object.keys(asRecord(providers)).filter((name) => name !== "aws"),
    ...Object.entries(asRecord(provider))
      .flatMap(([name, blocks]) => (Array.isArray(blocks) ? blocks.map((block: unknown) => ({ name, block })) : []))
      .filter(({ name, block }) => name !== "aws" || "alias" in asRecord(block))
      .map(({ name }) => `a second provider ${name}`),
  ];
  if (unknown.length > 0) {
    throw new Error(
      `The module must use the one provider aws and no settings of Terraform, got ${unknown.join(", ")}. ` +
        "Remove it, or add it to module-stack.ts.",
    );
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** Removes the framework's `"//"` comments, which Terraform accepts but a reader of the module does not need. */
function withoutMetadata(blocks: Blocks): Blocks {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, named]) => [
      type,
      Object.fromEntries(Object.entries(named).map(([name, { "//": _metadata, ...block }]) => [name, block])),
    ]),
  );
}
