import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { version } from "../../package.json";

const PROJECT = resolve(__dirname, "../..");
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws", "@types/node"];

const APP = `
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { KloudfuseFirehose, type KloudfuseFirehoseProps } from "kloudfuse-firehose";

const props: KloudfuseFirehoseProps = {
  kloudfuseIngesterHost: "kfuse.example.com",
  bufferingSizeMb: 2,
  commonAttributes: { environment: "production" },
};
const app = new App();
const stack = new TerraformStack(app, "observability");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const { metricsStream } = new KloudfuseFirehose(stack, "kloudfuse", props);
export const arn: string = metricsStream.streamArn;
app.synth();
`;

describe("the npm package", () => {
  let folder = "";
  let installed = "";

  const typeCheck = (file: string): string => {
    const tsc = join(PROJECT, "node_modules/typescript/bin/tsc");
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "node16", "--target", "es2022"];
    return spawnSync("node", [tsc, ...options, "--types", "node", file], { cwd: folder, encoding: "utf8" }).stdout;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-package-"));
    installed = join(folder, "node_modules/kloudfuse-firehose");
    // Without its scripts, since prepare builds dist anew under the other tests: it was built before them all.
    execFileSync("npm", ["run", "--silent", "prepack"], { cwd: PROJECT });
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: PROJECT });
    const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    expect(tarball).toBe(`kloudfuse-firehose-${version}.tgz`);
    writeFileSync(join(folder, "package.json"), "{}");
    execFileSync("npm", ["install", "--prefer-offline", "--legacy-peer-deps", `./${String(tarball)}`], { cwd: folder });
    for (const peer of PEERS) {
      mkdirSync(dirname(join(folder, "node_modules", peer)), { recursive: true });
      symlinkSync(join(PROJECT, "node_modules", peer), join(folder, "node_modules", peer));
    }
    writeFileSync(join(folder, "main.ts"), APP);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("holds compiled JavaScript, type declarations and the module, and nothing else", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) =>
      statSync(join(installed, file)).isFile(),
    );
    expect(files.filter((file) => !/^dist\/[a-z/-]+\.(js|d\.ts)$/.test(file)).sort()).toEqual([
      "LICENSE",
      "README.md",
      "package.json",
      "terraform/kloudfuse-firehose/README.md",
      "terraform/kloudfuse-firehose/main.tf.json",
      "terraform/kloudfuse-firehose/outputs.tf.json",
      "terraform/kloudfuse-firehose/tests/defaults.tftest.hcl",
      "terraform/kloudfuse-firehose/tests/mocks/aws.tfmock.hcl",
      "terraform/kloudfuse-firehose/tests/monitoring.tftest.hcl",
      "terraform/kloudfuse-firehose/tests/sources.tftest.hcl",
      "terraform/kloudfuse-firehose/tests/validation.tftest.hcl",
      "terraform/kloudfuse-firehose/variables.tf.json",
      "terraform/kloudfuse-firehose/versions.tf.json",
    ]);
    for (const entry of ["dist/modules/index.js", "dist/modules/index.d.ts"]) {
      expect(files).toContain(entry);
    }
  });

  test("brings no other package than its peers", () => {
    const { dependencies, optionalDependencies, bin } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    ) as Record<string, unknown>;
    expect({ dependencies, optionalDependencies, bin }).toEqual({});
    expect(
      readdirSync(join(folder, "node_modules"))
        .filter((name) => !name.startsWith("."))
        .sort(),
    ).toEqual(["@cdktf", "@types", "cdktf", "constructs", "kloudfuse-firehose"]);
  });

  test("type-checks in an app under strict", () => {
    expect(typeCheck("main.ts")).toBe("");
  });

  test("refuses a property of the wrong type", () => {
    writeFileSync(join(folder, "wrong.ts"), APP.replace("bufferingSizeMb: 2", 'bufferingSizeMb: "2"'));
    expect(typeCheck("wrong.ts")).toContain("Type 'string' is not assignable to type 'number'.");
  });

  test("synthesizes in an app", () => {
    const esbuild = join(PROJECT, "node_modules/.bin/esbuild");
    execFileSync(esbuild, ["main.ts", "--platform=node", "--format=cjs", "--outfile=main.js", "--log-level=warning"], {
      cwd: folder,
    });
    execFileSync("node", ["main.js"], { cwd: folder });
    const json = readFileSync(join(folder, "cdktf.out/stacks/observability/cdk.tf.json"), "utf8");
    expect(json).toContain('"url": "https://kfuse.example.com/ingester/kinesis/metrics"');
    expect(json).toContain('"buffering_size": 2');
  });
});
