/**
 * What a stranger gets: somebody of the staff who may open the portal, and has nothing to do with the records that stand there.
 * `nothing`: an answer without anything of them, the same as before they were there. `own`: an act that is about the caller's own things.
 */
type Stranger =
  | "404 DOSSIER_NOT_FOUND"
  | "404 SUBJECT_NOT_FOUND"
  | "404 SESSION_NOT_FOUND"
  | "404 NOT_FOUND"
  | "404 CONVERSATION_NOT_FOUND"
  | "404 MESSAGE_NOT_FOUND"
  | "404 USER_NOT_FOUND"
  | "403 FORBIDDEN"
  | "nothing"
  | "own";

export type AccessRow = {
  stranger: Stranger;
  /** A body that is right, with `{name}` for ids of the records. */
  body?: object;
  /** Headers of an upload. */
  headers?: Readonly<Record<string, string>>;
  /** Whom the route lets in. Default: who works on the records. */
  admits?: "administrator";
  /** The scope is that of what the input names. */
  scope?: "dossiers:read" | "dossiers:write";
  /** What whom the route lets in gets here, where it is a refusal as well. */
  admitted?: "404 NOT_FOUND";
};

const TUS = { "tus-resumable": "1.0.0" };
const OFFSET = { ...TUS, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
const BEGUN = { ...TUS, "upload-length": "4", "upload-metadata": `filename ${btoa("plan.pdf")}` };

/**
 * Routes that every kind of record has.
 * @param missing what they answer of a record that the caller does not see; the record's own route may have a word of its own
 */
function ofRecord(segment: string, missing: Stranger, own = missing): Record<string, AccessRow> {
  const at = `/api/${segment}/{id}`;
  const hidden = { stranger: missing };
  return {
    [`GET ${at}`]: { stranger: own },
    [`GET ${at}/changes`]: hidden,
    [`GET ${at}/history`]: hidden,
    [`GET ${at}/comments`]: hidden,
    [`POST ${at}/comments`]: { ...hidden, body: { content: "Vu", mentions: [] } },
    [`GET ${at}/comments/changes`]: hidden,
    [`PUT ${at}/comments/{commentId}`]: { ...hidden, body: { content: "Vu et corrigé", mentions: [] } },
    [`POST ${at}/comments/{commentId}/reactions`]: { ...hidden, body: { emoji: "👍", on: true } },
    [`POST ${at}/comments/{commentId}/resolution`]: { ...hidden, body: { resolved: true } },
    [`POST ${at}/comments/{commentId}/visibility`]: { ...hidden, body: { hidden: true, reason: "Essai" } },
    [`POST ${at}/comments/{commentId}/reports`]: { ...hidden, body: { reason: "Essai" } },
    [`DELETE ${at}/comments/{commentId}/reports`]: hidden,
    [`DELETE ${at}/comments/{commentId}`]: hidden,
    [`POST ${at}/comments/{commentId}/restore`]: hidden,
    [`GET ${at}/mentionable`]: hidden,
    [`GET ${at}/threads`]: hidden,
    [`POST ${at}/threads`]: { ...hidden, body: { title: "Entre nous", user_ids: [] } },
    [`POST ${at}/threads/{threadId}/people`]: { ...hidden, body: { user_ids: [] } },
    [`GET ${at}/comment-drafts`]: hidden,
    [`PUT ${at}/comment-drafts`]: { ...hidden, body: { content: "Brouillon" } },
    [`GET ${at}/presence/users`]: hidden,
    [`POST ${at}/presence/join`]: hidden,
    [`POST ${at}/presence/typing`]: hidden,
    [`POST ${at}/presence/leave`]: hidden,
    ...documentsOf(segment, missing, BEGUN),
  };
}

/** Routes of the documents of a kind of record. */
function documentsOf(
  segment: string,
  missing: Stranger,
  begun: Readonly<Record<string, string>>,
): Record<string, AccessRow> {
  const at = `/api/${segment}/{id}`;
  const hidden = { stranger: missing };
  return {
    [`GET ${at}/documents`]: hidden,
    [`GET ${at}/documents.zip`]: hidden,
    [`GET ${at}/documents/{documentId}`]: hidden,
    [`GET ${at}/documents/{documentId}/versions`]: hidden,
    [`GET ${at}/documents/{documentId}/content`]: hidden,
    // The worker makes it, and does not run here.
    [`GET ${at}/documents/{documentId}/thumbnail`]: { ...hidden, admitted: "404 NOT_FOUND" },
    [`DELETE ${at}/documents/{documentId}`]: hidden,
    [`POST ${at}/documents/{documentId}/restore`]: hidden,
    [`POST ${at}/documents/uploads`]: { ...hidden, headers: begun },
    [`GET ${at}/documents/uploads/{uploadId}`]: { ...hidden, headers: TUS },
    [`PATCH ${at}/documents/uploads/{uploadId}`]: { ...hidden, headers: OFFSET },
    [`DELETE ${at}/documents/uploads/{uploadId}`]: { ...hidden, headers: TUS },
  };
}

const dossier = { stranger: "404 DOSSIER_NOT_FOUND" } as const;
const session = { stranger: "404 SESSION_NOT_FOUND" } as const;
const TIMES = { starts_at: "2026-12-04T06:00:00Z", ends_at: "2026-12-04T08:00:00Z" };

/** Routes of messages: one's own, and of conversations that one is in. */
function ofMessages(): Record<string, AccessRow> {
  const at = "/api/conversations/{id}";
  const message = `${at}/messages/{messageId}`;
  const hidden = { stranger: "404 CONVERSATION_NOT_FOUND" } as const;
  const later = "2026-12-05T06:00:00Z";
  const slot = `slot ${btoa("message:0193a000-0000-7000-8000-00000000feed")}`;
  return {
    "GET /api/conversations": { stranger: "nothing" },
    "POST /api/conversations": {
      stranger: "own",
      body: { user_ids: ["{colleagueId}"], subject: { type: "dossier", id: "{dossierText}" } },
    },
    "GET /api/conversations/unread-count": { stranger: "nothing" },
    "GET /api/conversations/search": { stranger: "nothing" },
    "GET /api/conversations/user/{id}": { stranger: "404 USER_NOT_FOUND" },
    "GET /api/conversations/reminders": { stranger: "nothing" },
    "GET /api/conversations/scheduled": { stranger: "nothing" },
    "PATCH /api/conversations/scheduled/{id}": { stranger: "404 MESSAGE_NOT_FOUND", body: { content: "Autre" } },
    "DELETE /api/conversations/scheduled/{id}": { stranger: "404 MESSAGE_NOT_FOUND" },
    [`POST ${at}/scheduled`]: { ...hidden, body: { content: "Plus tard", send_at: later } },
    [`GET ${at}`]: hidden,
    [`PATCH ${at}`]: { ...hidden, body: { muted: true } },
    [`POST ${at}/people`]: { ...hidden, body: { user_ids: ["{colleagueId}"] } },
    [`DELETE ${at}/people/{userId}`]: hidden,
    [`POST ${at}/read`]: { ...hidden, body: {} },
    [`GET ${at}/messages`]: hidden,
    [`POST ${at}/messages`]: { ...hidden, body: { content: "Vu", mentions: [] } },
    [`GET ${at}/messages/changes`]: hidden,
    [`PATCH ${message}`]: { ...hidden, body: { content: "Vu et corrigé", mentions: [] } },
    [`DELETE ${message}`]: hidden,
    [`POST ${message}/reactions`]: { ...hidden, body: { emoji: "👍", on: true } },
    [`GET ${message}/versions`]: { stranger: "403 FORBIDDEN", admits: "administrator" },
    [`PUT ${message}/reminder`]: { ...hidden, body: { remind_at: later } },
    [`GET ${at}/mentionable`]: hidden,
    [`GET ${at}/drafts`]: hidden,
    [`PUT ${at}/drafts`]: { ...hidden, body: { content: "Brouillon" } },
    ...documentsOf("conversations", "404 CONVERSATION_NOT_FOUND", {
      ...BEGUN,
      "upload-metadata": `${BEGUN["upload-metadata"]},${slot}`,
    }),
    "GET /api/presence": { stranger: "nothing" },
    "GET /api/presence/me": { stranger: "nothing" },
    "PUT /api/presence/me": { stranger: "own", body: { status: "away" } },
    "POST /api/presence/me/use": { stranger: "own" },
  };
}

/** Every route of the business. A route without a row here, and a row without a route, fail the test. */
export const ACCESS_TABLE: Readonly<Record<string, AccessRow>> = {
  ...ofRecord("dossiers", "404 SUBJECT_NOT_FOUND", "404 DOSSIER_NOT_FOUND"),
  ...ofRecord("sessions", "404 SESSION_NOT_FOUND"),
  ...ofMessages(),
  "GET /api/dossiers": { stranger: "nothing" },
  "GET /api/dossiers/export": { stranger: "nothing" },
  "GET /api/dossiers/board": { stranger: "nothing" },
  "GET /api/dossiers/figures": { stranger: "nothing" },
  "GET /api/dossiers/calendar": { stranger: "nothing" },
  "GET /api/dossiers/assignees": { stranger: "nothing" },
  "GET /api/dossiers/asked": { stranger: "nothing" },
  "GET /api/dossiers/askable-roles": { stranger: "403 FORBIDDEN" },
  "POST /api/dossiers": {
    stranger: "own",
    body: { title: "Le mien", type_id: "{typeId}", concerned: { kind: "personne", name: "Moi" } },
  },
  "POST /api/dossiers/bulk": { stranger: "nothing", body: { ids: ["{dossierId}"], change: { priority: "haute" } } },
  "PATCH /api/dossiers/{id}": { ...dossier, body: { version: 1, title: "Repris" } },
  "POST /api/dossiers/{id}/steps": { ...dossier, body: { from: "nouveau", to: "en_cours" } },
  "GET /api/dossiers/{id}/pieces": dossier,
  "POST /api/dossiers/{id}/pieces": { ...dossier, body: { name: "Titre foncier" } },
  "PATCH /api/dossiers/{id}/pieces/{pieceId}": { ...dossier, body: { from: "asked", state: "received" } },
  "GET /api/dossiers/{id}/opinions": dossier,
  "POST /api/dossiers/{id}/opinions": { ...dossier, body: { role: "gestionnaire", question: "Encore ?" } },
  "POST /api/dossiers/{id}/opinions/{opinionId}/answer": { ...dossier, body: { verdict: "favorable" } },
  "POST /api/dossiers/{id}/opinions/{opinionId}/withdraw": dossier,
  "GET /api/dossiers/{id}/people": dossier,
  "POST /api/dossiers/{id}/people": { ...dossier, body: { user_id: "{colleagueId}" } },
  "DELETE /api/dossiers/{id}/people/{userId}": dossier,
  "POST /api/dossiers/{id}/follow": dossier,
  "DELETE /api/dossiers/{id}/follow": dossier,
  "GET /api/dossier-types": { stranger: "nothing" },
  "POST /api/dossier-types": {
    ...{ stranger: "403 FORBIDDEN", admits: "administrator" },
    body: { name: { fr: "Recours", en: "Appeal" } },
  },
  "PATCH /api/dossier-types/{id}": {
    ...{ stranger: "403 FORBIDDEN", admits: "administrator" },
    body: { version: 1, due_working_days: 12 },
  },
  "GET /api/sessions": { stranger: "nothing" },
  "POST /api/sessions": { stranger: "own", body: { title: "La mienne", ...TIMES } },
  "PATCH /api/sessions/{id}": { ...session, body: { version: 1, title: "Reprise" } },
  "DELETE /api/sessions/{id}": session,
  "POST /api/sessions/{id}/restore": session,
  "GET /api/record-card": { stranger: "nothing", scope: "dossiers:read" },
  "GET /api/views": { stranger: "nothing", scope: "dossiers:read" },
  "POST /api/views": {
    stranger: "own",
    scope: "dossiers:write",
    body: { list: "dossiers", name: "La mienne", query: "" },
  },
  "PATCH /api/views/{id}": { stranger: "404 NOT_FOUND", scope: "dossiers:write", body: { name: "Reprise" } },
  "DELETE /api/views/{id}": { stranger: "404 NOT_FOUND", scope: "dossiers:write" },
  // It is not deleted.
  "POST /api/views/{id}/restore": { stranger: "404 NOT_FOUND", scope: "dossiers:write", admitted: "404 NOT_FOUND" },
  "GET /api/absences": { stranger: "nothing" },
  "POST /api/absences": {
    stranger: "own",
    body: { substitute_id: "{colleagueId}", first_day: "2027-03-01", last_day: "2027-03-05" },
  },
  "DELETE /api/absences/{id}": { stranger: "404 NOT_FOUND" },
  "GET /api/holidays": { stranger: "403 FORBIDDEN", admits: "administrator" },
  "PUT /api/holidays/{day}": {
    stranger: "403 FORBIDDEN",
    admits: "administrator",
    body: { name_fr: "Fête", name_en: "Holiday" },
  },
  "DELETE /api/holidays/{day}": { stranger: "403 FORBIDDEN", admits: "administrator" },
  "POST /api/holidays/{day}/restore": { stranger: "403 FORBIDDEN", admits: "administrator" },
  "POST /api/holiday-years/{year}/confirmation": {
    stranger: "403 FORBIDDEN",
    admits: "administrator",
    body: { version: "{holidaysVersion}" },
  },
  "GET /api/comment-reports": { stranger: "403 FORBIDDEN" },
  "GET /api/comment-words": { stranger: "403 FORBIDDEN", admits: "administrator" },
  "PUT /api/comment-words": { stranger: "403 FORBIDDEN", admits: "administrator", body: { words: ["gros-mot"] } },
};

/** Channels that everybody of the staff may join: who is there is no secret among colleagues. */
export const OPEN_CHANNELS: ReadonlySet<string> = new Set(["presence-online-users", "private-presence.{id}"]);

/** Every pattern of the channels, with the record that stands there. */
export const CHANNEL_TABLE: Readonly<Record<string, string>> = {
  "presence-online-users": "",
  "private-presence.{id}": "workerId",
  "private-conversation.{id}": "conversationId",
  "private-conversation-reads.{id}": "conversationId",
  "private-dossier.{id}": "dossierId",
  "presence-dossier.{id}": "dossierId",
  "private-sport-session.{id}": "sessionId",
  "presence-sport-session.{id}": "sessionId",
  "private-comment-thread.{id}": "dossiersThreadId",
  "private-dossiers": "",
  "private-dossiers.user.{id}": "workerId",
  "private-dossiers.role.{id}": "workerRole",
};
