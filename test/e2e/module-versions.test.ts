import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Json } from "./helpers/json";
import { outputOf, run, unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";
import { requireTerraform } from "./helpers/tools";

const RELEASES = ["5.99.1", "5.100.0", "6.0.0", "6.99.0", "7.0.0"];

/**
 * Terraform chooses the provider's version from a mirror made here, of releases that are only names:
 * `init` installs the one that it chose and runs none.
 */
describe("the module under a parent that pins the provider", () => {
  let mirror = "";
  let settings = "";

  beforeAll(async () => {
    requireTerraform(process.env);
    mirror = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-mirror-"));
    settings = join(mirror, "terraformrc");
    const version = await run("terraform", ["version", "-json"], { cwd: mirror, environment: {} });
    const platform = Json.parse(outputOf("terraform version", version)).at("platform").text;
    for (const release of RELEASES) {
      const folder = join(mirror, "registry.terraform.io/hashicorp/aws", release, platform);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `terraform-provider-aws_v${release}`), "", { mode: 0o755 });
    }
    writeFileSync(
      settings,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
  });

  afterAll(() => {
    rmSync(mirror, { recursive: true, force: true });
  });

  it.each([
    ["~> 5.100", "5.100.0"],
    ["~> 6.0", "6.99.0"],
    ["6.0.0", "6.0.0"],
    [">= 5.0", "6.99.0"],
  ])("works under %s, with %s of the releases that there are", async (pin, chosen) => {
    expect(await initUnder(pin)).toBe(`chose ${chosen}`);
  });

  it.each(["~> 5.99.0", "~> 7.0"])("is refused under %s", async (pin) => {
    expect(await initUnder(pin)).toMatch(
      /no available releases match the given constraints .*>= 5\.100\.0, .*< 7\.0\.0/,
    );
  });

  /** The version that Terraform chose, or its refusal. */
  async function initUnder(pin: string): Promise<string> {
    const root = TerraformRoot.write(rootThatPins(pin), { TF_CLI_CONFIG_FILE: settings });
    try {
      const { exitCode, output } = await root.run("init");
      if (exitCode !== 0) {
        return unwrapped(output);
      }
      const lock = readFileSync(join(root.folder, ".terraform.lock.hcl"), "utf8");
      return `chose ${String(/version *= "(.*)"/.exec(lock)?.[1])}`;
    } finally {
      root.remove();
    }
  }
});

const rootThatPins = (version: string): string => `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${version}"
    }
  }
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = "kfuse.example.com"
}
`;
