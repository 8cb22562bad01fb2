import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");

/** Folders with documents, and files beside them. */
const documents = (): string[] =>
  [".", ".github", "cli", "docs", "examples", "terraform", "test"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== "." && folder !== "cli", encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && !/(^|[\\/])(node_modules|\.terraform)[\\/]/.test(file))
      .map((file) => join(folder, file)),
  );

const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8").replace(/^```[\s\S]*?^```/gm, "");

/** The anchors that GitHub makes of the headings of a document. */
const anchorsOf = (file: string): Set<string> =>
  new Set(
    [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

/** Links and pictures of a document, but for those of other sites. */
const linksOf = (file: string): string[] =>
  [...textOf(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? "")
    .filter((link) => !/^(https?|mailto):/.test(link));

function isBroken(file: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : join(dirname(file), path);
  if (!existsSync(join(ROOT, target))) {
    return true;
  }
  return anchor !== undefined && statSync(join(ROOT, target)).isFile() && !anchorsOf(target).has(anchor);
}

test("no document has a broken link", () => {
  const files = documents();
  expect(files).toEqual(expect.arrayContaining(["README.md", join("docs", "module.md")]));
  const broken = files.flatMap((file) =>
    linksOf(file)
      .filter((link) => isBroken(file, link))
      .map((link) => `${file}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test("a link to a file or a heading that is not there is broken", () => {
  expect(["LICENSE", "docs/policies.md", "#start"].filter((link) => isBroken("README.md", link))).toEqual([]);
  expect(["LICENCE", "docs/policies.md#none", "#none"].filter((link) => !isBroken("README.md", link))).toEqual([]);
});
