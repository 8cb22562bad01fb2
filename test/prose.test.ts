import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { INPUT_NAMES, inputOf } from "../modules/inputs";

const MODULES = join(__dirname, "../modules");

/** The docstring of a property of a construct. */
interface Docstring {
  readonly file: string;
  /** Name of the property. */
  readonly name: string;
  readonly doc: string;
}

let docstrings: readonly Docstring[] = [];

beforeAll(() => {
  docstrings = readdirSync(MODULES)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(join(MODULES, file), "utf8");
      return [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+readonly (\w+)\??:/g)].map(
        ([, doc = "", name = ""]) => ({
          file,
          name,
          doc: doc.replace(/\s*\n\s*\* ?/g, " "),
        }),
      );
    });
});

/** The range of a whole number in the rules of an input, as prose says it. */
const rangeOf = (name: (typeof INPUT_NAMES)[number]): string | undefined =>
  inputOf(name)
    .rules.map(({ text }) => /^be a whole number from (\d+ to \d+)$/.exec(text)?.[1])
    .find((range) => range !== undefined);

const numbers = INPUT_NAMES.flatMap((name) => {
  const range = rangeOf(name);
  return range === undefined ? [] : [{ name, range }];
});

/** Firehose's own limits, which are wider than the guide's. */
const OF_FIREHOSE = "http-delivery-stream.ts";

describe.each(numbers)("the range of $name in prose", ({ name, range }) => {
  test("is that of the table in the variable's description, if it has one", () => {
    const { description } = inputOf(name);
    expect([/\d+ to \d+/.exec(description)?.[0] ?? range, name]).toEqual([range, name]);
  });

  test("is that of the table in the property's docstring", () => {
    const ofProperty = docstrings.filter((each) => each.name === name && each.file !== OF_FIREHOSE);
    expect(ofProperty.map(({ doc }) => /\d+ to \d+/.exec(doc)?.[0] ?? "none")).toEqual(ofProperty.map(() => range));
  });
});

test("a default that is a number or a text is that of the table in the property's docstring", () => {
  const ofOtherRole = "metric-stream-role.ts";
  const wrong = docstrings
    .filter(({ file }) => file !== OF_FIREHOSE && file !== ofOtherRole)
    .flatMap(({ name, doc }) => {
      const input = INPUT_NAMES.find((each) => each === name);
      const fallback = input === undefined ? undefined : inputOf(input).default;
      const said = /@default (".*?"|\d+)(?:\s|$)/.exec(doc)?.[1];
      return said === undefined || fallback === undefined || fallback === null || JSON.stringify(fallback) === said
        ? []
        : [{ name, said, fallback }];
    });
  expect(wrong).toEqual([]);
});

test("docstrings are found", () => {
  expect(docstrings.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["bufferingSizeMb", "retryDurationSeconds"]),
  );
  expect(numbers.map(({ name }) => name)).toEqual(expect.arrayContaining(["bufferingSizeMb", "retryDurationSeconds"]));
});
