import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "../../../cli/adopt/write-files";
import { UnusableInput } from "../../../cli/exit-codes";

const FILES = [
  { name: "a.json", content: "a\n" },
  { name: "b.json", content: "b\n" },
];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-adopt-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the files", () => {
  test("are written, in a folder that need not exist", () => {
    const out = join(folder, "new/one");
    expect(writeFiles(out, FILES, false)).toEqual([join(out, "a.json"), join(out, "b.json")]);
    expect(readdirSync(out)).toEqual(["a.json", "b.json"]);
    expect(readFileSync(join(out, "b.json"), "utf8")).toBe("b\n");
  });

  test("stay as they are where they have the content already", () => {
    writeFiles(folder, FILES, false);
    const { ino } = statSync(join(folder, "a.json"));
    expect(writeFiles(folder, FILES, false)).toHaveLength(2);
    expect(statSync(join(folder, "a.json")).ino).toBe(ino);
  });

  test("of somebody else are in the way of all, unless it is forced", () => {
    writeFileSync(join(folder, "b.json"), "other");
    expect(() => writeFiles(folder, FILES, false)).toThrow(
      new UnusableInput(
        `${join(folder, "b.json")} exists with other content. Choose another folder with --out, or replace it with --force.`,
      ),
    );
    expect(existsSync(join(folder, "a.json"))).toBe(false);
    writeFiles(folder, FILES, true);
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe("b\n");
  });

  test("are as before where one cannot be written", () => {
    writeFileSync(join(folder, "a.json"), "old");
    const files = [...FILES, { name: "missing/c.json", content: "c" }];
    expect(() => writeFiles(folder, files, true)).toThrow(
      `${folder} cannot be written: it does not exist. Choose another folder with --out. Nothing was changed in it.`,
    );
    expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  test("are not written over a folder", () => {
    mkdirSync(join(folder, "a.json"));
    expect(() => writeFiles(folder, FILES, true)).toThrow(
      `${join(folder, "a.json")} cannot be read: it is a folder. Choose another folder with --out.`,
    );
  });
});
