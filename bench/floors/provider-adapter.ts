import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { Pool } from "pg";

const TABLE = `
  CREATE TABLE IF NOT EXISTS floor_payloads (
    model text, id text, grant_id text, uid text, payload jsonb NOT NULL, expires_at timestamptz, consumed_at timestamptz,
    PRIMARY KEY (model, id)
  );
  CREATE INDEX IF NOT EXISTS floor_payloads_grant_id ON floor_payloads (grant_id);
  CREATE INDEX IF NOT EXISTS floor_payloads_uid ON floor_payloads (uid)`;

const UPSERT = `
  INSERT INTO floor_payloads (model, id, grant_id, uid, payload, expires_at)
  VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
  ON CONFLICT (model, id) DO UPDATE SET grant_id = excluded.grant_id, uid = excluded.uid, payload = excluded.payload,
    expires_at = excluded.expires_at`;
const find = (column: "id" | "uid") => `
  SELECT payload, extract(epoch FROM consumed_at)::int AS consumed FROM floor_payloads
  WHERE model = $1 AND ${column} = $2 AND (expires_at IS NULL OR expires_at > now())`;

/**
 * oidc-provider's storage contract at its plainest: one table, one statement and one commit a call, identifiers and
 * payloads as they come.
 */
export async function createPlainAdapter(databaseUrl: string): Promise<AdapterFactory> {
  const pool = new Pool({ connectionString: databaseUrl, max: 16 });
  await pool.query(TABLE);
  const run = (name: string, text: string, values: unknown[]) => pool.query({ name, text, values });

  async function read(name: string, text: string, values: unknown[]): Promise<AdapterPayload | undefined> {
    const { rows } = await run(name, text, values);
    const [row] = rows;
    return row && { ...row.payload, ...(row.consumed === null ? {} : { consumed: row.consumed }) };
  }

  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const json = JSON.stringify(payload);
      await run("upsert", UPSERT, [model, id, payload.grantId ?? null, payload.uid ?? null, json, expiresIn ?? null]);
    },
    find: (id) => read("find", find("id"), [model, id]),
    findByUid: (uid) => read("find-by-uid", find("uid"), [model, uid]),
    findByUserCode: async () => undefined,
    async consume(id) {
      await run("consume", "UPDATE floor_payloads SET consumed_at = now() WHERE model = $1 AND id = $2", [model, id]);
    },
    async destroy(id) {
      await run("destroy", "DELETE FROM floor_payloads WHERE model = $1 AND id = $2", [model, id]);
    },
    async revokeByGrantId(grantId) {
      await run("revoke", "DELETE FROM floor_payloads WHERE grant_id = $1", [grantId]);
    },
  });
}
