import { readFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../scripts/release/changelog";

interface Package {
  readonly private?: boolean;
  readonly engines?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, "..", file), "utf8"));

let project: Package = {};
let packages: Readonly<Record<string, Package>> = {};
let installed: readonly (readonly [path: string, entry: Package])[] = [];

beforeAll(() => {
  project = read("package.json") as Package;
  ({ packages } = read("package-lock.json") as { readonly packages: typeof packages });
  installed = Object.entries(packages).filter(([path]) => path !== "");
});

describe("the packages", () => {
  test("are for the versions of Node that are tested", () => {
    expect(project.engines).toEqual({ node: "^20.9.0 || ^22.0.0 || ^24.0.0" });
    expect(packages[""]?.engines).toEqual(project.engines);
  });

  test("install without a compiler: those with an install script bring their binaries", () => {
    const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(withScript.filter((path) => !path.includes("fsevents"))).toEqual([
      "node_modules/@parcel/watcher",
      "node_modules/esbuild",
      "node_modules/unrs-resolver",
    ]);
  });

  test("keep cdktf-cli, with a terminal module that has binaries for every tested Node", () => {
    expect(project.devDependencies?.["cdktf-cli"]).toBe("0.21.0");
    expect(packages["node_modules/@cdktf/node-pty-prebuilt-multiarch"]).toMatchObject({
      name: "@lydell/node-pty",
      version: "1.1.0",
    });
  });

  test("come from whatever registry npm is configured for", () => {
    const fromOneRegistry = installed.filter(([, { resolved, link }]) => resolved !== undefined && link !== true);
    expect(fromOneRegistry).toEqual([]);
  });

  test("have one version, which the changelog has entries of", () => {
    const { version } = read("package.json") as { readonly version: string };
    expect(read("cli/package.json")).toMatchObject({ version });
    expect(entriesOf(version, readFileSync(join(__dirname, "../CHANGELOG.md"), "utf8"))).toContain("\n- ");
  });

  test("have the licence of the project", () => {
    const licence = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");
    expect(licence("cli/LICENSE")).toBe(licence("LICENSE"));
  });

  test("cannot be published by mistake", () => {
    expect(project.private).toBe(true);
    expect((read("cli/package.json") as Package).private).toBe(true);
  });
});
