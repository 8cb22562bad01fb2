import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn, importsOf } from "./helpers/source-files";

const ROOT = join(__dirname, "..");

/** Which folder may import which, besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  iam: [],
  modules: ["iam"],
  policies: ["iam", "modules"],
  fleet: ["iam", "modules"],
  cli: ["iam", "modules", "policies", "fleet"],
  scripts: ["iam", "modules", "policies", "fleet", "cli"],
  test: ["iam", "modules", "policies", "fleet", "cli", "scripts"],
  bench: ["iam", "modules", "policies", "fleet", "cli", "scripts", "test"],
};
const FOLDERS = Object.keys(ALLOWED);

let files: readonly string[] = [];
let graph: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  files = FOLDERS.flatMap(filesIn);
  graph = new Map(files.map((file) => [file, importsOf(file).map(({ path }) => path)]));
});

const folderOf = (file: string): string => file.split("/")[0] ?? "";

test.each(Object.entries(ALLOWED))("%s imports nothing but itself and %j", (folder, allowed) => {
  const wrong = [...graph]
    .filter(([file]) => folderOf(file) === folder)
    .flatMap(([file, imports]) => imports.map((target) => ({ file, target })))
    .filter(({ target }) => ![folder, ...allowed].includes(folderOf(target)));
  expect(wrong).toEqual([]);
});

test("policies, the fleet and the command import tables of the modules, never a construct", () => {
  const isConstruct = (file: string): boolean =>
    /from "(constructs|cdktf|@cdktf\/)/.test(readFileSync(join(ROOT, file), "utf8"));
  const reached = new Map<string, string>();
  const visit = (file: string, from: string): void => {
    if (!reached.has(file)) {
      reached.set(file, from);
      graph.get(file)?.forEach((target) => {
        visit(target, file);
      });
    }
  };
  files
    .filter((file) => ["policies", "fleet", "cli"].includes(folderOf(file)))
    .forEach((file) => {
      visit(file, "");
    });
  expect([...reached].filter(([file]) => isConstruct(file))).toEqual([]);
});

test("constructs, policies, the fleet and the command import no stack", () => {
  const wrong = [...graph].filter(
    ([file, imports]) =>
      /^(modules\/(?!index\.ts$|stacks\/)|policies\/|fleet\/|cli\/)/.test(file) &&
      imports.some((target) => target.startsWith("modules/stacks/")),
  );
  expect(wrong).toEqual([]);
});

test("no file imports itself through others", () => {
  const [done, path] = [new Set<string>(), new Array<string>()];
  const cycles = new Array<string>();
  const visit = (file: string): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) {
      return;
    }
    path.push(file);
    graph.get(file)?.forEach(visit);
    path.pop();
    done.add(file);
  };
  files.forEach(visit);
  expect(cycles).toEqual([]);
});

test("no two types have one name, so that a search for it gives one answer", () => {
  const declared = files.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), "utf8").matchAll(
        /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm,
      ),
    ].map(([, name]) => ({ name, file })),
  );
  const repeated = declared.filter(({ name }) => declared.filter((other) => other.name === name).length > 1);
  expect(repeated).toEqual([]);
});
