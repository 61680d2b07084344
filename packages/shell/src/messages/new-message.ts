import type { Written } from "../writing/composer";

/** A message that is written and not yet sent. Its id is a UUID that its writer's browser chose. */
export type NewMessage = Written & { id: string; reply_to: string | null };
