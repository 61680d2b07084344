import type { Database, Transaction } from "@mgs/db/client";

/** When a live sign-in last proved who uses it; null when it has ended, or never was. */
export async function findProofTime(database: Database, userSessionId: string): Promise<Date | null> {
  const row = await database.userSession.findFirst({
    where: { id: userSessionId, endedAt: null },
    select: { provedAt: true },
  });
  return row?.provedAt ?? null;
}

/** Writes down that the person of a live sign-in has proved their identity anew. */
export async function recordProof(database: Database | Transaction, userSessionId: string, at: Date): Promise<void> {
  await database.userSession.updateMany({ where: { id: userSessionId, endedAt: null }, data: { provedAt: at } });
}
