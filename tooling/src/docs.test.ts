import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { loadProgram } from "@mgs/cli/load-program";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "./paths";

const PAGES = globSync(["*.md", "docs/**/*.md", "bench/*.md"], { cwd: ROOT });
const pages = PAGES.map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

const notRun = () => Promise.reject(new Error("no command is run"));
const program = await loadProgram({
  environment: notRun,
  isDatabaseEmbedded: () => true,
  installation: notRun,
  migrations: "",
  print: () => {},
  complain: () => {},
  colours: false,
  terminal: null,
  input: Readable.from([]),
});
const commands = new Map(program.commands.map((command) => [command.name(), command]));

/** `# Zwei Wörter` is `zwei-wörter`, as GitHub makes it. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading));

test("commands of the documentation exist, with the options it gives them", () => {
  const wrong = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:npm run (?:--silent )?mgs --|compose run --rm mgs) ([^\n`]*(?:\\\n[^\n`]*)*)/g)].flatMap(
      ([, rest = ""]) => {
        const words =
          rest
            .replaceAll(/"[^"]*"|'[^']*'/g, "x")
            .split(/[|;&>]/)[0]
            ?.split(/\s+/) ?? [];
        const [name = "", ...args] = words;
        // `--help`, and places where any command may stand.
        if (!/^[a-z]/.test(name)) return [];
        const command = commands.get(name);
        if (!command) return [`${path}: ${name} is no command`];
        const known = new Set([...command.options.flatMap(({ long }) => long ?? []), "--help"]);
        return args
          .filter((arg) => /^--[a-z]/.test(arg) && !known.has(arg))
          .map((arg) => `${path}: ${name} has no ${arg}`);
      },
    ),
  );
  expect(wrong).toEqual([]);
});

test("the first start in README.md applies as many migrations as there are", () => {
  const readme = pages.find(({ path }) => path === "README.md")?.text ?? "";
  const migrations = globSync("prisma/migrations/*/migration.sql", { cwd: ROOT });
  expect(/✓ Migrations (\d+) applied/.exec(readme)?.[1]).toBe(String(migrations.length));
});

test("npm scripts of the documentation exist", () => {
  const wrong = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !(name in manifest.scripts))
      .map((name) => `${path}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("links and file names in pages exist", () => {
  const wrong = pages.flatMap(({ path, text }) => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const named = [...text.matchAll(/`?(?:\/opt\/mgs\/current\/)?((?:deploy|e2e|scripts|tooling)\/[\w./-]*\w)`?/g)];
    return [
      ...links.filter((link) => !leads(path, text, link)).map((link) => `${path}: ${link}`),
      ...named
        .map(([, file = ""]) => file)
        .filter((file) => !existsSync(join(ROOT, file)))
        .map((file) => `${path}: ${file}`),
    ];
  });
  expect(wrong).toEqual([]);
});

function leads(from: string, text: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, target))) return false;
  if (anchor === undefined || !target.endsWith(".md")) return true;
  return anchorsOf(file === "" ? text : readFileSync(join(ROOT, target), "utf8")).includes(anchor);
}
