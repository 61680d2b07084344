import type { Client } from "pg";
import { z } from "zod";
import { readAppliedMigrations } from "../migrations";

/** Describes the database that a backup was made of. */
export const descriptionSchema = z.object({
  createdAt: z.iso.datetime(),
  /** `server_version_num` of the PostgreSQL it came from: 180004 is 18.4. */
  server: z.number().int(),
  /** The migration level: all applied migrations. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int() })),
  /** Last number each sequence gave, as text; null when it gave none. */
  sequences: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
});
export type DatabaseDescription = z.output<typeof descriptionSchema>;

/** Lists the tables of the schema, without those of extensions. */
const TABLES_SQL = `
  SELECT c.relname AS name, c.oid::regclass::text AS quoted,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
     AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
   GROUP BY c.oid ORDER BY c.relname`;
const SEQUENCES_SQL = `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1`;

/** Describes a database. @throws Error when a migration is unfinished, or the database has none */
export async function describeDatabase(client: Client): Promise<DatabaseDescription> {
  const migrations = await readAppliedMigrations(client);
  if (migrations.length === 0) throw new Error("the database holds nothing of ours: no migration was applied");
  const unfinished = migrations.find(({ finished }) => !finished);
  if (unfinished) throw new Error(`migration ${unfinished.name} is not finished: the database cannot be backed up so`);
  const tables = await client.query<{ name: string; quoted: string; columns: string[] }>(TABLES_SQL);
  const counted: DatabaseDescription["tables"] = [];
  for (const { name, quoted, columns } of tables.rows) {
    const { rows } = await client.query(`SELECT count(*) AS n FROM ${quoted}`);
    counted.push({ name, columns, rows: Number(rows[0]?.n) });
  }
  const sequences = await client.query<{ name: string; last: string | null }>(SEQUENCES_SQL);
  return {
    createdAt: new Date().toISOString(),
    server: await readServerVersion(client),
    migrations: migrations.map(({ name, checksum }) => ({ name, checksum })),
    tables: counted,
    sequences: sequences.rows,
  };
}

/** Reads `server_version_num`: 180004 is 18.4. */
export async function readServerVersion(client: Client): Promise<number> {
  const { rows } = await client.query("SHOW server_version_num");
  return Number(rows[0]?.server_version_num);
}
