// Changes each file of the constructs, the policies, the fleet and the evaluator of IAM documents in small ways, and runs
// the tests nearest to it: npm run mutation -- [path…]
// One run of Stryker for all would start every test file again for every change, and take days.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn, importsOf } from "./helpers/source-files";
import { ownTestOf, sharedTestOf } from "./helpers/source-tests";

const MIN_SCORE_PERCENT = 90;
const FOLDER = ".build/mutation";
const SOURCE_FOLDERS = ["iam", "modules", "policies", "fleet"];

/** It compares what is generated with what is committed: it notices nearly every change, and says nothing of its worth. */
const GENERATED_FILES_TEST = "test/generated-files.test.ts";

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A change of a source, as Stryker's report has it. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const isKilled = ({ status }: Mutant): boolean => ["Killed", "Timeout"].includes(status);
const isSurvivor = ({ status }: Mutant): boolean => ["Survived", "NoCoverage"].includes(status);

const everySource = SOURCE_FOLDERS.flatMap(filesIn);
const tests = [
  ...["test/iam", "test/policies", "test/fleet"].flatMap(filesIn),
  ...readdirSync("test").map((file) => join("test", file)),
].filter((file) => file.endsWith(".test.ts") && file !== GENERATED_FILES_TEST);

const namesIn = (list: string): string[] => list.split(",").map((name) => name.trim().replace(/^type /, ""));

const INDEX = "modules/index.ts";

/** The source of each name that the constructs' index exports: what imports one of them does not import all. */
const sourceOfExport = new Map(
  importsOf(INDEX).flatMap(({ path, names }) => namesIn(names).map((name) => [name, path] as const)),
);

const importedSources = new Map(
  [...everySource, ...tests].map((file) => [
    file,
    importsOf(file).flatMap(({ path, names }) =>
      path === INDEX ? namesIn(names).flatMap((name) => sourceOfExport.get(name) ?? []) : [path],
    ),
  ]),
);

/** How many imports lead from a test to each source; not through the list of all policies. */
function distancesFrom(test: string): ReadonlyMap<string, number> {
  const distances = new Map([[test, 0]]);
  for (const [file, distance] of distances) {
    for (const next of importedSources.get(file) ?? []) {
      if (!distances.has(next) && next !== "policies/index.ts") {
        distances.set(next, distance + 1);
      }
    }
  }
  return distances;
}

const distances = new Map(tests.map((test) => [test, distancesFrom(test)]));

/** More of them make a run of hours. */
const MAX_TESTS = 12;

const ownTestsOf = (source: string): string[] => [ownTestOf(source, existsSync) ?? sharedTestOf(source) ?? []].flat();

/** The tests that are nearest to a source: those with the fewest imports between, and those of what imports it. */
function nearTestsOf(source: string): string[] {
  const reaching = tests.flatMap((test) => {
    const distance = distances.get(test)?.get(source);
    return distance === undefined ? [] : [{ test, distance }];
  });
  const nearest = Math.min(...reaching.map(({ distance }) => distance));
  const within = (limit: number): string[] =>
    reaching.filter(({ distance }) => distance <= limit).map(({ test }) => test);
  const importers = everySource.filter((file) => importedSources.get(file)?.includes(source) === true);
  const inOrder = [...within(nearest), ...importers.flatMap(ownTestsOf), ...within(nearest + 1)];
  return [...new Set(inOrder)].slice(0, MAX_TESTS);
}

interface Turn {
  readonly tests: readonly string[];
  /**
   * `perTest` runs the tests that reach a change, and leaves out what runs while a file loads; it does not know what a
   * `beforeAll` reaches. `all` runs every test.
   */
  readonly coverageAnalysis: "perTest" | "all";
}

