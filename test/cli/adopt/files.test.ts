import { adoptionFiles } from "../../../cli/adopt/files";
import { parseModuleAddress } from "../../../cli/adopt/module-address";

const ADOPTION = {
  items: [],
  imports: [{ to: "aws_iam_role.delivery[0]", id: "role" }],
  inputs: { kloudfuseIngesterHost: "kfuse.example.com", tags: { team: "x" } },
};
const SCOPE = { region: "eu-west-1", module: undefined, needsAccessKey: false };

describe("the files", () => {
  test("of the root stack are import blocks and variables", () => {
    const files = adoptionFiles(ADOPTION, SCOPE);
    expect(files.map(({ name }) => name)).toEqual(["imports.tf.json", "kloudfuse.auto.tfvars.json"]);
    expect(files.map(({ content }): unknown => JSON.parse(content))).toEqual([
      { import: ADOPTION.imports },
      { aws_region: "eu-west-1", kloudfuse_ingester_host: "kfuse.example.com", tags: { team: "x" } },
    ]);
    expect(files.every(({ content }) => content.endsWith("}\n"))).toBe(true);
  });

  test("of a module are import blocks and arguments", () => {
    const [imports, module] = adoptionFiles(ADOPTION, { ...SCOPE, module: parseModuleAddress('module.k["eu"]') });
    expect(JSON.parse(imports?.content ?? "")).toEqual({
      import: [{ to: 'module.k["eu"].aws_iam_role.delivery[0]', id: "role" }],
    });
    expect(module?.name).toBe("kloudfuse-module-arguments.hcl");
    expect(module?.content).toContain('kloudfuse_ingester_host = "kfuse.example.com"');
    expect(module?.content).not.toContain("aws_region");
  });
});
