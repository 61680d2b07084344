/**
 * What a text is to its readers. `mentions`: the one service of mentions finds whom it names. `name`: one line that things are told apart
 * by. `code`: a value of programs. Else: prose in which nobody can be named, and why.
 */
export type TextField = "mentions" | "name" | "code" | { prose: string };

/** Every text of every body that the API takes. A text without a row here, and a row without a text, fail the test. */
export const TEXT_FIELDS: Readonly<Record<string, Readonly<Record<string, TextField>>>> = {
  "POST /api/people/imports": { role: "code" },
  "POST /api/notifications/send": {
    ...{ user_id: "code", type: "code", titre: "name" },
    message: { prose: "it goes to the one person whom `user_id` names, and stands on no record" },
  },
  "POST /api/views": { list: "code", name: "name", query: "code" },
  "PATCH /api/views/{id}": { name: "name", query: "code" },
  ...ofDossier("POST /api/dossiers", { "origin.portal": "code", "origin.title": "name" }),
  ...ofDossier("PATCH /api/dossiers/{id}", {}),
  "POST /api/dossiers/{id}/steps": { reason: { prose: "everybody who follows the dossier is told of the decision" } },
  "POST /api/dossiers/{id}/pieces": { name: "name" },
  "PATCH /api/dossiers/{id}/pieces/{pieceId}": { reason: { prose: "why a piece is refused, for who brings it anew" } },
  "POST /api/dossiers/{id}/opinions": {
    role: "code",
    question: { prose: "the asked are named beside it, and its private thread has mentions" },
  },
  "POST /api/dossiers/{id}/opinions/{opinionId}/answer": {
    answer: { prose: "who asked is told of it, and its private thread has mentions" },
  },
  ...ofDossierType("POST /api/dossier-types"),
  ...ofDossierType("PATCH /api/dossier-types/{id}"),
  "PUT /api/holidays/{day}": { name_fr: "name", name_en: "name" },
  "POST /api/holiday-years/{year}/confirmation": { version: "code" },
  "POST /api/sessions": { title: "name", place: "name" },
  "PATCH /api/sessions/{id}": { title: "name", place: "name" },
  "POST /api/{subject}/{id}/comments": { content: "mentions", "mentions[]": "code" },
  "PUT /api/{subject}/{id}/comments/{commentId}": { content: "mentions", "mentions[]": "code", previous: "code" },
  "PUT /api/{subject}/{id}/comment-drafts": { place: "code", content: "mentions", "mentions[]": "code" },
  "POST /api/conversations": { name: "name", "subject.id": "code", "subject.type": "code" },
  "PATCH /api/conversations/{id}": { name: "name" },
  "POST /api/conversations/{id}/messages": { content: "mentions", "mentions[]": "code" },
  "PATCH /api/conversations/{id}/messages/{messageId}": { content: "mentions", "mentions[]": "code" },
  "PUT /api/conversations/{id}/drafts": { place: "code", content: "mentions", "mentions[]": "code" },
  "POST /api/conversations/{id}/scheduled": { content: "mentions", "mentions[]": "code" },
  "PATCH /api/conversations/scheduled/{id}": { content: "mentions", "mentions[]": "code" },
  "POST /api/{subject}/{id}/threads": { title: "name" },
  "POST /api/{subject}/{id}/comments/{commentId}/visibility": {
    reason: { prose: "it stands in the place of the comment, for all" },
  },
  "POST /api/{subject}/{id}/comments/{commentId}/reports": {
    reason: { prose: "moderators alone read it, and all of them are told" },
  },
  "PUT /api/comment-words": { "words[]": "name" },
  "POST /broadcasting/auth": { socket_id: "code", channel_name: "code" },
  "POST /broadcasting/user-auth": { socket_id: "code" },
};

function ofDossier(route: string, more: Record<string, TextField>) {
  const custom = { prose: "fields that a type declares: values of the case, which lists and exports show as they are" };
  return {
    [route]: {
      title: "name",
      description: { prose: "what the case is about; people are named in its comments, which are told" },
      ...{ "concerned.name": "name", "concerned.contact": "name", "tags[]": "name", "custom.*": custom, ...more },
    },
  } as const;
}

function ofDossierType(route: string) {
  const fields = { "fields[].key": "code", "fields[].label.fr": "name", "fields[].label.en": "name" } as const;
  return {
    [route]: {
      ...{ "name.fr": "name", "name.en": "name", ...fields, "fields[].choices[]": "name", "pieces[].name": "name" },
    },
  } as const;
}
