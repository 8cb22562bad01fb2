import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Json } from "./helpers/json";
import { outputOf, run } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";

const MODULE = "terraform/kloudfuse-firehose";
const NOT_COPIED = [".build", ".git", "cdktf.out", "dist", "node_modules"];
const CDKTN = "npm:cdktn@0.24.0";

const APP = `
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { KloudfuseFirehose } from "kloudfuse-firehose";

const app = new App();
const stack = new TerraformStack(app, "observability");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const { metricsStream } = new KloudfuseFirehose(stack, "kloudfuse", { kloudfuseIngesterHost: "kfuse.example.com" });
export const arn: string = metricsStream.streamArn;
app.synth();
`;

const execute = async (folder: string, command: string, ...args: readonly string[]): Promise<string> =>
  outputOf(command, await run(command, args, { cwd: folder, environment: {} }));

const install = async (folder: string, ...packages: readonly string[]): Promise<string> =>
  await execute(folder, "npm", "install", "--prefer-offline", "--ignore-scripts", ...packages);

let parent = "";

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-cdktn-"));
});

afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

describe("the project, with cdktf and the provider binding as aliases of cdktn's", () => {
  let folder = "";
  const generated = (project: string): [string, string][] =>
    readdirSync(join(project, MODULE), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(json|md|hcl)$/.test(file))
      .sort()
      .map((file) => [file, readFileSync(join(project, MODULE, file), "utf8")]);

  beforeAll(async () => {
    folder = join(parent, "project");
    cpSync(PROJECT, folder, { recursive: true, filter: (source) => !NOT_COPIED.includes(basename(source)) });
    await execute(folder, "npm", "pkg", "delete", "devDependencies.cdktf-cli");
    await execute(
      folder,
      "npm",
      "pkg",
      "set",
      `devDependencies.cdktf=${CDKTN}`,
      "devDependencies.@cdktf/provider-aws=npm:@cdktn/provider-aws@25.7.0",
    );
    await install(folder);
  }, 600_000);

  test("type-checks", async () => {
    expect(await execute(folder, "npm", "run", "--silent", "types")).toBe("");
  });

  test("passes the unit tests", async () => {
    // These hold what package.json and its lock file say, which are changed here. The option replaces the project's own list.
    const changed = ["packages", "dependencies", "licences"].map((name) => `/test/${name}.test.ts`);
    const ignored = [...changed, "/test/e2e/", "/node_modules/"];
    const options = ["--json", ...ignored.flatMap((pattern) => ["--testPathIgnorePatterns", pattern])];
    const report = Json.parse(await execute(folder, "npm", "test", "--silent", "--", ...options));
    expect(report.at("success").value).toBe(true);
    expect(report.at("numPendingTests").value).toBe(0);
  }, 900_000);

  test("synthesizes the committed module, byte for byte", async () => {
    for (const [file] of generated(folder)) {
      if (file.endsWith(".tf.json")) {
        rmSync(join(folder, MODULE, file));
      }
    }
    await execute(folder, "npm", "run", "--silent", "synth:module");
    expect(generated(folder)).toEqual(generated(PROJECT));
  });
});

describe("the package", () => {
  const families = [
    { cdktf: "0.21.0", binding: "20.1.0", provider: "5.100.0" },
    { cdktf: "0.21.0", binding: "21.22.1", provider: "6.25.0" },
    { cdktf: CDKTN, binding: "npm:@cdktn/provider-aws@25.5.0", provider: "6.64.0" },
    { cdktf: CDKTN, binding: "npm:@cdktn/provider-aws@25.7.0", provider: "6.66.0" },
  ];
  const resources = new Array<unknown>();
  let tarball = "";

  beforeAll(async () => {
    tarball = join(
      parent,
      (await execute(PROJECT, "npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", parent)).trim(),
    );
  });

  test.each(families)(
    "installs with cdktf $cdktf and binding $binding, type-checks and synthesizes the same resources",
    async ({ cdktf, binding, provider }) => {
      const folder = mkdtempSync(join(parent, "consumer-"));
      writeFileSync(join(folder, "package.json"), "{}");
      writeFileSync(join(folder, "main.ts"), APP);
      // Without --legacy-peer-deps or --force: npm refuses a version outside a peer range.
      await install(folder, tarball, `cdktf@${cdktf}`, `@cdktf/provider-aws@${binding}`);
      const bin = join(PROJECT, "node_modules/.bin");
      const types = ["--types", "node", "--typeRoots", join(PROJECT, "node_modules/@types")];
      const options = ["--strict", "--skipLibCheck", "--module", "node16", "--target", "es2022", ...types];
      expect(await execute(folder, join(bin, "tsc"), ...options, "main.ts")).toBe("");
      await execute(folder, "node", "main.js");

      const json = Json.parse(readFileSync(join(folder, "cdktf.out/stacks/observability/cdk.tf.json"), "utf8"));
      expect(json.at("terraform", "required_providers", "aws", "version").text).toBe(provider);
      resources.push({ data: json.at("data").value, resource: json.at("resource").value });
      expect(resources.at(-1)).toEqual(resources[0]);
    },
  );
});
