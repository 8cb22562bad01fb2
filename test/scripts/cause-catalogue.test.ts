import type { Cause } from "../../cli/causes/cause";
import { CAUSES } from "../../cli/causes/causes";
import { causeCatalogue } from "../../scripts/cause-catalogue";
import { cell } from "../helpers/markdown";

const causes = (): readonly Cause[] => CAUSES;

/** The cells of a cause's row: what it is recognized by. */
const recognizedBy = (id: string): string | undefined => {
  const cause = causes().find((each) => each.id === id);
  const row = causeCatalogue()
    .split("\n")
    .find((line) => line.startsWith(`| **${cell(cause?.title ?? "")}** |`));
  return row?.split(" | ")[1];
};

describe("the list of causes", () => {
  test("has a row for each cause, in their order, with meaning, fix and source", () => {
    const rows = causeCatalogue()
      .split("\n")
      .filter((line) => line.startsWith("| **"));
    expect(rows.map((row) => row.split(" | ").filter((_, index) => index !== 1))).toEqual(
      causes().map(({ title, meaning, fix, source }) => [
        `| **${cell(title)}**`,
        cell(meaning),
        cell(fix),
        `${cell(source)} |`,
      ]),
    );
  });

  test.each<[id: string, expected: string]>([
    ["not-allowed", "status 403, words in the message"],
    ["redirected", "status 300 to 399"],
    ["not-found", "status 404 to 405, words in the message"],
    ["endpoint-slow", "status 408, `HttpEndpoint.RequestTimeout`, words in the message"],
    ["backup-denied", "`S3.AccessDenied`, `S3.MethodNotAllowed`"],
    ["backup-failing", "`S3.…`"],
  ])("says what recognizes %s: %s", (id, expected) => {
    expect(recognizedBy(id)).toBe(expected);
  });

  test("has its rows under one header", () => {
    expect(causeCatalogue()).toContain(
      "\n\n| cause | recognized by | meaning | fix | source |\n| --- | --- | --- | --- | --- |\n| **",
    );
  });

  test("says what recognizes each", () => {
    expect(causes().filter(({ id }) => recognizedBy(id) === "")).toEqual([]);
  });

  test("names the permanent causes, whose records are not sent again, and no others", () => {
    const permanent = causes().filter(({ isPermanent }) => isPermanent);
    expect(permanent.map(({ id }) => id)).toEqual(["too-large"]);
    expect(causeCatalogue()).toContain(
      "\n`replay` skips the records of a permanent cause (413: the request is too large): ",
    );
  });

  test("has a second table of the causes for which Kloudfuse's guide says something else", () => {
    const [, second = ""] = causeCatalogue().split("| cause | the guide says |\n| --- | --- |\n");
    expect(second.trimEnd().split("\n")).toEqual(
      causes().flatMap(({ title, guideSays }) =>
        guideSays === undefined ? [] : [`| ${cell(title)} | ${cell(guideSays)} |`],
      ),
    );
    expect(second).toContain("| 413: the request is too large | reduce the size; ");
  });
});
