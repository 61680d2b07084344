import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { appliedMigrations, withClient } from "../migrations";
import { type BackupHeader, encodeHeader, encodeTrailer, frameTable } from "./format";
import { startPgProgram, usablePgDump, versionOf } from "./pg-tools";

/** Everything in the schema that an extension did not bring. */
const TABLES = `
  SELECT c.relname AS name, c.oid::regclass::text AS quoted,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
     AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
   GROUP BY c.oid ORDER BY c.relname`;
const SEQUENCES = `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1`;
const DUMP_OPTIONS = ["--format=plain", "--no-owner", "--no-privileges", "--no-comments", "--no-tablespaces"];

export type BackupProgress = { table: string; done: number; total: number };
export type BackupResult = { file: string; bytes: number; sha256: string; header: BackupHeader };

/**
 * Writes the whole database into one file, as it was at one moment; the product may run meanwhile. The file appears
 * under its name when it is complete, readable by its owner alone. Memory does not grow with the database.
 * @param options.pgDump program to use, or null for COPY; by default the PATH's, when its file could be restored here
 * @throws Error when the file exists, a migration is unfinished, or the database has none
 */
export async function createBackup(
  databaseUrl: string,
  file: string,
  options: { progress?: (progress: BackupProgress) => void; pgDump?: string | null } = {},
): Promise<BackupResult> {
  if (await exists(file)) throw new Error(`${file} exists already`);
  return withClient(databaseUrl, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    await client.query("SET LOCAL statement_timeout = 0");
    const server = Number((await client.query("SHOW server_version_num")).rows[0]?.server_version_num);
    const pgDump = options.pgDump === undefined ? await usablePgDump(server) : options.pgDump;
    const dump = pgDump === null ? null : await versionOf(pgDump);
    const header = {
      ...(await describe(client, server, pgDump === null ? "copy" : "pg_dump")),
      ...(dump === null ? {} : { dump }),
    };
    const body = pgDump === null ? copyBody(client, header, options.progress) : dumpBody(client, databaseUrl, pgDump);
    const partial = `${file}.${process.pid}.partial`;
    const hash = createHash("sha256");
    let sha256 = "";
    try {
      await pipeline(
        body,
        createGzip(),
        async function* (compressed: AsyncIterable<Buffer>) {
          const head = encodeHeader(header);
          hash.update(head);
          yield head;
          for await (const chunk of compressed) {
            hash.update(chunk);
            yield chunk;
          }
          sha256 = hash.digest("hex");
          yield encodeTrailer(sha256);
        },
        createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }),
      );
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    const { size } = await stat(file);
    return { file, bytes: size, sha256, header };
  });
}

async function describe(client: Client, server: number, method: BackupHeader["method"]): Promise<BackupHeader> {
  const migrations = await appliedMigrations(client);
  if (migrations.length === 0) throw new Error("the database holds nothing of ours: no migration was applied");
  const unfinished = migrations.find(({ finished }) => !finished);
  if (unfinished) throw new Error(`migration ${unfinished.name} is not finished: the database cannot be backed up so`);
  const tables = await client.query<{ name: string; quoted: string; columns: string[] }>(TABLES);
  const counted: BackupHeader["tables"] = [];
  for (const { name, quoted, columns } of tables.rows) {
    const { rows } = await client.query(`SELECT count(*) AS n FROM ${quoted}`);
    counted.push({ name, columns, rows: Number(rows[0]?.n) });
  }
  const sequences = await client.query<{ name: string; last: string | null }>(SEQUENCES);
  return {
    createdAt: new Date().toISOString(),
    method,
    server,
    migrations: migrations.map(({ name, checksum }) => ({ name, checksum })),
    tables: counted,
    sequences: sequences.rows,
  };
}

async function* copyBody(
  client: Client,
  { tables }: BackupHeader,
  progress: (progress: BackupProgress) => void = () => {},
): AsyncGenerator<Buffer> {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const { name, columns, rows } of tables) {
    progress({ table: name, done, total });
    const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
    yield* frameTable(client.query(copyTo(`COPY ${client.escapeIdentifier(name)} (${list}) TO STDOUT`)));
    done += rows;
  }
}

/** pg_dump reads the very snapshot whose rows were counted. */
async function* dumpBody(client: Client, databaseUrl: string, program: string): AsyncGenerator<Buffer> {
  const { rows } = await client.query<{ snapshot: string }>("SELECT pg_export_snapshot() AS snapshot");
  const dump = startPgProgram(program, databaseUrl, [...DUMP_OPTIONS, `--snapshot=${rows[0]?.snapshot}`]);
  dump.input.end();
  try {
    yield* dump.output;
    await dump.ended;
  } finally {
    dump.kill();
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
