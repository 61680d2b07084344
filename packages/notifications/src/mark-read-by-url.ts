import { type Actor, requireUser } from "@mgs/core/actor";
import { PORTALS } from "@mgs/core/portals";
import type { InboxDeps } from "./deps";
import { hasUnreadOf, writeAllRead } from "./inbox.repository";
import { changeInbox } from "./inbox-change";

/**
 * Marks the notifications read that lead to a page which their reader has opened: theirs alone, in every portal. A record's page calls it for
 * its own address. It does nothing while an administrator acts in the person's place, who has read nothing then.
 * @param url absolute address of a page of ours; what stands behind `?` or `#` is passed over
 * @throws AppError FORBIDDEN for a program
 */
export async function markReadByUrl(deps: InboxDeps, actor: Actor, url: string): Promise<void> {
  const { userId, impersonation } = requireUser(actor);
  if (impersonation || !URL.canParse(url)) return;
  const { origin, pathname } = new URL(url);
  const portal = PORTALS.find((one) => new URL(deps.portalUrls[one]).origin === origin);
  if (!portal) return;
  const page = { href: origin + pathname, path: pathname, portal };
  if (!(await hasUnreadOf(deps.database, userId, page))) return;
  await changeInbox(deps, userId, async (tx) => {
    const changed = await writeAllRead(tx, userId, page);
    // One of many ids at most: `read_all` would mark the whole inbox read in open pages.
    return changed && { ...changed, op: "updated" };
  });
}
