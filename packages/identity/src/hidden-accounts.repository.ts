import type { Database } from "@mgs/db/client";
import { NO_PASSWORD } from "./no-password";

export type HiddenAccount = {
  /** Of the account and of its client. */
  name: string;
  email: string;
  client: { id: string; secretHash: string; scopes: string[] };
};

/**
 * Creates a hidden account and its machine client where they are missing, and brings address and secret up to date.
 * @returns the account's id
 */
export async function ensureHiddenAccount(database: Database, { name, email, client }: HiddenAccount): Promise<number> {
  return database.$transaction(async (tx) => {
    // Of processes that start together, one creates the rows and the others find them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`mgs.${client.id}`}))`;
    await tx.client.upsert({
      where: { id: client.id },
      create: { ...client, name, machine: true },
      update: { secretHash: client.secretHash, revokedAt: null },
    });
    const known = await tx.user.findFirst({ where: { hidden: true, name }, select: { id: true, email: true } });
    if (known) {
      if (known.email !== email) await tx.user.update({ where: { id: known.id }, data: { email } });
      return known.id;
    }
    const data = { email, name, passwordHash: NO_PASSWORD, role: "commercial", hidden: true };
    const { id } = await tx.user.create({ data, select: { id: true } });
    return id;
  });
}
