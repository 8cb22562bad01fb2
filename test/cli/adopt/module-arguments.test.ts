import { parseModuleAddress } from "../../../cli/adopt/module-address";
import { moduleArguments } from "../../../cli/adopt/module-arguments";

const textOf = (values: Readonly<Record<string, unknown>>, address = "module.k", needsAccessKey = false): string =>
  moduleArguments(parseModuleAddress(address), values, { needsAccessKey });

describe("the arguments of a module", () => {
  test("are aligned as terraform fmt aligns them", () => {
    expect(textOf({ create_role: false, retry_duration_seconds: 600, tags: { team: "x" } })).toBe(
      `# Arguments of module.k: paste them into its block, module "k".
create_role            = false
retry_duration_seconds = 600
tags                   = { "team" = "x" }
`,
    );
  });

  test("are on several lines where they are long", () => {
    const name = (letter: string): string => letter.repeat(45);
    expect(
      textOf({
        create_role: false,
        log_groups: { [name("a")]: "/a", b: name("b") },
        excluded: [name("c"), name("d"), { e: [] }],
        x: 1,
        role_name: "r",
      }),
    ).toBe(`# Arguments of module.k: paste them into its block, module "k".
create_role = false
log_groups = {
  "${name("a")}" = "/a"
  "b"${" ".repeat(44)} = "${name("b")}"
}
excluded = [
  "${name("c")}",
  "${name("d")}",
  { "e" = [] },
]
x         = 1
role_name = "r"
`);
  });

  test("escape what Terraform would evaluate", () => {
    expect(textOf({ a: 'it is "${x}" and %{ y }, not $x', b: {} })).toContain(
      'a = "it is \\"$${x}\\" and %%{ y }, not $x"\nb = {}\n',
    );
  });

  test("say which instance they are of, and that the access key comes from elsewhere", () => {
    expect(textOf({}, 'module.a.module.b["eu"]', true)).toBe(
      `# Arguments of module.a.module.b["eu"]: paste them into its block, module "b".
# They are for the instance ["eu"]: take values that differ between instances from each.value.
# Add access_key too, from a sensitive variable.
`,
    );
    expect(textOf({}, "module.a.module.b[0]")).toContain(
      "# They are for the instance [0]: take values that differ between instances from a list by count.index.\n",
    );
  });
});
