import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../cli/package.json";
import { asObject } from "../../iam/json";

const PROJECT = resolve(__dirname, "../..");
const MAX_BYTES = 5_000_000;
const PERMISSIVE = ["BlueOak-1.0.0", "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

describe("the npm package of the command", () => {
  let folder = "";
  let installed = "";
  const filesOf = (parent: string): string[] =>
    readdirSync(parent, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(parent, file)).isFile());

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-cli-package-"));
    installed = join(folder, "node_modules/kloudfuse-firehose-cli");
    // Without its scripts, since prepack builds cli/dist anew under the other tests: it was built before them all.
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder, "--workspace", "cli"], {
      cwd: PROJECT,
    });
    writeFileSync(join(folder, "package.json"), "{}");
    execFileSync("npm", ["install", "--offline", `./kloudfuse-firehose-cli-${version}.tgz`], { cwd: folder });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("holds the command in one file, the licences of what is in it, and nothing else", () => {
    expect(filesOf(installed).sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin/kloudfuse-firehose.cjs",
      "dist/LICENSES.txt",
      "dist/main.js",
      "package.json",
    ]);
  });

  test("stays below 5 MB", () => {
    const bytes = filesOf(installed).map((file) => statSync(join(installed, file)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
  });

  test("brings no other package", () => {
    const json: unknown = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(Object.keys(asObject(json)).filter((key) => /dependencies$/i.test(key))).toEqual(["devDependencies"]);
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "kloudfuse-firehose-cli",
    ]);
  });

  test("names the licence of each package in it", () => {
    const licences = readFileSync(join(installed, "dist/LICENSES.txt"), "utf8");
    expect(licences).toContain("commander 14.0.3 (MIT)\n");
    expect(licences).toMatch(/^@aws-sdk\/client-firehose [0-9.]+ \(Apache-2.0\)$/m);
    const names = [...licences.matchAll(/^[@a-z][^ ]* [0-9]+\.[0-9]+\.[0-9]+[^ ]* \((.*)\)$/gm)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !PERMISSIVE.includes(name ?? ""))).toEqual([]);
  });

  test("runs", () => {
    const run = (...args: readonly string[]): string =>
      execFileSync("npx", ["--no", "--", "kloudfuse-firehose", ...args], { cwd: folder }).toString();
    expect(run("policy", "--help")).toContain("Usage: kloudfuse-firehose policy [options] [plan]");
    expect(run("--version")).toBe(`${version}\n`);
  });
});
