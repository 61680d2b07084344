import { withClient } from "@mgs/db/migrations";
import { type Check, fail, listDatabaseAddresses, ok, warn } from "../check";

const MIN_VERSION = 14;
const MIN_FREE_CONNECTIONS = 20;

export const postgresql: Check = {
  name: "postgresql",
  title: "PostgreSQL",
  advice: "Start PostgreSQL, or correct DATABASE_URL; nothing works without it.",
  addresses: listDatabaseAddresses,
  run: ({ common }) =>
    withClient(common.DATABASE_URL, async (client) => {
      const { rows } = await client.query<{ version: number; shown: string; free: number; isReadOnly: boolean }>(
        `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS shown,
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS free,
                current_setting('transaction_read_only') <> 'off' AS "isReadOnly"`,
      );
      const { version = 0, shown = "?", free = 0, isReadOnly = false } = rows[0] ?? {};
      if (version < MIN_VERSION * 10_000) return fail(`version ${shown}`, `Version ${MIN_VERSION} or newer is needed.`);
      if (isReadOnly)
        return fail("takes no writes", "Let DATABASE_URL lead to the primary, or end its read-only mode.");
      const detail = `version ${shown}, ${free} connections left`;
      if (free >= MIN_FREE_CONNECTIONS) return ok(detail);
      return warn(detail, "Raise max_connections, or lower DATABASE_POOL of the processes.");
    }),
};
