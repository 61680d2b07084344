import { type Actor, requireUser } from "@mgs/core/actor";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { z } from "zod";
import { MAX_PRESENCES, type PersonPresence } from "../contract/presence";
import type { MessagingDeps } from "../deps";
import { findShown } from "./presence.repository";

export const presencesQuery = z.strictObject({
  /** Ids of people, with commas between them: those on screen. */
  ids: z
    .string({ error: "REQUIRED" })
    .transform((text) => [...new Set(text.split(",").map(Number))])
    .refine((ids) => ids.length <= MAX_PRESENCES, { error: "TOO_MANY", abort: true })
    .refine((ids) => ids.every(isUserId), { error: "INVALID_ID" }),
});

/**
 * Reads how some people are seen: news of them come on their channels, so that a page hears of those alone whom it shows.
 * @throws AppError FORBIDDEN for programs, VALIDATION_ERROR
 */
export async function listPresences(
  { database, clock }: Pick<MessagingDeps, "database" | "clock">,
  actor: Actor,
  input: unknown,
): Promise<PersonPresence[]> {
  requireUser(actor);
  const { ids } = validate(presencesQuery, input);
  const people = await findPeopleRights(database, ids);
  const known = people
    .filter(({ disabled }) => !disabled)
    .map(({ id }) => id)
    .sort((a, b) => a - b);
  const shown = new Map((await findShown(database, known, clock.now())).map((row) => [row.userId, row]));
  return known.map((id) => {
    const row = shown.get(id);
    const status = row?.shown ?? "offline";
    return {
      user_id: id,
      status,
      last_seen_at: status === "offline" ? (row?.lastSeenAt?.toISOString() ?? null) : null,
    };
  });
}
