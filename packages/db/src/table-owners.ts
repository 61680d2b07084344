/**
 * Package that owns each table, with the schema file of its name in `prisma/schema/`. Only the owner's SQL and Prisma calls name a
 * table; another package calls a function that the owner exports, or passes a hook that the composition fills.
 * `tooling/src/table-owners.test.ts` reads every package and refuses the rest.
 */
export const TABLE_OWNERS = {
  audit_events: "audit",
  audit_chain: "audit",
  audit_unchained: "audit",
  audit_anchors: "audit",
  audit_keys: "audit",

  maintenances: "maintenance",

  roles: "identity",
  batch_jobs: "identity",
  people_imports: "identity",
  people_import_lines: "identity",
  users: "identity",
  clients: "identity",
  user_sessions: "identity",
  session_lifetimes: "identity",
  session_clients: "identity",
  impersonations: "identity",
  client_uses: "identity",
  consents: "identity",
  account_links: "identity",
  logout_deliveries: "identity",
  passkeys: "identity",
  webauthn_challenges: "identity",
  totp_secrets: "identity",
  recovery_codes: "identity",
  factor_enrolments: "identity",
  pending_sign_ins: "identity",
  role_requirements: "identity",

  oidc_payloads: "oidc",
  live_bearers: "oidc",
  refresh_replays: "oidc",
  signing_keys: "oidc",

  portal_sessions: "portal-auth",

  inboxes: "notifications",
  notifications: "notifications",
  idempotency_keys: "notifications",

  outbox: "jobs",
  queue_pauses: "jobs",

  process_heartbeats: "observability",
  canary_runs: "observability",

  holidays: "calendar",
  holiday_years: "calendar",
  absences: "calendar",

  change_heads: "records",
  record_changes: "records",
  saved_views: "records",
  record_keys: "records",

  documents: "documents",
  document_versions: "documents",
  document_uploads: "documents",

  dossier_types: "dossiers",
  dossier_numbers: "dossiers",
  dossiers: "dossiers",
  dossier_people: "dossiers",
  dossier_pieces: "dossiers",
  dossier_opinions: "dossiers",
  dossier_decisions: "dossiers",
  seances: "dossiers",
  seance_participants: "dossiers",
  seance_substitutes: "dossiers",

  comments: "comments",
  comment_reactions: "comments",
  comment_mentions: "comments",
  comment_reports: "comments",
  comment_threads: "comments",
  comment_thread_people: "comments",
  comment_drafts: "writing",
  conversations: "messaging",
  conversation_members: "messaging",
  messages: "messaging",
  message_versions: "messaging",
  message_reactions: "messaging",
  message_mentions: "messaging",
  scheduled_messages: "messaging",
  message_reminders: "messaging",
  message_notices: "messaging",
  presences: "messaging",
  comment_words: "comments",
  comment_act_times: "comments",
  presence_signs: "comments",
} as const;

export type TableName = keyof typeof TABLE_OWNERS;

type ForeignReads = Readonly<Record<string, Readonly<Partial<Record<TableName, string>>>>>;

/**
 * Tables that a package reads although another one owns them, with the reason. It never writes them. An entry is for a case that no
 * function, hook or SQL of the owner could serve, since domains do not import each other.
 */
export const FOREIGN_READS: ForeignReads = {
  notifications: {
    users: "a send finds its recipient, and lists name people, in the statement that reads or writes the notifications",
    roles: "the statement that claims a mail's row reads which portals its recipient may open",
    clients: "lists and mails name the sending client in the statement that reads the notifications",
    live_bearers: "a send checks the sender's token in the statement, and so in the commit, that accepts it",
    outbox: "the console pages notifications by the state of their deliveries",
  },
  messaging: {
    change_heads: "the statement that looks for differences compares a conversation's number with its messages",
  },
};
