/** Addresses of comments in the API. `segment` is a kind of record's part of addresses, such as `dossiers`. */
type Record = { segment: string; id: string | number };

const recordPath = ({ segment, id }: Record): string => `/api/${segment}/${id}`;

export const commentsApiPath = (record: Record, query = ""): string => `${recordPath(record)}/comments${query}`;
export const commentApiPath = (record: Record, commentId: string, act = ""): string =>
  `${recordPath(record)}/comments/${commentId}${act === "" ? "" : `/${act}`}`;
export const commentChangesApiPath = (record: Record, query: string): string =>
  `${recordPath(record)}/comments/changes?${query}`;
export const mentionableApiPath = (record: Record, query: string): string =>
  `${recordPath(record)}/mentionable?${query}`;
export const commentDraftsApiPath = (record: Record): string => `${recordPath(record)}/comment-drafts`;
export const presenceApiPath = (record: Record, act: "join" | "leave" | "typing" | "users"): string =>
  `${recordPath(record)}/presence/${act}`;
