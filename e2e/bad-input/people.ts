import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Client } from "pg";

/** The password of the demonstration accounts; people made here get its hash. */
export const PASSWORD = "mgs-demo-2026";
/** No server listens here: the tests read codes from the redirect. */
export const REDIRECT_URI = "http://localhost:9/callback";

export type WebClient = { id: string; secret: string };
export type Person = { id: number; email: string };

/** Creates a person of this run alone, so that no other test changes the counted rows. */
export async function createPerson(database: Client, name: string, role: string, locale: string): Promise<Person> {
  const email = `${name}-${randomUUID().slice(0, 8)}@mgs.mg`;
  const { rows } = await database.query<{ id: number }>(
    `INSERT INTO users (email, name, password_hash, role, locale)
     SELECT $1, $2, password_hash, $3, $4 FROM users WHERE email = 'admin@mgs.mg' RETURNING id`,
    [email, `Essai ${name}`, role, locale],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("the demonstration accounts are missing");
  return { id, email };
}

export async function createClient(
  database: Client,
  { machine, scopes }: { machine: boolean; scopes: readonly string[] },
): Promise<WebClient> {
  const id = randomUUID();
  const secret = randomBytes(32).toString("base64url");
  await database.query(
    `INSERT INTO clients (id, name, secret_hash, first_party, machine, redirect_uris, post_logout_redirect_uris, scopes)
     VALUES ($1, 'Essai', $2, true, $3, $4, '{}', $5)`,
    [id, createHash("sha256").update(secret).digest("base64url"), machine, machine ? [] : [REDIRECT_URI], scopes],
  );
  return { id, secret };
}
