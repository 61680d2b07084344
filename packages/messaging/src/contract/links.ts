/** Addresses of messages in the API of every portal. */
/** @param query without its question mark */
export const conversationsApiPath = (query = ""): `/${string}` =>
  `/api/conversations${query === "" ? "" : `?${query}`}`;
export const conversationApiPath = (id: number | string, rest = ""): `/${string}` =>
  `/api/conversations/${id}${rest === "" ? "" : `/${rest}`}`;
export const messageApiPath = (id: number | string, messageId: string, rest = ""): `/${string}` =>
  `/api/conversations/${id}/messages/${messageId}${rest === "" ? "" : `/${rest}`}`;
/** A file of a message, among the documents of its conversation, for the browser to show. */
export const attachmentApiPath = (id: number | string, documentId: string): `/${string}` =>
  conversationApiPath(id, `documents/${documentId}/content?inline=true`);
export const attachmentThumbnailApiPath = (id: number | string, documentId: string): `/${string}` =>
  conversationApiPath(id, `documents/${documentId}/thumbnail`);
export const attachmentUploadsApiPath = (id: number | string): `/${string}` =>
  conversationApiPath(id, "documents/uploads");
export const scheduledApiPath = (id = ""): `/${string}` => `/api/conversations/scheduled${id === "" ? "" : `/${id}`}`;
export const remindersApiPath = (): `/${string}` => "/api/conversations/reminders";
export const messageSearchApiPath = (query: string): `/${string}` => `/api/conversations/search?${query}`;
/** @param ids of people, with commas between */
export const presencesApiPath = (ids: string): `/${string}` => `/api/presence?ids=${ids}`;
