/** Addresses of messages in the API of every portal. */
export const conversationsApiPath = (query = ""): `/${string}` => `/api/conversations${query}`;
export const conversationApiPath = (id: number | string, rest = ""): `/${string}` =>
  `/api/conversations/${id}${rest === "" ? "" : `/${rest}`}`;
export const messageApiPath = (id: number | string, messageId: string, rest = ""): `/${string}` =>
  `/api/conversations/${id}/messages/${messageId}${rest === "" ? "" : `/${rest}`}`;
export const unreadApiPath = (): `/${string}` => "/api/conversations/unread-count";
/** A file of a message, among the documents of its conversation. */
export const attachmentApiPath = (
  id: number | string,
  documentId: string,
  part: "content?inline=true" | "thumbnail",
): `/${string}` => conversationApiPath(id, `documents/${documentId}/${part}`);
export const attachmentUploadsApiPath = (id: number | string): `/${string}` =>
  conversationApiPath(id, "documents/uploads");
export const scheduledApiPath = (id = ""): `/${string}` => `/api/conversations/scheduled${id === "" ? "" : `/${id}`}`;
export const remindersApiPath = (): `/${string}` => "/api/conversations/reminders";
export const messageSearchApiPath = (query: string): `/${string}` => `/api/conversations/search?${query}`;
/** @param ids of people, with commas between */
export const presencesApiPath = (ids: string): `/${string}` => `/api/presence?ids=${ids}`;
export const ownPresenceApiPath = (act = ""): `/${string}` => `/api/presence/me${act === "" ? "" : `/${act}`}`;
