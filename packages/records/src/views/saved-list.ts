import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";
import { validate } from "@mgs/core/validate";
import type { z } from "zod";

/** A list whose filters, order and columns people save as views. Its domain declares it. */
export type SavedList = {
  /** The list's name: `dossiers`. */
  name: string;
  /** The portal that has its page. */
  portal: Portal;
  scopes: { read: Scope; write: Scope };
  /** The query of its address without its pages: what a view holds. Values of another query are refused. */
  query: z.ZodType;
  /** Whether somebody may open the list at all; what they see in it is their own. */
  isOpenTo(actor: UserActor): boolean;
};

/** Finds a list that an actor may open. @throws AppError VALIDATION_ERROR: one that they may not looks like none */
export function requireList(lists: readonly SavedList[], actor: UserActor, name: string): SavedList {
  const list = lists.find((known) => known.name === name);
  if (!list?.isOpenTo(actor))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "list", message: "INVALID_CHOICE" }] });
  return list;
}

/**
 * Checks the query of a view, and puts its parts into one order, so that the address of a page can be compared with it.
 * @throws AppError VALIDATION_ERROR
 */
export function checkViewQuery(list: SavedList, query: string): string {
  const values = Object.fromEntries(new URLSearchParams(query));
  validate(list.query, values);
  return writeViewQuery(values);
}

/** The text of a query: its names in the order of the alphabet, and no empty value. */
export function writeViewQuery(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "",
  );
  return new URLSearchParams(given.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}
