import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { type MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { type Pool, type QueryResult, types } from "pg";
import { withClient } from "../migrations";

const CHAR_MARK = "char:";

/** Opens Prisma's own schema engine on a database, as `prisma migrate` does. Call `free` at the end. */
export function openSchemaEngine(url: string): Promise<SchemaEngine> {
  // The connection holds the engine's advisory lock, so it has to close soon afterwards.
  const factory = new PrismaPg({ connectionString: url, idleTimeoutMillis: 50 });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    // The adapter splits scripts at each semicolon, also in comments; the engine of Prisma's command line sends them whole.
    adapter.executeScript = (script) => withClient(url, async (client) => void (await client.query(script)));
    markInternalChars(adapter.underlyingDriver());
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const { columnNames, columnTypes, rows } = await queryRaw(query);
      return {
        columnNames: columnNames.map((name) => name.replace(CHAR_MARK, "")),
        columnTypes: columnTypes.map((type, index) =>
          columnNames[index]?.startsWith(CHAR_MARK) ? ColumnTypeEnum.Character : type,
        ),
        rows,
      };
    };
    return adapter;
  };
  return SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
}

/** Converts columns of PostgreSQL's internal type "char" to text: the engine reads them, and the adapter refuses the type. */
function markInternalChars(pool: Pool): void {
  const { query } = pool;
  const marked = async (...args: unknown[]) => {
    const result: QueryResult = await Reflect.apply(query, pool, args);
    for (const field of result.fields) {
      if (field.dataTypeID !== types.builtins.CHAR) continue;
      field.dataTypeID = types.builtins.TEXT;
      field.name = CHAR_MARK + field.name;
    }
    return result;
  };
  Object.assign(pool, { query: marked });
}

/** Reads the migrations folder in the form in which Prisma's command line passes it to the engine. */
export async function migrationList(folder: string): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return {
    baseDir: resolve(folder),
    lockfile: { path: "migration_lock.toml", content: await readFile(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, path, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}
