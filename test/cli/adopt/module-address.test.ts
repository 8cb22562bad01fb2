import { parseModuleAddress } from "../../../cli/adopt/module-address";
import { UnusableInput } from "../../../cli/exit-codes";

describe("the address of a module", () => {
  test.each([
    ["module.kloudfuse", "kloudfuse", undefined],
    ['module.kloudfuse["eu"]', "kloudfuse", '"eu"'],
    ['module.kloudfuse["a\\"b.c]"]', "kloudfuse", '"a\\"b.c]"'],
    ["module.a.module.b[0]", "b", "0"],
    ["module.a[10].module.b-c_d", "b-c_d", undefined],
    ["module._ü", "_ü", undefined],
  ])("may be %s", (text, name, key) => {
    expect(parseModuleAddress(text)).toEqual({ text, name, key });
  });

  test.each([
    "",
    "kloudfuse",
    "module",
    "module.",
    "module.kloudfuse.",
    "module.kloudfuse[eu]",
    "module.kloudfuse[01]",
    "module.kloudfuse[-1]",
    "module.kloudfuse[*]",
    'module.kloudfuse[""]',
    'module.kloudfuse["${each.key}"]',
    "module.1a",
    "module.a.aws_iam_role.b",
    " module.a",
  ])("may not be %p", (text) => {
    expect(() => parseModuleAddress(text)).toThrow(
      new UnusableInput(
        `--module must be the address of a module, got "${text}". Use module.kloudfuse, 'module.kloudfuse["eu"]' with for_each, 'module.a.module.b[0]' with count; quote it for the shell where it has brackets.`,
      ),
    );
  });
});
