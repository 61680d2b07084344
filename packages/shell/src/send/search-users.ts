import { isRole } from "@mgs/core/roles";
import { z } from "zod";
import { sessionFetch } from "../leave";

const person = z.object({ id: z.number(), name: z.string(), email: z.string(), role: z.string().refine(isRole) });
const answer = z.object({ data: z.array(person) });

/** Someone whom a notification can be sent to. */
export type Person = z.output<typeof person>;

/** Active users by name or e-mail address. @throws Error when there is no usable answer */
export async function searchUsers(search: string, signal: AbortSignal): Promise<Person[]> {
  const response = await sessionFetch(`/api/users?${new URLSearchParams({ search })}`, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`search refused with ${response.status}`);
  return answer.parse(await response.json()).data;
}
