import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeCommandReference } from "../command-reference";
import { loadProgram } from "../load-program";
import { createTestHost } from "../testing/command-line";
import { writeBashCompletion } from "./bash";

const program = await loadProgram(createTestHost({}));

/** Lists Bash's completions of a line, with `:` among its word breaks or without. */
function offers(line: string, breaks = " \t\n\"'><=;|&(:"): string[] {
  const script = `${writeBashCompletion(program)}
COMP_WORDBREAKS=$'${breaks.replace(/[\t\n']/g, (c) => ({ "\t": "\\t", "\n": "\\n" })[c] ?? "\\'")}'
COMP_LINE="$1" COMP_POINT=\${#1}
_mgs
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", script, "bash", line], { encoding: "utf8" }).split("\n").filter(Boolean);
}

test.each([
  ["mgs ro", ["role:second-factor", "routes"]],
  ["mgs queue:", ["failed", "pause", "resume", "retry", "status"]],
  ["mgs client:r", ["revoke", "rotate-secret"]],
  ["mgs queue:pause ", expect.arrayContaining(["emails", "--json", "--help"])],
  ["mgs queue:failed --queue ", ["broadcasts", "default", "emails", "notifications"]],
  ["mgs user:create --role admin", ["administrateur"]],
  ["mgs user:create --name ", []],
  ["mgs user:create --name X --em", ["--email"]],
  ["mgs nothing ", []],
])("bash completes %j", (line, expected) => {
  expect(offers(line).sort()).toEqual(expected);
});

test("bash completes whole names when a colon is no word break", () => {
  expect(offers("mgs client:r", " \t\n").sort()).toEqual(["client:revoke", "client:rotate-secret"]);
});

test("every command has help with its examples, --json, and a place in docs/cli.md", () => {
  const doc = readFileSync(fileURLToPath(new URL("../../../../docs/cli.md", import.meta.url)), "utf8");
  for (const command of program.commands) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help, command.name()).toContain("--json");
    expect(help, command.name()).toContain("Examples:\n");
  }
  // To update docs/cli.md, paste the text that this test expected below the heading.
  expect(doc).toContain(writeCommandReference(program));
});
