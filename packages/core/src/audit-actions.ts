/** What an audit event may be about. The audit page has a text and a filter for each. */
export const AUDIT_SUBJECTS = [
  "user",
  "session",
  "client",
  "role",
  "queue",
  "channel",
  "key",
  "dossier",
  "dossier-type",
  "seance",
  "comment",
  "message",
] as const;
export type AuditSubjectType = (typeof AUDIT_SUBJECTS)[number];

/**
 * Every action of the audit trail, with the type of its subject; null: it has none. `<group>.<verb>`, the verb in the past. The
 * catalogues compile again when `messages/{fr,en}/audit-actions.ts` have a sentence for a new one.
 */
export const AUDIT_ACTIONS = {
  "sign-in.succeeded": "session",
  "sign-in.refused": null,

  "proof.refused": null,

  "audit.exported": null,
  "audit.removed": null,

  "session.ended": "session",
  "session.removed": "session",
  "sessions.ended-everywhere": null,
  "sessions.lifetimes-changed": null,

  "user.activated": "user",
  "user.created": "user",
  "user.disabled": "user",
  "user.enabled": "user",
  "user.invited": "user",
  "user.lockout-released": "user",
  "user.not-me": "user",
  "user.password-changed": "user",
  "user.password-forgotten": "user",
  "user.password-reset": "user",
  "user.password-set": "user",
  "user.updated": "user",
  "user.role-changed": "user",
  "user.password-change-forced": "user",
  "user.holdings-handed-over": "user",
  "users.imported": null,
  "users.exported": null,
  "users.batch-cancelled": null,

  "role.created": "role",
  "role.updated": "role",
  "role.deleted": "role",

  "impersonation.started": "user",
  "impersonation.acted": "user",
  "impersonation.ended": "user",

  "passkey.added": "user",
  "passkey.removed": "user",
  "totp.added": "user",
  "totp.removed": "user",
  "recovery-codes.renewed": "user",
  "recovery-codes.used": "user",
  "second-factor.refused": "user",
  "second-factor.reset": "user",
  "second-factor.required": null,
  "second-factor.not-required": null,

  "client.created": "client",
  "client.changed": "client",
  "client.revoked": "client",
  "client.secret-rotated": "client",
  "client.previous-secret-ended": "client",
  "clients.imported": null,

  "token.revoked": "client",

  "consent.given": "client",
  "consent.withdrawn": "client",

  "key.rotated": "key",
  "key.revoked": "key",
  "key.retired": "key",

  "maintenance.announced": null,
  "maintenance.started": null,
  "maintenance.cancelled": null,
  "maintenance.ended": null,

  "holidays.changed": null,
  "holidays.removed": null,
  "holidays.restored": null,
  "holidays.confirmed": null,

  "absence.named": "user",
  "absence.ended": "user",

  "dossier.opened": "dossier",
  "dossier.decided": "dossier",
  "dossier.reopened": "dossier",
  "dossier.access-granted": "dossier",
  "dossier.exported": null,
  "dossier.access-removed": "dossier",
  "seance.access-granted": "seance",
  "dossier-type.created": "dossier-type",
  "dossier-type.updated": "dossier-type",
  "dossier-type.archived": "dossier-type",
  "dossier-type.restored": "dossier-type",

  "comment.deleted": "comment",
  "comment.restored": "comment",
  "comment.hidden": "comment",
  "comment.shown": "comment",
  "comment.report-settled": "comment",
  "comment-words.changed": null,
  "message.history-read": "message",

  "queue.paused": "queue",
  "queue.resumed": "queue",
  "outbox.retried": null,
  "rate-limits.cleared": null,

  "realtime.user-disconnected": "user",
  "realtime.event-sent": "channel",
  "realtime.event-failed": "channel",
} as const satisfies Record<`${string}.${string}`, AuditSubjectType | null>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

type GroupOf<Action> = Action extends `${infer Group}.${string}` ? Group : never;
type VerbOf<Group extends string, Action> = Action extends `${Group}.${infer Verb}` ? Verb : never;

/** The part of an action before its dot, such as `client`. */
export type AuditActionGroup = GroupOf<AuditAction>;

/** The shape of the sentences, one for each action. */
export type AuditActionTexts = { [Group in AuditActionGroup]: { [Verb in VerbOf<Group, AuditAction>]: string } };
