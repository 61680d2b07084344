import { plainText } from "@mgs/writing/contract/plain-text";
import type { MessageRow } from "./messages.repository";

const MAX_EXCERPT_CHARACTERS = 120;

/** As much of a message as a line holds; empty for one that was deleted, and for lines of what has happened. */
export function excerptOf({ content, deletedAt }: Pick<MessageRow, "content" | "deletedAt">): string {
  if (deletedAt !== null) return "";
  const line = plainText(content);
  const characters = Array.from(line);
  return characters.length <= MAX_EXCERPT_CHARACTERS
    ? line
    : `${characters.slice(0, MAX_EXCERPT_CHARACTERS - 1).join("")}…`;
}
