/** Pages of messages, which every portal has. */
export const messagesPath = (): `/${string}` => "/messages";
export const conversationPath = (id: number): `/${string}` => `/messages/${id}`;
/** A message in its place. */
export const messagePath = (conversationId: number, messageId: string): `/${string}` =>
  `/messages/${conversationId}?message=${messageId}`;
