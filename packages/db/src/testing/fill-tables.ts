import { randomUUID } from "node:crypto";
import type { Client } from "pg";

type Column = {
  table: string;
  column: string;
  type: string;
  default: string | null;
  key: string | null;
  check: string | null;
};

const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS "type",
         pg_get_expr(d.adbin, d.adrelid) AS "default",
         (SELECT format('(SELECT %I FROM %I ORDER BY random() LIMIT 1)', ra.attname, r.relname)
            FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
            JOIN pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum = f.confkey[1]
           WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey[1] = a.attnum LIMIT 1) AS "key",
         (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
           WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
             AND pg_get_constraintdef(k.oid) LIKE '%ANY (ARRAY[%' LIMIT 1) AS "check"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
     AND a.attgenerated = ''
   ORDER BY c.relname, a.attnum`;

/** Columns that must not be what another column of the row is. */
const OTHER_VALUES: Readonly<Record<string, string>> = {
  "absences.substitute_id": "2",
  "dossier_opinions.asked_role": "NULL",
};

/** Tables whose only row a migration has made. */
const ONE_ROW_TABLES: readonly string[] = ["session_lifetimes"];

/**
 * Inserts two rows into every table, with a value in every column.
 * @returns the number of rows of each table afterwards
 */
export async function fillTables(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = Map.groupBy(rows, ({ table }) => table);
  const waiting = new Set(tables.keys());
  while (waiting.size > 0) {
    const ready = [...waiting].filter((table) => !references(tables.get(table) ?? [], waiting, table));
    if (ready.length === 0) throw new Error(`tables reference each other in a circle: ${[...waiting].join(", ")}`);
    for (const table of ready) {
      if (!ONE_ROW_TABLES.includes(table)) await insert(client, table, tables.get(table) ?? []);
      waiting.delete(table);
    }
  }
  const counts = new Map<string, number>();
  for (const table of tables.keys()) {
    const counted = await client.query<{ rows: number }>(`SELECT count(*)::int AS "rows" FROM "${table}"`);
    counts.set(table, counted.rows[0]?.rows ?? 0);
  }
  return counts;
}

function references(columns: readonly Column[], tables: ReadonlySet<string>, self: string): boolean {
  return columns.some(({ key }) => [...tables].some((table) => table !== self && key?.includes(` FROM ${table} `)));
}

async function insert(client: Client, table: string, columns: readonly Column[]): Promise<void> {
  for (const row of [1, 2]) {
    // The key of a one-to-one row is a reference, so each row references another one.
    const values = columns.map((column) =>
      expression(column, row).replace("ORDER BY random()", `ORDER BY 1 OFFSET ${row - 1}`),
    );
    const names = columns.map(({ column }) => `"${column}"`);
    await client.query(
      `INSERT INTO "${table}" (${names.join(", ")}) VALUES (${values.join(", ")}) ON CONFLICT DO NOTHING`,
    );
  }
}

function expression({ table, column, type, default: byDefault, key, check }: Column, row: number): string {
  const other = OTHER_VALUES[`${table}.${column}`];
  if (other) return other;
  if (key) return key;
  if (byDefault) return "DEFAULT";
  const allowed = [...(check ?? "").matchAll(/'[^']*'/g)].map(([literal]) => literal);
  if (allowed.length > 0) return allowed[row % allowed.length] ?? "NULL";
  if (type.startsWith("timestamp") && type.endsWith("[]")) return "ARRAY[now()]";
  if (type.endsWith("[]")) return "'{a,b}'";
  if (type === "uuid") return `'${randomUUID()}'`;
  if (type === "json" || type === "jsonb") return `'{"a": 1}'`;
  if (type === "bytea") return "'\\xc3a9'";
  if (type === "boolean") return "true";
  // The times and days of the two rows differ, since one may be the key.
  if (type.startsWith("timestamp")) return `now() - ${row} * interval '1 second'`;
  if (type === "date") return `now() - ${row} * interval '1 day'`;
  if (/^(text|character)/.test(type)) return `'é\t"quoted" \\ ${randomUUID()}'`;
  return "1";
}
