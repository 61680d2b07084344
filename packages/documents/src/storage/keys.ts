import { UUID_PATTERN } from "@mgs/core/ids";

/**
 * The key of a version's file. It begins with the end of the id, which is random, so that files spread over 256 folders. Nothing of it comes
 * from the name that a person gave.
 */
export const fileKey = (id: string): string => `${id.slice(-2)}/${id}`;
export const thumbnailKey = (id: string): string => `${fileKey(id)}.webp`;

/** The id of an upload or version whose file has this key, or a file that belongs to it; null for a foreign file. */
export function idOfKey(key: string): string | null {
  const [id = ""] = (key.split("/").at(-1) ?? "").split(".");
  return UUID_PATTERN.test(id) && key.startsWith(fileKey(id)) ? id : null;
}
