import type { Command } from "commander";
import { type CommandWords, listCommandWords } from "./words";

/**
 * Writes the completion script of Bash. Bash ends a word at a colon, and our command names have one. So the script parses the
 * line by itself, and removes the part up to the last colon from its answers. It works with Bash 3.2 (macOS).
 */
export function writeBashCompletion(program: Command): string {
  const commands = listCommandWords(program);
  const names = [...commands.map(({ name }) => name), "--help"].join(" ");
  return `# bash completion for mgs. Made by: npm run --silent mgs -- completion bash
_mgs() {
  local line="\${COMP_LINE:0:COMP_POINT}" words=() choices="" cur last command previous prefix i
  read -ra words <<< "$line"
  case "$line" in *[[:space:]]) words+=("") ;; esac
  last=$(( \${#words[@]} - 1 ))
  cur="\${words[last]}"
  previous="\${words[last - 1]}"
  command=""
  if (( last > 1 )); then command="\${words[1]}"; fi
  case "$command" in
    "") choices="${names}" ;;
${commands.map(writeCase).join("\n")}
  esac
  COMPREPLY=( $(compgen -W "$choices" -- "$cur") )
  case "$COMP_WORDBREAKS" in
    *:*)
      prefix="\${cur%"\${cur##*:}"}"
      for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]="\${COMPREPLY[i]#"$prefix"}"; done
      ;;
  esac
}
complete -o default -F _mgs mgs`;
}

function writeCase({ name, options, argument }: CommandWords): string {
  const valued = options.filter(({ value }) => value !== null);
  const words = [...(Array.isArray(argument) ? argument : []), ...options.map(({ flag }) => flag)].join(" ");
  const lines = valued.map(
    ({ flag, value }) => `        ${flag}) choices="${Array.isArray(value) ? value.join(" ") : ""}" ;;`,
  );
  return [
    `    ${name})`,
    '      case "$previous" in',
    ...lines,
    `        *) choices="${words}" ;;`,
    "      esac",
    "      ;;",
  ].join("\n");
}
