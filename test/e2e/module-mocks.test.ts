import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TerraformRoot } from "./helpers/terraform";
import { requireTerraform } from "./helpers/tools";

jest.setTimeout(120_000);

const ROOT = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = "kfuse.example.com"
}
`;

const TEST = `
mock_provider "aws" {
  source = "../../terraform/kloudfuse-firehose/tests/mocks"
}

run "names" {
  assert {
    condition     = module.kloudfuse.backup_bucket_name == "kloudfuse-firehose-backup-123456789012-eu-west-1"
    error_message = "The bucket must be named by the mocked account and region."
  }
}
`;

describe("a root that calls the module", () => {
  let root: TerraformRoot;

  beforeAll(async () => {
    requireTerraform(process.env);
    root = TerraformRoot.write(ROOT, {});
    mkdirSync(join(root.folder, "tests"));
    root.write("tests/names.tftest.hcl", TEST);
    await root.init();
  });

  afterAll(() => {
    root.remove();
  });

  it("is tested without AWS, with the module's mocks", async () => {
    const { exitCode, output } = await root.run("test");
    expect(output).toContain("Success! 1 passed, 0 failed.");
    expect(exitCode).toBe(0);
  });
});
