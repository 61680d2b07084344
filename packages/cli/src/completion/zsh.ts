import type { Command } from "commander";
import { type CommandWords, wordsOf } from "./words";

/** For a folder of `fpath`, as `_mgs`. */
export function zshCompletion(program: Command): string {
  const commands = wordsOf(program);
  return `#compdef mgs
# zsh completion for mgs. Made by: npm run --silent mgs -- completion zsh
_mgs() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name.replaceAll(":", "\\:")}:${summary}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(caseOf).join("\n")}
  esac
}
_mgs "$@"`;
}

function caseOf({ name, options, argument }: CommandWords): string {
  const specs = options.map(({ flag, summary, value }) => {
    const what = value === null ? "" : `:value:${Array.isArray(value) ? `(${value.join(" ")})` : ""}`;
    return quote(`*${flag}[${summary.replace(/[[\]:]/g, "\\$&")}]${what}`);
  });
  const rest =
    argument === null ? [] : [quote(`*:value:${Array.isArray(argument) ? `(${argument.join(" ")})` : "_files"}`)];
  return `    ${name}) _arguments ${[...specs, ...rest].join(" ")} ;;`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
