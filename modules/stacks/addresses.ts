import { TerraformElement, TerraformStack } from "cdktf";
import type { Node } from "constructs";

type Json = Readonly<Record<string, unknown>>;

/** The blocks of one kind: by type, then by name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The Terraform JSON of a stack: one property for each kind of block. */
export interface StackJson {
  /** What the framework's command line reads. */
  readonly "//"?: { readonly metadata: Json; readonly outputs: Json };
  readonly terraform: Json;
  readonly variable: Json;
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly output: Json;
}

/** Construct ids that structure the code and are no part of an address. */
const STRUCTURAL_IDS: readonly string[] = ["Default", "Resource", "Location"];

/**
 * A stack whose resource addresses are the construct ids joined by `_`, without hashes: they are
 * part of the public interface. `Default`, `Resource` and `Location` are left out.
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
        // The framework makes ids of its own for cross-stack references, from whole expressions.
        .replace(/[^A-Za-z0-9_-]/g, "")
    );
  }

  public override toTerraform(): StackJson {
    const json: unknown = super.toTerraform();
    if (!isTerraformJson(json)) {
      throw new Error(`The stack ${this.node.path} must synthesize to an object, got ${typeof json}.`);
    }
    return { variable: {}, data: {}, resource: {}, output: {}, ...json };
  }
}

function isTerraformJson(json: unknown): json is Partial<StackJson> & Pick<StackJson, "terraform"> {
  return typeof json === "object" && json !== null && "terraform" in json;
}
