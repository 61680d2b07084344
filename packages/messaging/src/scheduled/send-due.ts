import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import { requireConversation } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { findMessageById, lockAuthor } from "../messages/messages.repository";
import { checkPostLimit } from "../messages/post-limit";
import { writeMessage } from "../messages/post-message";
import { deleteScheduled, lockDue, type ScheduledRow, updateScheduled } from "./scheduled.repository";

/** What one run sends at most; the next goes on. */
const MAX_SENT = 500;

/**
 * Sends what is due, each in one transaction with its disappearance from the waiting ones: a process that is killed sends it once all the same. What is refused
 * by then, such as a conversation that its author has left, waits for its author with the reason. What is more than its author may write in a minute
 * follows in the next.
 * @returns how many were sent
 */
export async function sendDueMessages(deps: MessagingDeps): Promise<number> {
  let sent = 0;
  const limited = new Set<number>();
  for (let tries = 0; tries < MAX_SENT; tries++) {
    let due: ScheduledRow | null = null;
    try {
      const refs = await deps.database.$transaction(async (tx): Promise<OutboxRef[] | null> => {
        due = await lockDue(tx, deps.clock.now(), limited);
        return due && sendOne(tx, deps, due);
      });
      if (refs === null) return sent;
      await deps.enqueuer.enqueue(refs);
      if (refs.length > 0) sent++;
    } catch (error) {
      // Its id became another message's in this moment: the next try finds that one.
      if (isUniqueViolation(error)) continue;
      const failed: ScheduledRow | null = due;
      if (failed === null || !(error instanceof AppError)) throw error;
      const { authorId }: ScheduledRow = failed;
      if (error.code === "RATE_LIMITED") limited.add(authorId);
      else await refuse(deps, failed, error.code);
    }
  }
  return sent;
}

/** @returns nothing to enqueue when its author has sent it themself meanwhile */
async function sendOne(tx: Transaction, deps: MessagingDeps, due: ScheduledRow): Promise<OutboxRef[]> {
  const author = await actorOf(tx, due.authorId);
  const found = await requireConversation({ database: tx, subjects: deps.subjects }, author, due.conversationId);
  await lockAuthor(tx, due.authorId);
  const { id, content, mentions, replyTo } = due;
  const known = await findMessageById(tx, id);
  if (known && (known.authorId !== due.authorId || known.conversationId !== due.conversationId))
    throw new AppError("CONFLICT");
  if (!known) await checkPostLimit(tx, due.authorId, deps.clock.now());
  const message = { id, content, mentions, reply_to: replyTo };
  const rows = known ? [] : await writeMessage(tx, deps, found, message, { isAway: true });
  await deleteScheduled(tx, id);
  return insertOutbox(tx, rows);
}

async function refuse({ database }: MessagingDeps, { id }: ScheduledRow, code: string): Promise<void> {
  await database.$transaction((tx) => updateScheduled(tx, id, { refusal: code }));
}

/** The author of a message, with the rights that they have now. @throws AppError FORBIDDEN for who is not there any more */
async function actorOf(tx: Transaction, userId: number): Promise<UserActor> {
  const [person] = await findPeopleRights(tx, [userId]);
  if (!person || person.disabled) throw new AppError("FORBIDDEN");
  const { role, locale, portals, permissions } = person;
  return {
    ...{ kind: "user", userId, role, locale, userSessionId: "", clientId: "administration", scopes: PORTAL_SCOPES },
    ...(portals ? { portals } : {}),
    ...(permissions ? { permissions } : {}),
  } as UserActor;
}
