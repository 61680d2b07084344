import { audit } from "@mgs/audit/audit.repository";
import type { AuditedUser } from "@mgs/audit/audit-entry";
import { holderOf } from "@mgs/core/access-proof";
import type { Actor } from "@mgs/core/actor";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { sessionChanged } from "../outbox-kinds";
import { markImpersonationEnded, type RunningImpersonation } from "./impersonations.repository";

/** Why an impersonation ended; the journal has words for each. */
export type ImpersonationEndReason =
  /** By who began it. */
  | "ended"
  | "administrator"
  | "expired"
  /** The administrator's sign-in ended. */
  | "session-ended"
  /** One of the two has other rights now, or their account was shut. */
  | "rights-changed"
  /** The person has answered the notice with "that was not me". */
  | "not-me";

/**
 * Ends an impersonation inside the caller's transaction. Every end passes here, also that of one which lets nobody in any more since it
 * has expired.
 * @returns the outbox rows that close the sockets which were let in as the person, and tell the browser's pages; null when it had
 *   ended already
 */
export async function closeImpersonation(
  tx: Transaction,
  actor: Actor | AuditedUser,
  running: RunningImpersonation,
  { at, reason: given }: { at: Date; reason: ImpersonationEndReason },
): Promise<NewOutboxRow[] | null> {
  const { id, userId, administratorId, userSessionId } = running;
  const reason = running.expiresAt <= at ? "expired" : given;
  if (!(await markImpersonationEnded(tx, id, at, reason))) return null;
  await audit(tx, { actor, action: "impersonation.ended", subject: userId, details: { reason, id } });
  const payload = { user_session_id: userSessionId, user_id: administratorId, holders: [holderOf.impersonation(id)] };
  return [sessionChanged.row({ payload })];
}
