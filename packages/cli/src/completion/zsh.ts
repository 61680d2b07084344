import type { Command } from "commander";
import { type CommandWords, listCommandWords } from "./words";

/** Writes the completion script of Zsh, for a file `_mgs` in a folder of `fpath`. */
export function writeZshCompletion(program: Command): string {
  const commands = listCommandWords(program);
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
${commands.map(writeCase).join("\n")}
  esac
}
_mgs "$@"`;
}

function writeCase({ name, options, argument }: CommandWords): string {
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
