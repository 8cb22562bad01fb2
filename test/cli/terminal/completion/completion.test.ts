import { execFileSync } from "node:child_process";
import { programOf } from "../../../../cli/program";
import { bashCompletion } from "../../../../cli/terminal/completion/bash";
import { fishCompletion } from "../../../../cli/terminal/completion/fish";
import { wordsOf } from "../../../../cli/terminal/completion/words";
import { zshCompletion } from "../../../../cli/terminal/completion/zsh";

const SCRIPTS = { bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion } as const;

/** What Bash offers for the last of some words. */
function offered(...words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = `${bashCompletion(programOf())}
COMP_WORDS=(kloudfuse-firehose ${quoted}); COMP_CWORD=${words.length}
_kloudfuse_firehose
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" })
    .split("\n")
    .filter((word) => word !== "");
}

describe("completion in Bash", () => {
  test("offers the commands", () => {
    expect(offered("")).toEqual([...programOf().commands.map((command) => command.name()), "--help", "--version"]);
    expect(offered("ver")).toEqual(["verify"]);
  });

  test("offers the options of the command, behind an option of all commands too", () => {
    expect(offered("verify", "--all")).toEqual(["--all-regions", "--all"]);
    expect(offered("--color", "never", "replay", "--col")).toEqual(["--color"]);
  });

  test("offers the values of an option and of an argument", () => {
    expect(offered("verify", "--format", "")).toEqual(["table", "json"]);
    expect(offered("policy", "--format", "s")).toEqual(["sarif"]);
    expect(offered("completion", "z")).toEqual(["zsh"]);
  });

  test("leaves a value of any kind to the completion of files", () => {
    expect(offered("replay", "--journal", "")).toEqual([]);
  });
});

describe.each(["bash", "fish", "zsh"] as const)("the script for %s", (shell) => {
  let script = "";

  beforeAll(() => {
    script = SCRIPTS[shell](programOf());
  });

  test("has every command with every option and value", () => {
    for (const { name, options, values } of wordsOf(programOf()).commands) {
      expect(script).toContain(name);
      for (const option of options) {
        for (const flag of option.flags) {
          expect(script).toContain(shell === "fish" ? `-l ${flag.slice(2)}` : flag);
        }
        expect(script).toContain(option.values.join(" "));
      }
      expect(script).toContain(values.join(" "));
    }
  });
});

test("zsh gets each option with its description and values", () => {
  expect(zshCompletion(programOf())).toContain(`'--signal[only this stream]:value:(metrics logs)'`);
});

test("fish gets each option with its description and values", () => {
  expect(fishCompletion(programOf())).toContain(
    `complete -c kloudfuse-firehose -n '__fish_seen_subcommand_from verify' -l signal -r -f -a 'metrics logs' -d 'only this stream'\n`,
  );
});
