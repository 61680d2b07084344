import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { VIEW_RESTORE_SECONDS } from "../retention";
import { requireOwnView } from "./edit-view";
import { refuseTooMany, refuseUsedName } from "./save-view";
import { toOwnView, type ViewDeps, type ViewDto, type ViewPorts } from "./view-dto";
import { markView } from "./views.repository";

/**
 * Restores a view that its owner has deleted in the last 30 days. Those whom it was shared with have it again.
 * @throws AppError FORBIDDEN for a program; NOT_FOUND for somebody else's, and for one that is not deleted; INSUFFICIENT_SCOPE; VALIDATION_ERROR:
 *   another has its name by now, too many views
 */
export async function restoreView(deps: ViewDeps, actor: Actor, ports: ViewPorts, id: string): Promise<ViewDto> {
  const user = requireUser(actor);
  const { row } = await requireOwnView(deps, user, ports, id, { deleted: true });
  if (row.deletedAt && row.deletedAt.getTime() < deps.clock.now().getTime() - VIEW_RESTORE_SECONDS * 1_000)
    throw new AppError("NOT_FOUND");
  await refuseTooMany(deps, row.list, user.userId);
  if (!(await refuseUsedName(markView(deps.database, id, user.userId, null)))) throw new AppError("NOT_FOUND");
  return toOwnView(deps, ports, { ...row, deletedAt: null });
}
