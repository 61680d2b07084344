import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { createEnvironment, PROCESSES } from "./environment";
import { ROOT } from "./paths";
import { SECRET_NAMES, type Secrets } from "./secrets";
import { readSettings } from "./settings";

type Variable = { name: string; example: string; required: boolean; meaning: string };
type Section = { title: string; variables: Variable[] };

const INTRODUCTION = `# Environment

Every variable that the product reads. This page is made from [\`.env.example\`](../../.env.example) and from the code that hands variables to
processes; a test holds all three together. \`npm run test:unit -- tooling/src/environment-guide.test.ts -u\` writes it anew.

- The file is \`.env\` at the top of the repository with \`npm start\` and with Compose, and \`/etc/mgs/mgs.env\` with the units of
  [install.md](install.md). A variable of the process environment wins over \`.env\`.
- An empty variable counts as unset.
- A process with a wrong environment does not start. It prints one list of all that is wrong: names, never values.
- \`npm run deploy -- check\` says the same before anything is restarted.
- **Bold** variables are required with a \`DATABASE_URL\` of your own. The values of \`.env.example\` are refused.
- \`COMMERCIAL_X\` and \`GESTION_DOSSIER_X\` are \`X\` for that portal alone.
`;

/** Writes docs/guide/environment.md. */
export function writeEnvironmentGuide(): string {
  const text = readFileSync(join(ROOT, ".env.example"), "utf8");
  const readers = findReaders(text);
  const sections = readSections(text).map(({ title, variables }) => {
    // Variables under one comment share a row.
    const groups = Map.groupBy(variables, ({ meaning, name }) => `${meaning}\n${readers(name)}`);
    const rows = [...groups.values()].map((group) => {
      const names = group.map(({ name, required }) => (required ? `**\`${name}\`**` : `\`${name}\``));
      const examples = group.map(({ example, required }) => (required || example === "" ? "–" : `\`${example}\``));
      const [first] = group;
      const read = first ? readers(first.name) : "";
      return `| ${names.join("<br>")} | ${cell(first?.meaning ?? "")} | ${cell(examples.join("<br>"))} | ${read} |`;
    });
    return `\n## ${title}\n\n| variable | meaning | example | read by |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return `${INTRODUCTION}${sections.join("")}`;
}

function readSections(text: string): Section[] {
  const sections: Section[] = [];
  let comment: string[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    const title = /^# --- (.+?) (?:\(.*\) )?-+$/.exec(line)?.[1];
    const [, off, name, example = ""] = /^(# )?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    if (title) sections.push({ title, variables: [] });
    if (name) {
      sections.at(-1)?.variables.push({ name, example, required: off === undefined, meaning: comment.join(" ") });
      open = false;
    } else if (title || line === "") comment = [];
    else if (line.startsWith("# ")) {
      if (!open) comment = [];
      comment.push(line.slice(2));
      open = true;
    }
  }
  return sections;
}

/** Finds the processes that get a variable, by setting all variables. */
function findReaders(text: string): (name: string) => string {
  const all = parseEnv(
    text.replaceAll(/^# ([A-Z][A-Z0-9_]+=)(.*)$/gm, (_, name: string, value: string) => `${name}${value || "x"}`),
  );
  const { PUSHER_HOST: _, PUSHER_APP_CLUSTER: _cluster, ...source } = all;
  const secrets = { ...Object.fromEntries(SECRET_NAMES.map((name) => [name, name])), METRICS_TOKEN: "x" } as Secrets;
  const resources = { databaseUrl: "postgresql://", redisUrl: "redis://", secrets, mode: "production" as const };
  const given = PROCESSES.map((name) => {
    const variables = createEnvironment(name, readSettings(source, null), resources);
    return { name, names: new Set(Object.keys(variables)) };
  });
  return (variable) => {
    const portal = /^(COMMERCIAL|GESTION_DOSSIER)_(?!URL$)/.exec(variable)?.[1]?.toLowerCase().replace("_", "-");
    if (portal) return portal;
    if (/^PUSHER_(HOST|APP_CLUSTER)$/.test(variable)) return "portals, worker";
    const names = given.filter((one) => one.names.has(variable)).map((one) => one.name);
    if (names.length === 0) return "the start";
    if (names.length === PROCESSES.length) return "all";
    const portals = ["administration", "commercial", "gestion-dossier"] as const;
    const others = names.filter((name) => !portals.some((one) => one === name));
    return portals.every((one) => names.includes(one)) ? ["portals", ...others].join(", ") : names.join(", ");
  };
}

const cell = (text: string) => text.replaceAll("|", "\\|");
