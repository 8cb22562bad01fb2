import { type AdoptionReport, adoptionExitCode, adoptionJson, renderAdoption } from "../../../cli/adopt/report";
import { ADOPTION_ACTIONS, type AdoptionAction, type AdoptionPart } from "../../../cli/adopt/part";
import { Json } from "../../e2e/helpers/json";
import { fakeTerminal } from "../../helpers/terminal";

const adoptionWith = (...actions: readonly AdoptionAction[]): AdoptionPart => ({
  items: actions.map((action) => ({ action, subject: "role r", name: action, found: "found", remedy: "" })),
  imports: [{ to: "aws_iam_role.delivery[0]", id: "r" }],
  inputs: { roleName: "s3cr3t" },
});
const reportWith = (fields: Partial<AdoptionReport> = {}): AdoptionReport => ({
  accountId: "123456789012",
  regions: ["eu-west-1"],
  evaluatedAt: new Date("2026-01-31T12:00:00Z"),
  adoption: adoptionWith("import"),
  module: undefined,
  files: ["out/imports.tf.json"],
  needsAccessKey: false,
  looksManaged: false,
  ...fields,
});
const linesOf = (report: AdoptionReport): string[] =>
  renderAdoption(report, fakeTerminal({ isTTY: false })).split("\n");

describe("the report of an adoption", () => {
  test("ends with 1 while a decision is open, and with 2 where something is undetermined", () => {
    expect(adoptionExitCode(adoptionWith("unknown", "decide"))).toBe(1);
    expect(adoptionExitCode(adoptionWith("unknown", "import"))).toBe(2);
    expect(adoptionExitCode(adoptionWith("leave", "change", "import", "create"))).toBe(0);
  });

  test("has what is open first, and what is created last", () => {
    const lines = linesOf(reportWith({ adoption: adoptionWith(...[...ADOPTION_ACTIONS].reverse()), files: [] }));
    expect(lines.slice(1, -4).map((line) => line.split("\t")[0])).toEqual(ADOPTION_ACTIONS);
    expect(lines.at(-2)).toBe("# Nothing was written: 1 decision open, 1 undetermined.");
  });

  test("says what was written, and what comes next", () => {
    expect(linesOf(reportWith())).toEqual([
      "# Account 123456789012, region eu-west-1, evaluated 2026-01-31 12:00:00Z",
      "import\teu-west-1\trole r\timport\tfound\t-",
      "# 1 import, 0 new resources, 0 changes in place, 0 left as they are",
      "# Inputs: role_name",
      "# Written: out/imports.tf.json",
      "# Next: cdktf diff; then cdktf deploy, and delete the import blocks.",
      "",
    ]);
  });

  test("warns of a plan without the access key where the user has it", () => {
    const warning = "# Pass the access key to every plan and apply: without it the streams may lose theirs.";
    expect(linesOf(reportWith({ needsAccessKey: true }))).toContain(warning);
    expect(linesOf(reportWith())).not.toContain(warning);
  });

  test("says that the arguments of a module are to be pasted", () => {
    expect(linesOf(reportWith({ module: "module.k" })).slice(-3)).toEqual([
      "# Paste the arguments into the block of module.k: Terraform does not read them from the file.",
      "# Next: terraform plan -out=plan.bin && terraform show -json plan.bin | kloudfuse-firehose policy; then apply, and delete the import blocks.",
      "",
    ]);
  });

  test("hints at a deployment that Terraform made, and lists no inputs where there are none", () => {
    const lines = linesOf(reportWith({ looksManaged: true, adoption: { ...adoptionWith("import"), inputs: {} } }));
    expect(lines).toContain(
      "# The deployment seems to be managed by Terraform already. Importing a resource at the address that it has in the state changes nothing; importing it into another state gives it two owners.",
    );
    expect(lines.some((line) => line.startsWith("# Inputs"))).toBe(false);
  });

  test("is on a terminal a list with details", () => {
    const items = adoptionWith("leave").items.map((item) => ({ ...item, details: ["why"] }));
    expect(renderAdoption(reportWith({ adoption: { ...adoptionWith(), items } }), fakeTerminal())).toContain(
      "    - why",
    );
  });

  test("is JSON without values of inputs", () => {
    const json = Json.parse(adoptionJson(reportWith({ module: "module.k" })));
    expect(json.at("summary").value).toEqual({
      account: "123456789012",
      regions: ["eu-west-1"],
      evaluatedAt: "2026-01-31T12:00:00.000Z",
      module: "module.k",
      looksManaged: false,
      counts: { decide: 0, unknown: 0, leave: 0, change: 0, import: 1, create: 0 },
      files: ["out/imports.tf.json"],
      exitCode: 0,
    });
    expect(json.at("items").list[0]?.at("details").value).toEqual([]);
    expect(json.at("imports").value).toEqual([{ to: "module.k.aws_iam_role.delivery[0]", id: "r" }]);
    expect(json.at("inputs").value).toEqual(["role_name"]);
    expect(adoptionJson(reportWith())).not.toContain("s3cr3t");
    expect(Json.parse(adoptionJson(reportWith())).at("imports", 0, "to").text).toBe("aws_iam_role.delivery[0]");
  });
});
