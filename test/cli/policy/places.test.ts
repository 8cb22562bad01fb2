import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Place, placesIn } from "../../../cli/policy/places";

const parent = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-places-"));
let repository = "";

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
    expect(placeOf("aws_s3_bucket.b[0]", "infra/prod")).toEqual({ file: "infra/prod/main.tf", line: 2, length: 33 });
  });

  test("is the call of its module, in whichever file that stands", () => {
    write("main.tf", "");
    write("telemetry.tf", "", 'module "k" {', "}");
    expect(placeOf('module.k["x"].module.inner.aws_s3_bucket.b')).toEqual({
      file: "telemetry.tf",
      line: 2,
      length: 12,
    });
  });

  test("is not a block whose name only begins the same", () => {
    write("main.tf", 'module "kk" {}', 'module "k" {}');
    expect(placeOf("module.k.aws_s3_bucket.b").line).toBe(2);
  });

  test.each([
    ["module.k.aws_s3_bucket.b", 3],
    ["aws_s3_bucket.b", 7],
  ])("is the line of its block in a JSON root: %s", (address, line) => {
    write(
      "cdk.tf.json",
      "{",
      '  "module": {',
      '    "k": {}',
      "  },",
      '  "resource": {',
      '    "aws_s3_bucket": {',
      '      "b": {}',
      "}}}",
    );
    expect(placeOf(address)).toMatchObject({ file: "cdk.tf.json", line });
  });

  test("is the start of main.tf where no file has the block", () => {
    write("a.tf", "x");
    write("main.tf", "first line");
    expect(placeOf("aws_s3_bucket.b")).toEqual({ file: "main.tf", line: 1, length: 10 });
  });

  test("is the app in a CDKTF project", () => {
    write("cdktf.json", "{}");
    write("main.ts", "import");
    expect(placeOf("aws_s3_bucket.b")).toEqual({ file: "main.ts", line: 1, length: 6 });
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
      `--root must be a folder (got "${root}"). Name the folder of the root's .tf files.`,
    );
  });

  test("must have files", () => {
    write("main.ts", "");
    expect(() => placesIn(repository)).toThrow(
      `--root must have .tf or .tf.json files, or a CDKTF app (got "${repository}"). Name the folder of the root's files.`,
    );
  });
});
