import { pipeline } from "node:stream/promises";
import { withClient } from "../migrations";
import { type PgTools, startOnDatabase, startProgram } from "./pg-tools";

const RESTORE_OPTIONS = ["--no-owner", "--no-privileges", "--no-comments", "--no-tablespaces"];
const PSQL_OPTIONS = [
  ...["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"],
  ...["--set=ON_ERROR_STOP=1", "--file=-"],
];

/** Matches the first lines of a script, before it creates anything: settings, comments and psql's own commands. */
const PREAMBLE_PATTERN = /^(?:$|--|SET |SELECT pg_catalog\.set_config\(|\\)/;
const SETTING_PATTERN = /^SET (\w+) = /;

/** Reads the SQL of an archive of pg_dump, for psql. */
export async function* readArchiveScript(
  { pgRestore }: PgTools,
  file: string,
  options: readonly string[] = [],
): AsyncGenerator<Buffer> {
  const program = startProgram(pgRestore, [...RESTORE_OPTIONS, ...options, "--file=-", file]);
  program.input.end();
  try {
    yield* program.output;
    await program.ended;
  } finally {
    program.kill();
  }
}

/**
 * Runs a script of pg_dump in one transaction, with statements before and after it. It leaves out settings at the beginning that
 * the server does not know: a newer pg_dump writes them, and they concern its own session alone (`transaction_timeout`).
 * @throws Error when the server refuses a statement; then nothing has changed
 */
export async function runScript(
  { psql: program }: Pick<PgTools, "psql">,
  databaseUrl: string,
  script: AsyncIterable<Buffer>,
  { before, after }: { before: readonly string[]; after: readonly string[] },
): Promise<void> {
  const known = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT name FROM pg_settings");
    return new Set(rows.map(({ name }) => name));
  });
  const psql = startOnDatabase(program, databaseUrl, PSQL_OPTIONS);
  psql.output.resume();
  try {
    await pipeline(async function* () {
      yield* before.map((sql) => `${sql};\n`);
      yield* keepKnownSettings(script, known);
      yield* after.map((sql) => `\n${sql};\n`);
    }, psql.input);
  } catch (error) {
    // The error of psql explains more than that of a closed pipe.
    psql.input.destroy();
    await psql.ended;
    throw error;
  }
  await psql.ended;
}

/** Removes from a script's first lines those that set a parameter which is not among the `known`. */
export async function* keepKnownSettings(
  script: AsyncIterable<Buffer>,
  known: ReadonlySet<string>,
): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let isPreamble = true;
  for await (const chunk of script) {
    if (!isPreamble) {
      yield chunk;
      continue;
    }
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf("\n"); isPreamble && end >= 0; end = rest.indexOf("\n")) {
      const line = rest.subarray(0, end).toString();
      isPreamble = PREAMBLE_PATTERN.test(line);
      if (!isPreamble) break;
      const [, setting] = SETTING_PATTERN.exec(line) ?? [];
      if (setting === undefined || known.has(setting)) yield rest.subarray(0, end + 1);
      rest = rest.subarray(end + 1);
    }
    if (!isPreamble) yield rest;
  }
  if (isPreamble) yield rest;
}
