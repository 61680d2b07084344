import { type Actor, requireScope, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import { refuseUsedName } from "./save-view";
import { checkViewQuery, type SavedList } from "./saved-list";
import { toOwnView, type ViewDeps, type ViewDto, type ViewPorts } from "./view-dto";
import { editViewInput } from "./view-input";
import { findOwnView, updateView, type ViewRow } from "./views.repository";

/**
 * Renames a view, shares it or not, or gives it another query. Its owner alone does.
 * @throws AppError FORBIDDEN for a program; NOT_FOUND for somebody else's; INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function editView(
  deps: ViewDeps,
  actor: Actor,
  ports: ViewPorts,
  id: string,
  input: unknown,
): Promise<ViewDto> {
  const user = requireUser(actor);
  const { row, list } = await requireOwnView(deps, user, ports, id);
  const { name, query, shared } = validate(editViewInput, input);
  const data = {
    ...(name === undefined ? {} : { name }),
    ...(query === undefined ? {} : { query: checkViewQuery(list, query) }),
    ...(shared === undefined ? {} : { isShared: shared }),
  };
  if (!(await refuseUsedName(updateView(deps.database, id, user.userId, data)))) throw new AppError("NOT_FOUND");
  return toOwnView(deps, ports, { ...row, ...data });
}

/** Finds a view that is its caller's own: one that is there, or one that was deleted. @throws AppError NOT_FOUND, INSUFFICIENT_SCOPE */
export async function requireOwnView(
  deps: ViewDeps,
  user: UserActor,
  { lists }: Pick<ViewPorts, "lists">,
  id: string,
  { deleted = false } = {},
): Promise<{ row: ViewRow; list: SavedList }> {
  const row = UUID_PATTERN.test(id) ? await findOwnView(deps.database, id, user.userId) : null;
  const list = lists.find(({ name }) => name === row?.list);
  if (!row || !list?.isOpenTo(user)) throw new AppError("NOT_FOUND");
  requireScope(user, list.scopes.write);
  if (deleted !== (row.deletedAt !== null)) throw new AppError("NOT_FOUND");
  return { row, list };
}
