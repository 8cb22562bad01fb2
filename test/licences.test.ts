import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asObject, parsedJson } from "../iam/json";

/** Licences that a company accepts in what it builds with. */
const ACCEPTED = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Python-2.0",
  "Unlicense",
];

/** Packages whose licence is named otherwise, each with the reason why it is accepted. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  jsonify: "Public Domain: of cdktf-cli, in no package of ours",
};

let packages: readonly { readonly name: string; readonly license: unknown }[] = [];

beforeAll(() => {
  const lock = asObject(parsedJson(readFileSync(join(__dirname, "../package-lock.json"), "utf8")));
  packages = Object.entries(asObject(lock["packages"])).flatMap(([path, entry]) => {
    const { license, link } = asObject(entry);
    return path.includes("node_modules/") && link !== true
      ? [{ name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), license }]
      : [];
  });
});

/** Of a choice such as `(MIT OR GPL-3.0-or-later)`, one is enough. */
const isAccepted = (license: unknown): boolean =>
  typeof license === "string" &&
  license
    .replace(/^\(|\)$/g, "")
    .split(" OR ")
    .some((choice) => ACCEPTED.includes(choice));

test("each package of the tree has a licence that a company accepts", () => {
  expect(packages.length).toBeGreaterThan(500);
  expect(
    packages
      .filter(({ name, license }) => !isAccepted(license) && NAMED_OTHERWISE[name] === undefined)
      .map(({ name, license }) => `${name}: ${String(license)}`),
  ).toEqual([]);
});

test("each exception is still in the tree", () => {
  const names = new Set(packages.map(({ name }) => name));
  expect(Object.keys(NAMED_OTHERWISE).filter((name) => !names.has(name))).toEqual([]);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-or-later)", true],
  ["GPL-3.0-only", false],
  ["AGPL-3.0-only OR LGPL-3.0-only", false],
  [undefined, false],
])("the licence %s is accepted: %s", (license, accepted) => {
  expect(isAccepted(license)).toBe(accepted);
});
