import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFile } from "../../cli/write-file";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-write-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a file that a command writes", () => {
  test("is created, or replaced, and no other file stays", () => {
    const file = join(folder, "a.tfvars");
    writeFile("--out", file, "one");
    writeFile("--out", file, "two");
    expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["two", ["a.tfvars"]]);
  });

  test("stays as it was when it cannot be written", () => {
    const file = join(folder, "a.tfvars");
    mkdirSync(file);
    writeFileSync(join(file, "inside"), "");
    expect(() => {
      writeFile("--out", file, "new");
    }).toThrow(`--out must be a file that can be written, got ${file} (it is a folder). Choose another file.`);
    expect(readdirSync(folder)).toEqual(["a.tfvars"]);
  });

  test("may not be in a folder that does not exist", () => {
    const file = join(folder, "missing", "a.tfvars");
    expect(() => {
      writeFile("--out", file, "new");
    }).toThrow(`--out must be a file that can be written, got ${file} (it does not exist). Choose another file.`);
  });
});
