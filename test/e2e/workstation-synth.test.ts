import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Json } from "./helpers/json";
import type { EndedCommand } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";
import { Workstation } from "./helpers/workstation";

const CDKTF = join(PROJECT, "node_modules/cdktf-cli/bundle/bin/cdktf");
const APP = ["scripts/run.cjs", "main.ts"];
const STACK = "cdktf.out/stacks/kloudfuse-firehose/cdk.tf.json";
const MANIFEST = "cdktf.out/manifest.json";

const S3_CONTEXT = {
  backend: "s3",
  backendBucket: "states",
  backendKey: "kloudfuse",
  backendRegion: "eu-west-1",
};
const BUCKET_REQUIRED =
  "backendBucket is required when backend is s3. " +
  "Set backendBucket in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_BUCKET in the environment.";

describe("synthesis", () => {
  let onlyNode = "";
  let workstation: Workstation;

  beforeAll(() => {
    onlyNode = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-path-"));
    symlinkSync(process.execPath, join(onlyNode, "node"));
  });

  afterAll(() => {
    rmSync(onlyNode, { recursive: true, force: true });
  });

  beforeEach(() => {
    workstation = new Workstation({ PATH: onlyNode });
  });

  afterEach(() => {
    workstation.remove();
  });

  const synthesized = (): Record<string, unknown> => ({
    manifest: Json.parse(workstation.read(MANIFEST)).value,
    stack: Json.parse(workstation.read(STACK)).value,
  });
  const writeContext = (context: unknown): void => {
    const configuration = Json.parse(workstation.read("cdktf.json"));
    const entries = configuration.keys.map((key) => [key, configuration.at(key).value]);
    workstation.write("cdktf.json", JSON.stringify({ ...Object.fromEntries(entries), context }));
  };

  it("is an error where fleet.json is a symbolic link whose target is missing", async () => {
    symlinkSync("gone.json", join(workstation.folder, "fleet.json"));
    const { exitCode, stderr } = await workstation.node(APP);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "fleet.json must be a fleet file that can be read, got ENOENT. Check the path.\n",
    });
    expect(workstation.has(STACK)).toBe(false);
  });

  it("works with a cdktf from outside the project and nothing but node on the PATH", async () => {
    const { exitCode, output } = await workstation.node([CDKTF, "synth"]);

    expect(output).toContain("Generated Terraform code for the stacks: kloudfuse-firehose");
    expect(exitCode).toBe(0);
    expect(Json.parse(workstation.read(MANIFEST)).at("stacks", "kloudfuse-firehose").value).toMatchObject({
      name: "kloudfuse-firehose",
      synthesizedStackPath: "stacks/kloudfuse-firehose/cdk.tf.json",
      workingDirectory: "stacks/kloudfuse-firehose",
    });
  });

  it("writes the same without cdktf, the context of cdktf.json included", async () => {
    writeContext(S3_CONTEXT);
    await workstation.node([CDKTF, "synth"]);
    const byCdktf = synthesized();
    rmSync(join(workstation.folder, "cdktf.out"), { recursive: true });

    expect(await workstation.node(APP)).toMatchObject({ exitCode: 0, output: "" });

    expect(synthesized()).toEqual(byCdktf);
    expect(Json.parse(workstation.read(STACK)).at("terraform", "backend").value).toEqual({
      s3: { bucket: "states", key: "kloudfuse", region: "eu-west-1", encrypt: true, use_lockfile: true },
    });
  });

  const failsWith = async (message: string, environment?: Readonly<Record<string, string>>): Promise<void> => {
    const { exitCode, stdout, stderr } = await workstation.node(APP, environment);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: "", stderr: `${message}\n` });
    expect(workstation.has(STACK)).toBe(false);
  };

  it("prints one line for an incomplete backend", async () => {
    await failsWith(BUCKET_REQUIRED, { KLOUDFUSE_FIREHOSE_BACKEND: "s3" });
  });

  it("prints one line for an invalid value in cdktf.json", async () => {
    writeContext({ ...S3_CONTEXT, backendKey: 7 });
    await failsWith(
      "backendKey must be a string, got 7. " +
        "Set backendKey in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_KEY in the environment.",
    );
    writeContext("s3");
    await failsWith('context in cdktf.json must be an object, got "s3". Correct it.');
  });

  it("prints one line when the output folder cannot be created", async () => {
    workstation.write("file", "");
    await failsWith("ENOTDIR: not a directory, mkdir 'file/cdktf.out'", { CDKTF_OUTDIR: "file/cdktf.out" });
  });

  it("prints one line for --hcl, which is not supported", async () => {
    await failsWith(
      "--hcl is not supported: CDKTF cannot write the dynamic blocks of this stack as HCL. " +
        "Remove it: Terraform also reads the JSON that CDKTF writes by default.",
      { SYNTH_HCL_OUTPUT: "true" },
    );
  });

  it("prints one line when the packages are not installed", async () => {
    rmSync(join(workstation.folder, "node_modules"));
    const { exitCode, stderr } = await workstation.node(APP);
    expect(stderr).toBe("The project's packages are not installed (Cannot find module 'esbuild'). Run npm ci.\n");
    expect(exitCode).toBe(1);
  });

  it("prints no stack trace under cdktf, which adds its own report", async () => {
    const { exitCode, stderr }: EndedCommand = await workstation.node([CDKTF, "synth"], {
      KLOUDFUSE_FIREHOSE_BACKEND: "s3",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Command output on stderr:\n\n    ${BUCKET_REQUIRED}\n`);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("keeps the stack trace of a bug", async () => {
    workstation.write(
      "modules/index.ts",
      'export const KloudfuseFirehoseStack = JSON.parse("null").bug;\nexport const withoutCreationStacks = Object;\n',
    );
    const { exitCode, stderr } = await workstation.node(APP);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/TypeError: .*\n +at main\.ts \(bundle\):\d+:\d+/);
  });
});
