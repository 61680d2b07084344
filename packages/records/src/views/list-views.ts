import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { VIEW_RESTORE_SECONDS } from "../retention";
import { requireList } from "./saved-list";
import { toViews, type ViewDeps, type ViewDto, type ViewPorts } from "./view-dto";
import { listViewsQuery } from "./view-input";
import { findDeletedViews, findViews } from "./views.repository";

/**
 * Lists the views of a list that a person has: their own, and those that others share; or those of their own that they can restore.
 * @throws AppError FORBIDDEN for a program, INSUFFICIENT_SCOPE; VALIDATION_ERROR, also for a list that they may not open
 */
export async function listViews(deps: ViewDeps, actor: Actor, ports: ViewPorts, input: unknown): Promise<ViewDto[]> {
  const user = requireUser(actor);
  const { list: name, deleted } = validate(listViewsQuery, input);
  const list = requireList(ports.lists, user, name);
  requireScope(actor, list.scopes.read);
  const oldest = new Date(deps.clock.now().getTime() - VIEW_RESTORE_SECONDS * 1_000);
  const rows = deleted
    ? await findDeletedViews(deps.database, list.name, user.userId, oldest)
    : await findViews(deps.database, list.name, user.userId);
  return toViews(deps, ports, rows, user.userId);
}
