import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asObject, parsedJson } from "../iam/json";

const read = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");

let document = "";
let dependencies: readonly string[] = [];

beforeAll(() => {
  document = read("docs/dependencies.md");
  dependencies = ["package.json", "cli/package.json"].flatMap((file) => {
    const json = asObject(parsedJson(read(file)));
    return ["dependencies", "devDependencies", "peerDependencies"].flatMap((kind) => Object.keys(asObject(json[kind])));
  });
});

test("each direct dependency is documented", () => {
  expect([...new Set(dependencies)].filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});

test("each documented dependency is one", () => {
  const documented = [...document.matchAll(/^\| (.+?) \|/gm)].flatMap(([, names = ""]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  expect(documented.filter((name) => !dependencies.includes(name))).toEqual([]);
});
