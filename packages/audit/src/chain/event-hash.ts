import { createHash } from "node:crypto";

/** A row of the audit trail as its hash covers it: every column. */
export type ChainedEvent = {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subjectType: string | null;
  subject: string | null;
  userId: number | null;
  ip: string | null;
  userSessionId: string | null;
  clientId: string | null;
  requestId: string | null;
  details: unknown;
  /** The administrator who acted in the actor's name; null for everything else. */
  impersonatorId: number | null;
};

/** The place and the hash of a chained event, in hexadecimal digits. */
export type ChainLink = { seq: bigint; hash: string };

/** What the first event of a trail follows. */
export const CHAIN_START: ChainLink = { seq: 0n, hash: "0".repeat(64) };

/**
 * Computes the link of the event that follows another one: SHA-256 of canonical JSON with the hash before, the number and
 * every column of the event. docs/security.md describes the form, so that other programs can verify an export.
 */
export function linkEvent(previous: ChainLink, event: ChainedEvent): ChainLink {
  const seq = previous.seq + 1n;
  const text = toCanonicalJson({
    previous: previous.hash,
    seq: String(seq),
    id: event.id,
    at: event.at.toISOString(),
    actor: event.actor,
    action: event.action,
    subject_type: event.subjectType,
    subject: event.subject,
    user_id: event.userId,
    ip: event.ip,
    user_session_id: event.userSessionId,
    client_id: event.clientId,
    request_id: event.requestId,
    details: event.details,
    // Left out where nobody was impersonated, so that the hashes of earlier rows stay what they are.
    ...(event.impersonatorId === null ? {} : { impersonator_id: event.impersonatorId }),
  });
  return { seq, hash: createHash("sha256").update(text).digest("hex") };
}

/** Writes JSON in one form alone: keys in the order of their UTF-16 code units, no spaces (RFC 8785). */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`).join(",")}}`;
}
