import { CANARY_CLIENT } from "@mgs/core/canary";
import type { Database } from "@mgs/db/client";

/** The canary's hidden account and its machine client. */

const NAME = "Canary";

/**
 * Makes the account and the client where they are missing, and brings address and secret up to date.
 * @param secretHash of a secret that every worker derives alike
 * @returns the account's id
 */
export async function ensureCanary(
  database: Database,
  { email, secretHash }: { email: string; secretHash: string },
): Promise<number> {
  return database.$transaction(async (tx) => {
    // Workers that start together: one makes the rows, the others find them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mgs.canary'))`;
    await tx.client.upsert({
      where: { id: CANARY_CLIENT },
      create: { id: CANARY_CLIENT, name: NAME, secretHash, machine: true, scopes: ["notifications:send"] },
      update: { secretHash, revokedAt: null },
    });
    const known = await tx.user.findFirst({ where: { hidden: true, name: NAME }, select: { id: true, email: true } });
    if (known) {
      if (known.email !== email) await tx.user.update({ where: { id: known.id }, data: { email } });
      return known.id;
    }
    // No password matches what is no hash of one.
    const data = { email, name: NAME, passwordHash: "-", role: "commercial", hidden: true };
    const { id } = await tx.user.create({ data, select: { id: true } });
    return id;
  });
}

/** PostgreSQL's time, by which `mailedAfter` counts. */
export async function databaseTime(database: Database): Promise<Date> {
  const rows = await database.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const now = rows[0]?.now;
  if (!now) throw new Error("PostgreSQL told no time");
  return now;
}

/** Milliseconds from `since` until the mail transport took a notification's mail; null: not yet. */
export async function mailedAfter(
  database: Database,
  notificationId: string,
  since: Date,
): Promise<number | "dead" | null> {
  const row = await database.outbox.findUnique({
    where: { notificationId_channel: { notificationId, channel: "email" } },
    select: { state: true, finishedAt: true },
  });
  if (row?.state === "dead") return "dead";
  return row?.state === "sent" && row.finishedAt ? Math.max(0, row.finishedAt.getTime() - since.getTime()) : null;
}

/** Empties the canary's inbox of what is older than an hour, so that it costs nothing however long it sings. */
export async function tidyCanary(database: Database, userId: number): Promise<void> {
  await database.$executeRaw`
    DELETE FROM "notifications" WHERE "user_id" = ${userId}::int AND "created_at" < now() - interval '1 hour'`;
  await database.$executeRaw`
    UPDATE "inboxes" SET "unread_count" = (SELECT count(*) FROM "notifications" WHERE "user_id" = ${userId}::int
      AND "deleted_at" IS NULL AND "archived_at" IS NULL AND "read_at" IS NULL)
    WHERE "user_id" = ${userId}::int`;
}
