import type { Database } from "@mgs/db/client";
import { insertImportedUsers, usersByIdOrEmail } from "@mgs/identity/imports/imports.repository";
import { hashPassword } from "@mgs/identity/password";
import { DEMO_PASSWORD, PEOPLE } from "./people";

/**
 * Adds the missing demonstration accounts; it leaves existing ones and their passwords alone.
 * @returns the number of added accounts
 */
export async function seedPeople(database: Database): Promise<number> {
  const known = await usersByIdOrEmail(database, PEOPLE);
  const ids = new Set(known.map(({ id }) => id));
  const emails = new Set(known.map(({ email }) => email));
  const missing = PEOPLE.filter(({ id, email }) => !ids.has(id) && !emails.has(email));
  if (missing.length === 0) return 0;
  const rows = await Promise.all(
    missing.map(async (person) => ({
      ...{ ...person, passwordHash: await hashPassword(DEMO_PASSWORD), disabled: false, isEmailConfirmed: true },
    })),
  );
  await insertImportedUsers(database, rows, async () => undefined);
  return missing.length;
}
