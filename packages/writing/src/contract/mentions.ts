import { array, boolean, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";

/** How many people and roles one text may name. */
export const MAX_MENTIONS = 50;

/** Names everybody who follows the record. */
export const FOLLOWERS_MENTION = "suiveurs";
/** Stands before the slug of a role: `role:commercial` names everybody who has it. */
export const ROLE_MENTION = "role:";

/** Somebody whom a text can name. */
export const mentionable = object({
  /** What the text's `mentions` carry. */
  key: string,
  kind: oneOf("person", "role", "followers"),
  name: string,
  /** False: they may not see the record, and have to be given access first. */
  sees: boolean,
});
export type Mentionable = ShapeOf<typeof mentionable>;
export const mentionables = array(mentionable);

/**
 * Finds which of the picked still stand in a text by `@Name`. Of two names that begin alike the longer one counts: who has written
 * "@Zo Rakoto" does not mean Zo.
 */
export function keysNamedIn(text: string, picked: readonly { key: string; name: string }[]): string[] {
  const byLength = picked.toSorted((a, b) => b.name.length - a.name.length);
  const named = new Set<string>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const name = byLength.find((one) => text.startsWith(one.name, at + 1))?.name;
    for (const one of picked) if (one.name === name) named.add(one.key);
  }
  return picked.map(({ key }) => key).filter((key) => named.has(key));
}

/**
 * Every text field of the product in which people can be named, and the routes that take its mentions. A test compares the list with the
 * routes, so that no field grows mentions of its own kind.
 */
export const MENTION_FIELDS = [
  { field: "comment", route: "POST /api/{subject}/{id}/comments" },
  { field: "comment", route: "PUT /api/{subject}/{id}/comments/{commentId}" },
  { field: "comment-draft", route: "PUT /api/{subject}/{id}/comment-drafts" },
  { field: "message", route: "POST /api/conversations/{id}/messages" },
  { field: "message", route: "PATCH /api/conversations/{id}/messages/{messageId}" },
  { field: "message-draft", route: "PUT /api/conversations/{id}/drafts" },
  { field: "scheduled-message", route: "POST /api/conversations/{id}/scheduled" },
  { field: "scheduled-message", route: "PATCH /api/conversations/scheduled/{id}" },
] as const;
