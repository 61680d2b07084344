import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import type { InboxState } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { writeAllRead } from "./inbox.repository";
import { changeInbox } from "./inbox-change";

/** Marks everything in one's inbox read; the archive stays as it is. @throws AppError FORBIDDEN */
export async function markAllRead(deps: InboxDeps, actor: Actor): Promise<InboxState> {
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  return changeInbox(deps, userId, async (tx) => {
    const changed = await writeAllRead(tx, userId);
    return changed && { ...changed, op: "read_all" };
  });
}
