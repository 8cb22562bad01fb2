import { existsSync } from "node:fs";
import { join } from "node:path";
import { POLICIES } from "../../policies";
import { policyCatalogue } from "../../scripts/policy-catalogue";
import { cell } from "../helpers/markdown";

describe("the catalogue of policies", () => {
  test("has a row for each policy, in their order, with severity, title, reason and source", () => {
    const rows = policyCatalogue()
      .split("\n")
      .filter((line) => line.startsWith("| `KFF-"));
    expect(rows).toEqual(
      POLICIES.map(
        ({ id, severity, title, why, source }) =>
          `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(why)} | ${cell(source)} |`,
      ),
    );
  });

  test("has them under one heading, as one table", () => {
    expect(policyCatalogue()).toMatch(
      /\n## The catalogue\n\n[^|]*\n\n\| policy \| severity \| [^|]+ \| why \| source \|\n\| --- \| --- \| --- \| --- \| --- \|\n\| `KFF-/,
    );
  });

  test("counts them in the example of a fleet", () => {
    expect(policyCatalogue()).toContain(`\t-\tplan\t${POLICIES.length} policies on 2 streams, `);
  });

  test("names policies that exist, and no others", () => {
    const named = new Set(policyCatalogue().match(/KFF-[A-Z]+-\d+/g));
    expect([...named].sort()).toEqual(POLICIES.map(({ id }) => id).sort());
  });

  test("links files that are there", () => {
    const links = [...policyCatalogue().matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !existsSync(join(__dirname, "../../docs", link)))).toEqual([]);
  });

  test("has no placeholder that was not filled in", () => {
    expect(policyCatalogue()).not.toMatch(/undefined|\[object|\$\{/);
  });
});
