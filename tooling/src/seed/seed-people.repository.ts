import type { Database } from "@mgs/db/client";
import { hashPassword } from "@mgs/identity/password";
import { DEMO_PASSWORD, PEOPLE } from "./people";

/**
 * Adds the demonstration accounts that are missing, each with its inbox; what is there stays as it is, passwords too.
 * @returns how many were added
 */
export async function seedPeople(database: Database): Promise<number> {
  const known = await database.user.findMany({
    where: { OR: [{ id: { in: PEOPLE.map(({ id }) => id) } }, { email: { in: PEOPLE.map(({ email }) => email) } }] },
    select: { id: true, email: true },
  });
  const ids = new Set(known.map(({ id }) => id));
  const emails = new Set(known.map(({ email }) => email));
  const missing = PEOPLE.filter(({ id, email }) => !ids.has(id) && !emails.has(email));
  if (missing.length === 0) return 0;
  const rows = await Promise.all(
    missing.map(async (person) => ({ ...person, passwordHash: await hashPassword(DEMO_PASSWORD) })),
  );
  await database.$transaction(async (tx) => {
    await tx.user.createMany({ data: rows });
    await tx.inbox.createMany({ data: rows.map(({ id }) => ({ userId: id })) });
    // Rows with ids of their own do not move the sequence.
    await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('users', 'id'), (SELECT max(id) FROM users))`;
  });
  return missing.length;
}
