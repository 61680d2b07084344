import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { requireOwnView } from "./edit-view";
import type { ViewDeps, ViewPorts } from "./view-dto";
import { markView } from "./views.repository";

/**
 * Deletes a view: its owner, who alone does, can restore it for 30 days. Those whom it was shared with have it no more.
 * @throws AppError FORBIDDEN for a program; NOT_FOUND for somebody else's; INSUFFICIENT_SCOPE
 */
export async function deleteView(deps: ViewDeps, actor: Actor, ports: ViewPorts, id: string): Promise<{ id: string }> {
  const user = requireUser(actor);
  await requireOwnView(deps, user, ports, id);
  if (!(await markView(deps.database, id, user.userId, deps.clock.now()))) throw new AppError("NOT_FOUND");
  return { id };
}
