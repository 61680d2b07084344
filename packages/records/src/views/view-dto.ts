import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { SavedList } from "./saved-list";
import type { ViewRow } from "./views.repository";

/** What the use cases of views need. */
export type ViewDeps = { database: Database; clock: Clock };

/** What they ask of the composition: the lists of this process, and the names of those who share a view. */
export type ViewPorts = {
  lists: readonly SavedList[];
  namesOf(database: Database, userIds: readonly (number | null)[]): Promise<ReadonlyMap<number, string>>;
};

/** A view as the API tells it. */
export type ViewDto = {
  id: string;
  list: string;
  name: string;
  /** The query of the list's address. */
  query: string;
  shared: boolean;
  /** It is the caller's own: they may change and delete it. */
  mine: boolean;
  owner: { id: number; name: string };
  /** When its owner deleted it; null: it is there. */
  deleted_at: string | null;
};

/** Views as the API tells them, with the names of their owners. */
export async function toViews(
  { database }: ViewDeps,
  { namesOf }: Pick<ViewPorts, "namesOf">,
  rows: readonly ViewRow[],
  userId: number,
): Promise<ViewDto[]> {
  const names = await namesOf(
    database,
    rows.map(({ ownerId }) => ownerId),
  );
  return rows.map(({ id, list, name, query, isShared, ownerId, deletedAt }) => ({
    ...{ id, list, name, query, shared: isShared, mine: ownerId === userId },
    owner: { id: ownerId, name: names.get(ownerId) ?? "" },
    deleted_at: deletedAt?.toISOString() ?? null,
  }));
}

/** The same for one view of its owner. */
export async function toOwnView(deps: ViewDeps, ports: Pick<ViewPorts, "namesOf">, row: ViewRow): Promise<ViewDto> {
  const [view] = await toViews(deps, ports, [row], row.ownerId);
  if (!view) throw new Error("one row makes one view");
  return view;
}
