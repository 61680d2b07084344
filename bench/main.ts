import { parseArgs } from "node:util";
import { describeMachine, formatTable, type Line, meetsAim } from "./report";
import type { Effort, StandaloneSuite, Suite } from "./suite";
import { accept } from "./suites/accept";
import { cost } from "./suites/cost";
import { deliver } from "./suites/deliver";
import { discussion } from "./suites/discussion";
import { dossiers } from "./suites/dossiers";
import { grants } from "./suites/grants";
import { inbox } from "./suites/inbox";
import { messages } from "./suites/messages";
import { pages } from "./suites/pages";
import { people } from "./suites/people";
import { realtime } from "./suites/realtime";
import { revocation } from "./suites/revocation";
import { sessions } from "./suites/sessions";
import { signIn } from "./suites/sign-in";
import { start } from "./suites/start";
import { openWorld, type World } from "./world";

const SUITES: Readonly<Record<string, Suite>> = {
  accept,
  deliver,
  "sign-in": signIn,
  grants,
  revocation,
  discussion,
  messages,
  dossiers,
  inbox,
  sessions,
  people,
  pages,
  cost,
  start,
};

/** Suites without an instance run first, so that no other process runs beside them. */
const STANDALONE: Readonly<Record<string, StandaloneSuite>> = { realtime };
const NAMES = [...Object.keys(STANDALONE), ...Object.keys(SUITES)];

const HELP = `Usage: npm run bench -- [--only <name>]… [--quick] [--json]

Starts an instance of its own and measures it beside its floors. Takes about half an hour.
  --only <name>  one benchmark of: ${NAMES.join(", ")}
  --quick        one short round of each: whether they run, not how fast
  --plans        also the indexes and blocks of what sessions and people look up
  --office <url> the database of \`npm run seed -- --size large\`, which dossiers reads instead of making one
  --json         the lines with their rounds, the machine and the versions as JSON`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    plans: { type: "boolean", default: false },
    office: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function main(): Promise<void> {
  if (options.help) return console.log(HELP);
  const chosen = options.only ?? NAMES;
  const unknown = chosen.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`no benchmark is called ${unknown.join(", ")}\n\n${HELP}`);
  const effort: Effort = options.quick
    ? { rounds: 1, seconds: 0.5, quick: true, plans: options.plans, officeUrl: options.office }
    : { rounds: 3, seconds: 3, quick: false, plans: options.plans, officeUrl: options.office };
  const startedAt = performance.now();
  const lines: Line[] = [];
  for (const name of chosen) lines.push(...(await measureSuite(name, () => STANDALONE[name]?.(effort))));
  const ofInstance = chosen.filter((name) => name in SUITES);
  let world: World | undefined;
  try {
    if (ofInstance.length > 0) {
      printProgress("starting an instance");
      const opened = await openWorld();
      world = opened;
      for (const name of ofInstance) lines.push(...(await measureSuite(name, () => SUITES[name]?.(opened, effort))));
    }
    const { officeUrl: _, ...shown } = effort;
    const about = { ...describeMachine(world?.versions), ...shown, seconds: formatElapsed(startedAt) };
    if (options.json) {
      console.log(
        JSON.stringify({ machine: about, lines: lines.map((line) => ({ ...line, met: meetsAim(line) })) }, null, 2),
      );
      return;
    }
    const versions = Object.entries(about.versions).map(([name, version]) => `${name} ${version}`);
    console.log(`\n${about.cores} cores, ${about.cpu}, ${about.memoryGb} GB, Linux ${about.kernel}`);
    console.log(`${versions.join(", ")}\n${about.rounds} rounds, medians, ${about.seconds} s in all\n`);
    console.log(formatTable(lines));
  } finally {
    await world?.stop();
  }
}

async function measureSuite(name: string, run: () => Promise<Line[]> | undefined): Promise<Line[]> {
  const running = run();
  if (running === undefined) return [];
  printProgress(name);
  const lines = await running;
  // Lines are printed at once, so that an interrupted run has printed some.
  process.stderr.write(`${formatTable(lines)}\n`);
  return lines;
}

function formatElapsed(since: number): number {
  return Math.round((performance.now() - since) / 1_000);
}

/** Prints progress to standard error, apart from the result. */
function printProgress(text: string): void {
  process.stderr.write(`… ${text}\n`);
}

await main();
process.exit();
