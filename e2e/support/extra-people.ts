import { connect } from "../bad-input/database";
import { ADMIN, type Person } from "./people";

/** Makes a person of their own for a test that changes how they sign in; their password is everybody's. */
export async function addPerson(id: number, name: string, role: string): Promise<Person> {
  const email = `e2e-${id}@mgs.mg`;
  const database = await connect();
  await database.query("DELETE FROM users WHERE id = $1", [id]);
  await database.query(
    `INSERT INTO users (id, email, name, role, password_hash)
     SELECT $1, $2, $3, $4, password_hash FROM users WHERE id = $5`,
    [id, email, name, role, ADMIN.id],
  );
  await database.end();
  return { ...ADMIN, id, email, name, role };
}

/** Makes every proof of a person's identity older than a dangerous act allows. */
export async function forgetProofs({ id }: Person): Promise<void> {
  const database = await connect();
  await database.query("UPDATE user_sessions SET proved_at = 'epoch' WHERE user_id = $1", [id]);
  await database.end();
}

/** Makes a role whose people need a second factor. */
export async function addStrictRole(slug: string): Promise<void> {
  const database = await connect();
  await database.query(
    `INSERT INTO roles (slug, name_fr, name_en, portals) VALUES ($1, 'Strict', 'Strict', '{commercial}')
     ON CONFLICT DO NOTHING`,
    [slug],
  );
  await database.query(
    "INSERT INTO role_requirements (role, second_factor_required) VALUES ($1, true) ON CONFLICT DO NOTHING",
    [slug],
  );
  await database.end();
}
