import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { sessionActor } from "../portal-session";
import { createUserSession } from "../sessions/user-sessions.repository";
import { findUser } from "../users.repository";

/** A person who is signed in to Administration, with a fresh proof. */
export async function signInStaff(
  database: Database,
  person: { name: string; email: string; role: string },
): Promise<UserActor & { email: string }> {
  const account = { ...person, passwordHash: "hash", emailConfirmedAt: new Date() };
  const { id } = await database.user.create({ data: { ...account, inbox: { create: {} } } });
  const actor = await actorOf(database, id);
  return { ...actor, email: person.email };
}

/** A new sign-in of a person, as the look-up of a call makes its actor. */
export async function actorOf(database: Database, userId: number): Promise<UserActor> {
  const user = await findUser(database, userId);
  if (!user) throw new Error(`no person ${userId}`);
  const session = { userId, oidcSessionUid: `uid-${uuidv7()}`, userAgent: null, ip: null };
  const userSessionId = await createUserSession(database, session);
  const actor = sessionActor({ user, userSessionId, portalSessionId: null, expiresAt: null }, "administration");
  return { ...actor, scopes: PORTAL_SCOPES };
}

/** Dependencies of use cases that end sign-ins; `enqueued` are the rows that were handed on. */
export function staffDeps(database: Database) {
  const enqueued: OutboxRef[] = [];
  const enqueuer = {
    enqueue: async (refs: readonly OutboxRef[]) => enqueued.push(...refs) > 0,
    close: async () => undefined,
  };
  return { database, enqueuer, enqueued, clock: { now: () => new Date() }, identityHooks: [] };
}
