import { type Actor, actorKey } from "@mgs/core/actor";
import { AUDIT_ACTIONS, type AuditAction } from "@mgs/core/audit-actions";
import { uuidv7 } from "@mgs/core/ids";
import { currentRemoteAddress, currentRequestId } from "@mgs/core/request-context";
import type { Prisma } from "@mgs/db/client";

/** Somebody who is not signed in, such as the visitor of the sign-in page. */
export type Visitor = { kind: "visitor" };

/** A person whose sign-in is only just being made or ended. */
export type AuditedUser = { kind: "user"; userId: number; userSessionId?: string; clientId?: string };

type Common = {
  actor: Actor | AuditedUser | Visitor;
  /** The person whom it concerns: "to whom". Unset: the subject, when that is a person. */
  userId?: number | undefined;
  /** Never a secret, and no text that a person wrote for others. Sentences name its texts and numbers. */
  details?: Prisma.InputJsonObject;
};
type SubjectOf<Action extends AuditAction> = (typeof AUDIT_ACTIONS)[Action] extends null
  ? { subject?: never }
  : { subject: string | number };

/** An action of `AUDIT_ACTIONS` with the id of its subject. Where it came from is added by the writer. */
export type AuditEntry = { [Action in AuditAction]: Common & SubjectOf<Action> & { action: Action } }[AuditAction];

/** The key of who acted, such as `user:1`; `visitor` for somebody who is not signed in. */
export function auditActorKey(actor: AuditEntry["actor"]): string {
  if (actor.kind === "visitor") return "visitor";
  return actor.kind === "user" ? `user:${actor.userId}` : actorKey(actor);
}

/**
 * Builds the row of an entry: address and request id from the request's context, device, client and who acts in a person's
 * place from the actor.
 */
export function toAuditRow(entry: AuditEntry) {
  const { actor, action, subject, details = {} } = entry;
  const subjectType = AUDIT_ACTIONS[action];
  return {
    id: uuidv7(),
    actor: auditActorKey(actor),
    action,
    subjectType,
    subject: subject === undefined ? null : String(subject),
    userId: entry.userId ?? (subjectType === "user" ? Number(subject) : null),
    ip: currentRemoteAddress() ?? null,
    userSessionId: (actor.kind === "user" && actor.userSessionId) || null,
    clientId: (actor.kind !== "visitor" && actor.kind !== "system" && actor.clientId) || null,
    requestId: currentRequestId() ?? null,
    details,
    impersonatorId:
      (actor.kind === "user" && "impersonation" in actor && actor.impersonation?.administrator.id) || null,
  };
}
