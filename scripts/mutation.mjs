/* global console */
// Mutates each file of the constructs, the policies, the fleet and the evaluator of IAM documents, and runs the tests nearest to it: npm run mutation -- [path…]
// One run of Stryker for all would start every test file again for every mutant, and take days.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const MIN_SCORE = 90;
const FOLDER = ".build/mutation";
const KILLED = ["Killed", "Timeout"];
const SURVIVED = ["Survived", "NoCoverage"];

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .sort();

const asked = process.argv.slice(2);
const SOURCES = ["iam", "modules", "policies", "fleet"];
const sources = SOURCES.flatMap(filesIn).filter(
  (file) => asked.length === 0 || asked.some((path) => file.startsWith(path)),
);
const ofModules = readdirSync("test").map((file) => join("test", file));
const tests = [...["test/iam", "test/policies", "test/fleet"].flatMap(filesIn), ...ofModules].filter((file) =>
  file.endsWith(".test.ts"),
);

const importsOf = new Map(
  [...SOURCES.flatMap(filesIn), ...tests].map((file) => [
    file,
    [...readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)"/g)].flatMap(([, path]) => {
      const target = relative(".", resolve(dirname(file), path));
      return [`${target}.ts`, `${target}/index.ts`].filter((each) => existsSync(each));
    }),
  ]),
);

/** How many imports lead from a test to each source; not through the list of all policies. */
function distancesFrom(test) {
  const distances = new Map([[test, 0]]);
  for (const [file, distance] of distances) {
    for (const next of importsOf.get(file) ?? []) {
      if (!distances.has(next) && next !== "policies/index.ts") {
        distances.set(next, distance + 1);
      }
    }
  }
  return distances;
}

const distances = new Map(tests.map((test) => [test, distancesFrom(test)]));

const ROOTS = ["iam", "policies", "modules", "fleet", "test", "cli"].map((folder) => `<rootDir>/${folder}`);

/** More of them make a run of hours, and what is everywhere has tests of its own that are nearest. */
const MAX_TESTS = 12;

/** The tests that are nearest to a file, and those one import further if they are few. */
function testsOf(source) {
  if (source.startsWith("iam/")) {
    // The table of IAM's semantics holds all of the evaluator.
    return tests.filter((test) => test.startsWith("test/iam/"));
  }
  if (source.startsWith("fleet/")) {
    // Most tests read files whole, through a helper, so that imports do not tell which is nearest.
    const own = `test/${source.replace(/\.ts$/, ".test.ts")}`;
    return tests.filter((test) => test === own || test === "test/fleet/read.test.ts");
  }
  const reaching = tests.flatMap((test) => {
    const distance = distances.get(test).get(source);
    return distance === undefined ? [] : [{ test, distance }];
  });
  const nearest = Math.min(...reaching.map(({ distance }) => distance));
  const within = (limit) => reaching.filter(({ distance }) => distance <= limit).map(({ test }) => test);
  const near = within(nearest + 1);
  return near.length > MAX_TESTS ? within(nearest) : near;
}

function mutate(source, testMatch) {
  const name = source.replaceAll("/", "-");
  const config = {
    testRunner: "jest",
    jest: {
      projectType: "custom",
      enableFindRelatedTests: false,
      config: {
        testEnvironment: "node",
        // Types are checked elsewhere, and take most of a run.
        transform: { "\\.ts$": ["ts-jest", { diagnostics: false, isolatedModules: true }] },
        roots: ROOTS,
        testMatch: testMatch.map((file) => `<rootDir>/${file}`),
      },
    },
    coverageAnalysis: "perTest",
    // Mutants that run while a file loads would need a new process each.
    ignoreStatic: true,
    timeoutMS: 10_000,
    mutate: [source],
    ignorePatterns: [
      "**",
      "!/iam/**",
      "!/policies/**",
      "!/modules/**",
      "!/fleet/**",
      "!/examples/**",
      "!/test/**",
      "!/cli/**",
      "!/*.json",
      "!/scripts/**",
    ],
    reporters: ["json"],
    concurrency: 2,
    tempDirName: join(FOLDER, "sandbox"),
    jsonReporter: { fileName: join(FOLDER, `${name}.json`) },
  };
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name}.config.json`);
  writeFileSync(file, JSON.stringify(config));
  execFileSync("npx", ["stryker", "run", file], { stdio: ["ignore", "ignore", "inherit"] });
  const report = JSON.parse(readFileSync(config.jsonReporter.fileName, "utf8"));
  return Object.values(report.files).flatMap(({ mutants }) => mutants);
}

const scoreOf = (mutants) => {
  const count = (statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const [killed, survived] = [count(KILLED), count(SURVIVED)];
  return { killed, all: killed + survived };
};

let [killed, all] = [0, 0];
for (const source of sources) {
  const testMatch = testsOf(source);
  if (testMatch.length === 0) {
    console.log(`${source}: no test reaches it`);
    continue;
  }
  const mutants = mutate(source, testMatch);
  const score = scoreOf(mutants);
  killed += score.killed;
  all += score.all;
  console.log(`${source}: ${score.killed} of ${score.all}`);
  for (const { status, location, replacement, mutatorName } of mutants) {
    if (SURVIVED.includes(status)) {
      console.log(
        `  ${status} ${location.start.line}:${location.start.column} ${mutatorName} → ${String(replacement)}`,
      );
    }
  }
}
console.log(`${((100 * killed) / Math.max(all, 1)).toFixed(1)}% of ${all} mutants killed, at least ${MIN_SCORE}%`);
process.exitCode = killed >= (all * MIN_SCORE) / 100 ? 0 : 1;
