/** Pages of messages, which every portal has. */
export const messagesPath = (): `/${string}` => "/messages";
/** The page on which a conversation is begun, with somebody. */
export const writePath = (toUserId?: number): `/${string}` =>
  `/messages?write=true${toUserId === undefined ? "" : `&to=${toUserId}`}`;
export const conversationPath = (id: number): `/${string}` => `/messages/${id}`;
/** A message in its place. */
export const messagePath = (conversationId: number, messageId: string): `/${string}` =>
  `/messages/${conversationId}?message=${messageId}`;

// Every page asks by these about its reader, so they stand beside the addresses of pages, which it loads anyway.
export const unreadApiPath = (): `/${string}` => "/api/conversations/unread-count";
export const ownPresenceApiPath = (): `/${string}` => "/api/presence/me";
/** Says that the person uses a portal. */
export const presenceUseApiPath = (): `/${string}` => "/api/presence/me/use";
