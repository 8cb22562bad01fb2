import type { Command } from "commander";
import { type CommandWords, type OptionWords, wordsOf } from "./words";

/** The script that completes the command in Bash. */
export function bashCompletion(program: Command): string {
  const { name, commands } = wordsOf(program);
  const names = commands.map((command) => command.name);
  const identifier = `_${name.replaceAll("-", "_")}`;
  return `# Completion of ${name} in Bash: source <(${name} completion bash)
${identifier}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${names.join("|")}) command="$word"; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(valueCases).join("\n")}
  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${names.join(" ")} --help --version" -- "$current")) ;;
${commands.map(commandCase).join("\n")}
  esac
}
complete -o default -F ${identifier} ${name}
`;
}

const valueCases = ({ name, options }: CommandWords): string[] =>
  options.filter(({ takesValue }) => takesValue).map((option) => valueCase(name, option));

/** If any value is possible, Bash completes file names by default. */
const valueCase = (command: string, { flags, values }: OptionWords): string =>
  `    ${flags.map((flag) => `"${command} ${flag}"`).join("|")}) ${
    values.length === 0 ? "" : `COMPREPLY=($(compgen -W "${values.join(" ")}" -- "$current")); `
  }return ;;`;

const commandCase = ({ name, options, values }: CommandWords): string =>
  `    ${name}) COMPREPLY=($(compgen -W "${[...values, ...options.flatMap(({ flags }) => flags)].join(" ")}" -- "$current")) ;;`;
