import type { JsonObject } from "../../iam/json";
import { TerraformDataSource, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Node } from "constructs";
import { LOCATION_ID } from "../location";

/** The blocks of one kind: by type, then by name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** A comment in the JSON, which Terraform ignores. */
export interface FrameworkComment {
  /** Versions, backend, and the stack's name. */
  readonly metadata: JsonObject;
  /** Construct paths of the outputs. */
  readonly outputs: JsonObject;
}

/** The Terraform JSON of a stack: one property for each kind of block that the stack has. */
export interface StackJson {
  /** What the framework's command line reads. */
  readonly "//"?: FrameworkComment;
  /** Required versions, and the backend. */
  readonly terraform: JsonObject;
  /** Variables by name. */
  readonly variable?: JsonObject;
  /** Data sources. */
  readonly data?: Blocks;
  /** Resources. */
  readonly resource?: Blocks;
  /** Outputs by name. */
  readonly output?: JsonObject;
}

/** Construct ids that are not part of an address. */
const STRUCTURAL_IDS: readonly string[] = ["Default", "Resource", LOCATION_ID];

/**
 * A stack whose resource addresses are the construct ids joined by `_`, without hashes: they are
 * part of the public interface. `Default`, `Resource` and the location's id are left out.
 */
export abstract class ReadableAddressStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    return (
      node.scopes
        .slice(node.scopes.indexOf(this) + 1)
        .map((scope) => scope.node.id)
        .filter((id) => !STRUCTURAL_IDS.includes(id))
        .join("_")
        // The framework generates the ids of cross-stack references from whole expressions.
        .replace(/[^A-Za-z0-9_-]/g, "")
    );
  }

  /** @throws Error when two resources have the same address: Terraform would only see the last one */
  public override toTerraform(): StackJson {
    this.checkAddresses();
    const json: unknown = super.toTerraform();
    if (!isTerraformJson(json)) {
      throw new Error(`The stack ${this.node.path} must synthesize to an object, got ${typeof json}.`);
    }
    return json;
  }

  private checkAddresses(): void {
    const paths = new Map<string, string>();
    for (const element of this.node.findAll()) {
      const kind = TerraformResource.isTerraformResource(element)
        ? "resource"
        : TerraformDataSource.isTerraformDataSource(element)
          ? "data"
          : undefined;
      if (kind !== undefined && "terraformResourceType" in element && TerraformElement.isTerraformElement(element)) {
        const address = `${kind} ${String(element.terraformResourceType)}.${element.friendlyUniqueId}`;
        const other = paths.get(address);
        if (other !== undefined) {
          throw new Error(
            `Construct ids must give each resource a unique address, got ${address} for ${other} and ${element.node.path}. ` +
              "Change one of the ids.",
          );
        }
        paths.set(address, element.node.path);
      }
    }
  }
}

function isTerraformJson(json: unknown): json is StackJson {
  return typeof json === "object" && json !== null && "terraform" in json;
}
