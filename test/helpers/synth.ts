import { isObject } from "../../iam/json";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend } from "cdktf";
import { KloudfuseFirehose, withoutCreationStacks, type KloudfuseFirehoseProps } from "../../modules";
import { ReadableAddressStack, type StackJson } from "../../modules/stacks/addresses";

/** Terraform JSON that is looked up by address and by path. */
export class Template {
  /** With every kind of block, also those that the stack has none of. */
  public readonly json: Required<Omit<StackJson, "//">> & Pick<StackJson, "//">;

  public constructor(json: StackJson) {
    const { variable = {}, data = {}, resource = {}, output = {} } = json;
    this.json = { ...json, variable, data, resource, output };
  }

  /** `type.name` of every resource, sorted. */
  public get addresses(): string[] {
    return addressesOf(this.json.resource);
  }

  public get dataAddresses(): string[] {
    return addressesOf(this.json.data);
  }

  /** The value at a path such as `aws_s3_bucket.backup.tags`; throws where the block is not there. */
  public resource(address: string, ...path: (string | number)[]): unknown {
    return lookUp(this.json.resource, [...address.split("."), ...path], 2);
  }

  public data(address: string, ...path: (string | number)[]): unknown {
    return lookUp(this.json.data, [...address.split("."), ...path], 2);
  }

  public output(name: string, ...path: (string | number)[]): unknown {
    return lookUp(this.json.output, [name, ...path], 1);
  }

  public variable(name: string, ...path: (string | number)[]): unknown {
    return lookUp(this.json.variable, [name, ...path], 1);
  }
}

function addressesOf(blocks: NonNullable<StackJson["resource"]>): string[] {
  return Object.entries(blocks)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}

function lookUp(root: unknown, path: readonly (string | number)[], required: number): unknown {
  return path.reduce<unknown>((value, key, index) => {
    const next = isObject(value) ? value[key] : undefined;
    if (next === undefined && index < required) {
      throw new Error(`${path.slice(0, required).join(".")} is not in the template`);
    }
    return next;
  }, root);
}

/** An app whose output folder is gone afterwards. */
export function inApp<Result>(use: (app: App) => Result): Result {
  const outdir = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-test-"));
  try {
    return withoutCreationStacks(() => use(new App({ outdir })));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Runs what the framework runs before it writes, and returns the JSON. */
export function synthesize(make: (app: App) => ReadableAddressStack): Template {
  return inApp((app) => {
    const stack = make(app);
    stack.prepareStack();
    stack.runAllValidations();
    return new Template(stack.toTerraform());
  });
}

class LiteralStack extends ReadableAddressStack {
  public constructor(app: App) {
    super(app, "test");
    new LocalBackend(this, { path: "test.tfstate" });
    new AwsProvider(this, "aws", { region: "eu-west-1" });
  }
}

/** A stack with a provider, for constructs that need not be synthesized. */
export function inStack(use: (stack: ReadableAddressStack) => void): void {
  inApp((app) => {
    use(new LiteralStack(app));
  });
}

/** A stack with a provider and nothing else, for what a test puts in. */
export function stackWith(fill: (stack: ReadableAddressStack) => void): Template {
  return synthesize((app) => {
    const stack = new LiteralStack(app);
    fill(stack);
    return stack;
  });
}

/** What the construct synthesizes; `others` makes properties that need a stack. */
export function firehose(
  props: Partial<KloudfuseFirehoseProps> = {},
  others: (stack: ReadableAddressStack) => Partial<KloudfuseFirehoseProps> = () => ({}),
): Template {
  return stackWith((stack) => {
    new KloudfuseFirehose(stack, "Default", {
      kloudfuseIngesterHost: "kfuse.example.com",
      ...props,
      ...others(stack),
    });
  });
}
