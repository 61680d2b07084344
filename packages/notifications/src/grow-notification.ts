import { type Actor, requireUser } from "@mgs/core/actor";
import type { InboxDeps } from "./deps";
import { findGrowing, type GrownText, writeGroupRead, writeGrown } from "./inbox.repository";
import { changeInbox } from "./inbox-change";

/**
 * Gives an unread notification of a group another text, so that it grows and no second one comes.
 * @returns false when there is none: a new one has to be sent
 */
export async function growNotification(
  deps: Pick<InboxDeps, "database" | "enqueuer">,
  userId: number,
  group: string,
  text: GrownText,
): Promise<boolean> {
  if ((await findGrowing(deps.database, userId, group)) === null) return false;
  let grown = false;
  await changeInbox(deps, userId, async (tx) => {
    // It may have been read since.
    const growing = await findGrowing(tx, userId, group);
    if (growing === null) return null;
    grown = true;
    const isSame = growing.titre === text.titre && growing.message === text.message && growing.url === text.url;
    if (isSame) return null;
    const state = await writeGrown(tx, userId, growing.id, text);
    return { state, op: "updated", ids: [growing.id] };
  });
  return grown;
}

/**
 * Marks the notification of a group read: its reader has seen what it tells of. It does nothing while an administrator acts in the person's place.
 * @throws AppError FORBIDDEN for a program
 */
export async function markGroupRead(
  deps: Pick<InboxDeps, "database" | "enqueuer">,
  actor: Actor,
  group: string,
): Promise<void> {
  const { userId, impersonation } = requireUser(actor);
  if (impersonation || (await findGrowing(deps.database, userId, group)) === null) return;
  await changeInbox(deps, userId, async (tx) => {
    const changed = await writeGroupRead(tx, userId, group);
    return changed && { ...changed, op: "updated" };
  });
}
