import type { Tag } from "@mgs/http/route-docs";

export const MESSAGES: Tag = {
  name: "messages",
  description: "Conversations between colleagues: the caller's own, and nobody else's whatever the caller's rights",
};

export const PRESENCE: Tag = {
  name: "presence",
  description: "Who is there, who is away, and who does not want to be disturbed",
};

/** What every route may refuse that reads somebody's messages. */
export const OF_READER = { IMPERSONATION_REFUSED: "nobody reads messages in another person's place" } as const;

/** What every route of one conversation may refuse. */
export const OF_CONVERSATION = {
  ...OF_READER,
  CONVERSATION_NOT_FOUND: "none with this id that the caller is in, or its record is closed to them",
} as const;
