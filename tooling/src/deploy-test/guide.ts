import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";

/** One code block of a page: its language (`sh`, `dotenv`), and its text without the indentation of a list. */
export type Block = { heading: string; language: string; text: string };

/** Reads the code blocks of a page in their order, each with its heading. */
export function readBlocks(page: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let open: { indent: string; language: string; lines: string[] } | null = null;
  for (const line of readFileSync(join(ROOT, page), "utf8").split("\n")) {
    const [, indent = "", language = ""] = /^(\s*)```(\w*)\s*$/.exec(line) ?? [];
    const fence = /^\s*```/.test(line);
    if (open && fence) {
      blocks.push({ heading, language: open.language, text: open.lines.join("\n") });
      open = null;
    } else if (fence) open = { indent, language, lines: [] };
    else if (open) open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    else heading = /^#{1,3} (.+)$/.exec(line)?.[1] ?? heading;
  }
  return blocks;
}

/**
 * Reads the commands of a page's sections, block by block.
 * @param heading beginning of the section's heading
 * @throws Error when there are none, because the page was changed without this test
 */
export function readCommands(page: string, heading: string): string[] {
  const found = readBlocks(page).filter((block) => block.language === "sh" && block.heading.startsWith(heading));
  if (found.length === 0) throw new Error(`${page} has no commands under "${heading}"`);
  return found.map(({ text }) => text);
}

/**
 * Fills in the environment file of the installation guide as its comments say.
 * @param values a company's values by variable; they override the page
 * @param secret makes the value of an empty variable, from the command that the comment above it names
 */
export function fillEnvironment(values: Readonly<Record<string, string>>, secret: (command: string) => string): string {
  const file = readBlocks("docs/guide/install.md").find(({ language }) => language === "dotenv");
  if (!file) throw new Error("docs/guide/install.md has no environment file");
  let command = "";
  const known = new Set<string>();
  const lines = file.text.split("\n").map((line) => {
    if (line === "") command = "";
    command = /^# (openssl rand -\w+ \d+)/.exec(line)?.[1] ?? command;
    const [, name, value = ""] = /^([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined) return line;
    known.add(name);
    if (values[name] !== undefined) return `${name}=${values[name]}`;
    return `${name}=${value === "" ? secret(command) : value}`;
  });
  const added = Object.entries(values).filter(([name]) => !known.has(name));
  return [...lines, ...added.map(([name, value]) => `${name}=${value}`), ""].join("\n");
}
