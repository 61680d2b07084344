import type { Client } from "pg";

const PARTS: Record<string, string> = {
  tables: `
    SELECT relname AS name, concat(relkind, relpersistence, reloptions::text) AS definition
      FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  columns: `
    SELECT c.relname || '.' || a.attname AS name,
           concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
             'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity::text, ''), nullif(a.attgenerated::text, '')) AS definition
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace`,
  constraints: `
    SELECT conrelid::regclass || '.' || conname AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'`,
  indexes: `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'`,
  sequences: `
    SELECT sequencename AS name, concat_ws(' ', data_type, start_value, increment_by, max_value, cycle) AS definition
      FROM pg_sequences WHERE schemaname = 'public'`,
  views: `SELECT viewname AS name, definition FROM pg_views WHERE schemaname = 'public'`,
  functions: `
    SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
       AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')`,
  triggers: `
    SELECT t.tgrelid::regclass || '.' || t.tgname AS name, pg_get_triggerdef(t.oid) AS definition
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace`,
  enums: `
    SELECT t.typname AS name, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) AS definition
      FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY 1`,
};

/** Describes everything that migrations create, by name, without rows and without the order of columns. */
export async function describeSchema(client: Client): Promise<Record<string, Record<string, string>>> {
  const described: Record<string, Record<string, string>> = {};
  for (const [part, sql] of Object.entries(PARTS)) {
    const { rows } = await client.query<{ name: string; definition: string }>(`${sql} ORDER BY 1`);
    described[part] = Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
  }
  return described;
}
