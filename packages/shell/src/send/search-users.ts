import { array, number, object, type ShapeOf, string } from "@mgs/core/shape";
import { usersApiPath } from "@mgs/identity/links";
import { sessionFetch } from "../page-session";

export const person = object({ id: number, name: string, email: string, role_name: string });
const answer = object({ data: array(person) });

/** A possible recipient. */
export type Person = ShapeOf<typeof person>;

/** Finds active users by name or e-mail address. @throws Error when the answer is missing or invalid */
export async function searchUsers(search: string, signal: AbortSignal): Promise<Person[]> {
  const response = await sessionFetch(usersApiPath(search), { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`search refused with ${response.status}`);
  const body: unknown = await response.json();
  if (!answer(body)) throw new Error("search answered with another shape");
  return body.data;
}