/** The tests of a source, in turns: each but the first runs for those changes alone that no earlier one notices. */
function turnsOf(source: string): readonly Turn[] {
  if (source.startsWith("iam/")) {
    // The table of IAM's semantics holds all of the evaluator.
    return [{ tests: tests.filter((test) => test.startsWith("test/iam/")), coverageAnalysis: "perTest" }];
  }
  const own = ownTestsOf(source);
  // Most tests of the fleet read files whole, through a helper, so that imports do not tell which is nearest.
  const near = source.startsWith("fleet/") ? ["test/fleet/read.test.ts"] : nearTestsOf(source);
  const turns: readonly Turn[] = [
    { tests: own, coverageAnalysis: "perTest" },
    { tests: own, coverageAnalysis: "all" },
    { tests: near.filter((test) => !own.includes(test)), coverageAnalysis: "all" },
  ];
  return turns.filter((turn) => turn.tests.length > 0);
}

/** Runs tests on the changes of a source, or of ranges of it. */
function mutate(source: string, ranges: readonly string[], { tests, coverageAnalysis }: Turn): readonly Mutant[] {
  const name = source.replaceAll("/", "-");
  const reportFile = join(FOLDER, `${name}.json`);
  const config = {
    testRunner: "jest",
    jest: {
      projectType: "custom",
      enableFindRelatedTests: false,
      config: {
        testEnvironment: "node",
        // Types are checked elsewhere, and take most of a run.
        transform: { "\\.ts$": ["ts-jest", { diagnostics: false, isolatedModules: true }] },
        roots: [...SOURCE_FOLDERS, "test", "cli"].map((folder) => `<rootDir>/${folder}`),
        testMatch: tests.map((file) => `<rootDir>/${file}`),
      },
    },
    coverageAnalysis,
    ignoreStatic: coverageAnalysis === "perTest",
    timeoutMS: 10_000,
    mutate: ranges,
    // Stryker would add the projects of jest.config.js, and build the command for each change.
    ignorePatterns: ["/.build", "/cdktf.out", "/dist", "/cli/dist", "/jest.config.js"],
    reporters: ["json"],
    concurrency: 2,
    tempDirName: join(FOLDER, "sandbox"),
    jsonReporter: { fileName: reportFile },
  };
  mkdirSync(FOLDER, { recursive: true });
  const configFile = join(FOLDER, `${name}.config.json`);
  writeFileSync(configFile, JSON.stringify(config));
  execFileSync("npx", ["stryker", "run", configFile], { stdio: ["ignore", "ignore", "inherit"] });
  const report = JSON.parse(readFileSync(reportFile, "utf8")) as MutationReport;
  return Object.values(report.files).flatMap(({ mutants }) => mutants);
}

const rangeOf = (source: string, { location: { start, end } }: Mutant): string =>
  `${source}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

/** The changes of a source, each as the last tests that ran on it left it. */
function mutantsOf(source: string): readonly Mutant[] {
  const mutants = new Map<string, Mutant>();
  let ranges = [source];
  for (const turn of turnsOf(source)) {
    for (const mutant of mutate(source, ranges, turn)) {
      const key = JSON.stringify([mutant.location, mutant.mutatorName, mutant.replacement]);
      const known = mutants.get(key);
      // A range has other changes in it, which the first turn may have noticed or left out.
      if (known === undefined || isSurvivor(known)) {
        mutants.set(key, mutant);
      }
    }
    const survivors = [...mutants.values()].filter(isSurvivor);
    if (survivors.length === 0) {
      break;
    }
    ranges = [...new Set(survivors.map((mutant) => rangeOf(source, mutant)))];
  }
  return [...mutants.values()];
}

const requested = process.argv.slice(3);
const sources = everySource.filter((file) => requested.length === 0 || requested.some((path) => file.startsWith(path)));
let [killed, total] = [0, 0];
for (const source of sources) {
  const mutants = mutantsOf(source);
  const survivors = mutants.filter(isSurvivor);
  const noticed = mutants.filter(isKilled).length;
  killed += noticed;
  total += noticed + survivors.length;
  console.log(`${source}: ${noticed} of ${noticed + survivors.length}`);
  for (const { status, location, replacement, mutatorName } of survivors) {
    console.log(`  ${status} ${location.start.line}:${location.start.column} ${mutatorName} → ${String(replacement)}`);
  }
}
const score = (100 * killed) / Math.max(total, 1);
console.log(`${score.toFixed(1)}% of ${total} mutants killed, at least ${MIN_SCORE_PERCENT}%`);
process.exitCode = score >= MIN_SCORE_PERCENT ? 0 : 1;
