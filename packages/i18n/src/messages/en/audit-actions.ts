import type { AuditActionTexts } from "@mgs/core/audit-actions";

export const auditActions = {
  "sign-in": {
    succeeded: "{actor} signed in",
    refused: "Sign-in refused for {user}",
  },
  proof: {
    refused: "{actor} did not confirm their identity: wrong password",
  },
  audit: {
    exported: "{actor} exported the audit trail",
    removed:
      "{removed, plural, one {# old line of the audit trail was removed} other {# old lines of the audit trail were removed}}, as its retention says",
  },
  session: {
    ended: "{actor} ended a session of {user} ({reason})",
    removed: "{actor} removed a device of {user} from the list",
  },
  sessions: {
    "ended-everywhere": "{actor} ended the sessions of everybody",
    "lifetimes-changed": "{actor} changed how long sessions last",
  },
  user: {
    activated: "{subject} activated their account",
    invited: "{actor} invited {subject}",
    "lockout-released": "{actor} released the lockout of {subject}",
    "not-me": "{subject} reported an activity that was not theirs",
    "password-changed": "{subject} changed their password",
    "password-forgotten": "A link was asked for to replace the forgotten password of {subject}",
    "password-reset": "{subject} replaced their password by the link of a mail",
    created: "{actor} created the account of {subject}",
    disabled: "{actor} disabled the account of {subject}",
    enabled: "{actor} enabled the account of {subject}",
    "password-set": "{actor} set a new password for {subject}",
    updated: "{actor} changed the account of {subject}",
    "role-changed": "{actor} gave {subject} the role {role}",
    "password-change-forced": "{actor} required a new password of {subject}",
    "holdings-handed-over": "{actor} handed over to {to} what {subject} held",
  },
  users: {
    "batch-cancelled": "{actor} stopped work on accounts",
    exported: "{actor} exported {count, plural, =0 {an empty list of accounts} one {# account} other {# accounts}}",
    imported: "{actor} imported {added, plural, =0 {accounts} one {# account} other {# accounts}}",
  },
  role: {
    created: "{actor} added the role {name}",
    updated: "{actor} changed the role {name}",
    deleted: "{actor} removed the role {name}",
  },
  impersonation: {
    started: "{actor} began to act in the name of {subject}: {why}",
    acted: "{actor}: request {method} {path}",
    ended: "{actor} stopped acting in the name of {subject} ({reason})",
  },
  passkey: {
    added: "{actor} added a passkey to the account of {subject}",
    removed: "{actor} removed a passkey from the account of {subject}",
  },
  totp: {
    added: "{actor} added an authenticator app to the account of {subject}",
    removed: "{actor} removed the authenticator app from the account of {subject}",
  },
  "recovery-codes": {
    renewed: "{actor} made new recovery codes for {subject}",
    used: "{actor} used a recovery code of the account of {subject}",
  },
  "second-factor": {
    refused: "Second factor refused for {subject}",
    reset: "{actor} reset the second factor of {subject}",
    required: "{actor} made the second factor mandatory for the role {role}",
    "not-required": "{actor} made the second factor optional for the role {role}",
  },
  client: {
    created: "{actor} registered the application {subject}",
    changed: "{actor} changed the application {subject}",
    revoked: "{actor} revoked the application {subject}",
    "secret-rotated": "{actor} renewed the secret of the application {subject}",
    "previous-secret-ended": "{actor} ended the old secret of the application {subject}",
  },
  clients: {
    imported: "{actor} imported applications",
  },
  token: {
    revoked: "{subject} revoked one of its tokens",
  },
  consent: {
    given: "{user} allowed the application {subject}",
    withdrawn: "{actor} withdrew what {user} had allowed the application {subject}",
  },
  holidays: {
    changed: "{actor} changed the public holidays ({day})",
    removed: "{actor} removed the public holiday of {day}",
    restored: "{actor} restored the public holiday of {day}",
    confirmed: "{actor} confirmed the public holidays of {year}",
  },
  absence: {
    named: "{actor} named {user} to stand in for {subject}",
    ended: "{actor} ended the absence of {subject}, for whom {user} stood in",
  },
  dossier: {
    opened: "{actor} opened the case file {subject}",
    decided: "{actor} decided the case file {subject}",
    reopened: "{actor} reopened the case file {subject}",
    "access-granted": "{actor} gave {user} access to the case file {subject}",
    exported:
      "{actor} exported {count, plural, =0 {an empty list of case files} one {# case file} other {# case files}}",
    "access-removed": "{actor} took the access to the case file {subject} from {user}",
  },
  seance: {
    "access-granted": "{actor} made {user} take part in the session {subject}",
  },
  "dossier-type": {
    created: "{actor} created the type of case files {subject} ({name})",
    updated: "{actor} changed the type of case files {subject} ({name})",
    archived: "{actor} archived the type of case files {subject} ({name})",
    restored: "{actor} restored the type of case files {subject} ({name})",
  },
  comment: {
    deleted: "{actor} has deleted a comment of {user}",
    restored: "{actor} has restored a comment of {user}",
    hidden: "{actor} has hidden a comment of {user}",
    shown: "{actor} has shown a comment of {user} again",
    "report-settled": "{actor} has settled the reports of a comment of {user}",
  },
  "comment-words": {
    changed: "{actor} has changed the list of words that comments may not have",
  },
  message: {
    "history-read": "{actor} has read what a message of {user} said before it was edited or deleted",
  },
  key: {
    rotated: "{actor} made the signing key {subject}",
    revoked: "{actor} revoked the signing key {subject}",
    retired: "The signing key {subject} was retired, since its last token has expired",
  },
  maintenance: {
    announced: "{actor} announced a maintenance: {message}",
    started: "{actor} closed the portals for maintenance: {message}",
    cancelled: "{actor} took the announced maintenance back",
    ended: "{actor} opened the portals again",
  },
  queue: {
    paused: "{actor} paused the queue {subject}",
    resumed: "{actor} resumed the queue {subject}",
  },
  outbox: {
    retried: "{actor} retried {retried, plural, =0 {deliveries} one {# delivery} other {# deliveries}}",
  },
  "rate-limits": {
    cleared: "{actor} cleared the counters of the rate limits",
  },
  realtime: {
    "user-disconnected": "{actor} closed the realtime connections of {subject}",
    "event-sent": "{actor} sent the event {event} to the channel {subject}",
    "event-failed": "The event {event} of {actor} to the channel {subject} could not be sent",
  },
} satisfies AuditActionTexts;
