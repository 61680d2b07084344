import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation } from "@mgs/db/client";
import { checkViewQuery, requireList } from "./saved-list";
import { toOwnView, type ViewDeps, type ViewDto, type ViewPorts } from "./view-dto";
import { MAX_VIEWS, saveViewInput } from "./view-input";
import { countViews, insertView } from "./views.repository";

/**
 * Saves filters, order and columns of a list under a name.
 * @throws AppError FORBIDDEN for a program, INSUFFICIENT_SCOPE; VALIDATION_ERROR: a list that they may not open, a query that it has not, a name
 *   that they use already, too many views
 */
export async function saveView(deps: ViewDeps, actor: Actor, ports: ViewPorts, input: unknown): Promise<ViewDto> {
  const user = requireUser(actor);
  const { list: listName, name, query, shared } = validate(saveViewInput, input);
  const list = requireList(ports.lists, user, listName);
  requireScope(actor, list.scopes.write);
  const view = {
    ...{ id: uuidv7(), list: list.name, ownerId: user.userId, name, isShared: shared },
    query: checkViewQuery(list, query),
    ...{ createdAt: deps.clock.now(), deletedAt: null },
  };
  await refuseTooMany(deps, list.name, user.userId);
  await refuseUsedName(insertView(deps.database, view));
  return toOwnView(deps, ports, view);
}

/** Tells that a person has as many views of a list as there may be. @throws AppError VALIDATION_ERROR */
export async function refuseTooMany({ database }: ViewDeps, list: string, userId: number): Promise<void> {
  if ((await countViews(database, list, userId)) >= MAX_VIEWS)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "name", message: "TOO_MANY" }] });
}

/** Tells that a person has a view of that name already. @throws AppError VALIDATION_ERROR */
export async function refuseUsedName<Result>(writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "name", message: "ALREADY_USED" }] });
  }
}
