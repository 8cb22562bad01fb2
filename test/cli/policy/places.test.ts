import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Place, placesIn } from "../../../cli/policy/places";

let parent = "";
let repository = "";

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-places-"));
});

beforeEach(() => {
  repository = mkdtempSync(join(parent, "repository-"));
  mkdirSync(join(repository, ".git"));
});

afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

function write(file: string, ...lines: readonly string[]): void {
  const path = join(repository, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.join("\n"));
}

const placeOf = (address: string, root = "."): Place => placesIn(join(repository, root))(address);

describe("the place of a resource", () => {
  test("is its block, relative to the repository", () => {
    write("infra/prod/main.tf", "# comment", '  resource  "aws_s3_bucket" "b" {', "}");
    expect(placeOf("aws_s3_bucket.b[0]", "infra/prod")).toEqual({
      file: "infra/prod/main.tf",
      line: 2,
      startColumn: 3,
      endColumn: 34,
    });
  });

  test("is the call of its module, in whichever file that stands", () => {
    write("main.tf", "");
    write("telemetry.tf", "", 'module "k" {', "}");
    expect(placeOf('module.k["x"].module.inner.aws_s3_bucket.b')).toEqual({
      file: "telemetry.tf",
      line: 2,
      startColumn: 1,
      endColumn: 13,
    });
  });

  test("is the key of its block in a JSON root", () => {
    write("cdk.tf.json", "{", '  "resource": {"aws_s3_bucket": {"b": {}}}', "}");
    expect(placeOf("aws_s3_bucket.b")).toEqual({ file: "cdk.tf.json", line: 2, startColumn: 34, endColumn: 37 });
  });

  test("is the start of main.tf where no file has the block", () => {
    write("a.tf", "x");
    write("main.tf", "first line");
    expect(placeOf("aws_s3_bucket.b")).toEqual({ file: "main.tf", line: 1, startColumn: 1, endColumn: 11 });
  });

  test("is the app in a CDKTF project", () => {
    write("cdktf.json", "{}");
    write("main.ts", "import");
    expect(placeOf("aws_s3_bucket.b")).toEqual({ file: "main.ts", line: 1, startColumn: 1, endColumn: 7 });
  });

  test("is in the file that a symbolic link leads to, which GitHub shows", () => {
    write("shared/main.tf", 'module "k" {');
    mkdirSync(join(repository, "prod"));
    symlinkSync("../shared/main.tf", join(repository, "prod/main.tf"));
    symlinkSync("prod", join(repository, "live"));
    expect(placeOf("module.k", "prod").file).toBe("shared/main.tf");
    expect(placeOf("module.k", "live").file).toBe("shared/main.tf");
  });

  test("is the link itself where it leads out of the repository", () => {
    writeFileSync(join(parent, "elsewhere.tf"), "x");
    symlinkSync("../elsewhere.tf", join(repository, "main.tf"));
    expect(placeOf("module.k").file).toBe("main.tf");
  });

  test("is never in a folder or a broken link with the name of a file", () => {
    mkdirSync(join(repository, "a.tf"));
    symlinkSync("nowhere", join(repository, "b.tf"));
    write("c.tf", "");
    expect(placeOf("module.k").file).toBe("c.tf");
  });

  test("is relative to the root where the working directory is elsewhere", () => {
    rmSync(join(repository, ".git"), { recursive: true });
    write("infra/main.tf", "");
    expect(placeOf("aws_s3_bucket.b", "infra").file).toBe("main.tf");
  });

  test("is relative to the working directory outside of a repository", () => {
    rmSync(join(repository, ".git"), { recursive: true });
    write("main.tf", "");
    const cwd = jest.spyOn(process, "cwd").mockReturnValue(repository);
    expect(placeOf("aws_s3_bucket.b").file).toBe("main.tf");
    cwd.mockRestore();
  });
});

describe("a root", () => {
  test.each(["missing", "file.txt"])("must be a folder: %s", (name) => {
    write("file.txt", "");
    const root = join(repository, name);
    expect(() => placesIn(root)).toThrow(
      `--root must be a folder, got "${root}". Name the folder of the root's .tf files.`,
    );
  });

  test("must have files", () => {
    write("main.ts", "");
    expect(() => placesIn(repository)).toThrow(
      `--root must have .tf or .tf.json files, or a CDKTF app, got "${repository}". Name the folder of the root's files.`,
    );
  });
});
