import type { Database, Transaction } from "@mgs/db/client";
import type { NewClient } from "../clients/clients.repository";
import type { ImportedUser } from "./imported-user";

/** Finds the accounts that have one of the ids or one of the addresses. */
export async function usersByIdOrEmail(
  database: Database,
  people: readonly { id: number; email: string }[],
): Promise<{ id: number; email: string }[]> {
  return database.user.findMany({
    where: { OR: [{ id: { in: people.map(({ id }) => id) } }, { email: { in: people.map(({ email }) => email) } }] },
    select: { id: true, email: true },
  });
}

/** @param also runs in the same transaction */
export async function insertImportedUsers(
  database: Database,
  people: readonly ImportedUser[],
  also: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const now = new Date();
  await database.$transaction(
    async (tx) => {
      await tx.user.createMany({
        data: people.map(({ disabled, isEmailConfirmed, locale, ...user }) => ({
          ...user,
          ...(locale ? { locale } : {}),
          disabledAt: disabled ? now : null,
          emailConfirmedAt: isEmailConfirmed ? now : null,
        })),
      });
      // Rows with ids of their own do not move the sequence.
      await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('users', 'id'), (SELECT max(id) FROM users))`;
      await also(tx);
    },
    { timeout: 120_000 },
  );
}

export async function clientIds(database: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await database.client.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** @param also runs in the same transaction */
export async function insertImportedClients(
  database: Database,
  clients: readonly NewClient[],
  also: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await database.$transaction(async (tx) => {
    await tx.client.createMany({ data: [...clients] });
    await also(tx);
  });
}
