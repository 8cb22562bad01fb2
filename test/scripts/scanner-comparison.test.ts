import { scannerComparison } from "../../scripts/scanner-comparison";
import { SCANNER_RULES } from "../../scripts/scanner-rules";
import { cell } from "../helpers/markdown";

/** The section of a scanner, without its heading. */
const sectionOf = (scanner: string): string =>
  (scannerComparison().split(`\n\n## ${scanner}\n\n`)[1] ?? "").split("\n## ")[0] ?? "";

describe("the comparison with scanners", () => {
  test("has a section for each scanner", () => {
    expect(scannerComparison().match(/^#+ .*$/gm)).toEqual([
      "# Policies and scanners",
      "## Checkov",
      "## Security Hub",
      "## cfn-guard",
    ]);
  });

  test.each(["Checkov", "Security Hub", "cfn-guard"] as const)(
    "has the rules of %s, and how many are followed",
    (scanner) => {
      const rules = SCANNER_RULES.filter((rule) => rule.scanner === scanner);
      const followed = rules.filter(({ policies }) => policies.length > 0);
      const [summary, , ...table] = sectionOf(scanner).trimEnd().split("\n");
      expect(summary?.endsWith(`: ${followed.length} of ${rules.length} are followed.`)).toBe(true);
      expect(table.slice(0, 2)).toEqual([
        "| rule | what it requires | policy | difference, or why it is not followed |",
        "| --- | --- | --- | --- |",
      ]);
      expect(table.slice(2)).toEqual(
        rules.map(
          ({ id, title, policies, note }) =>
            `| ${id} | ${cell(title)} | ${policies.length === 0 ? "none" : policies.map((policy) => `\`${policy}\``).join(", ")} | ${cell(note ?? "")} |`,
        ),
      );
    },
  );

  test("says none for a rule that no policy follows, and names each policy of one that several follow", () => {
    expect(sectionOf("Checkov")).toMatch(/\n\| CKV_AWS_7 \| KMS keys rotate \| none \| The module creates no key/);
    expect(sectionOf("Checkov")).toMatch(/\n\| CKV_AWS_20 \| [^|]+ \| `KFF-BKT-001`, `KFF-BKT-002` \| /);
  });
});
