import { requiredText } from "@mgs/core/text-schema";
import { z } from "zod";

const MAX_NAME_CHARACTERS = 60;
const MAX_QUERY_CHARACTERS = 2_000;
/** So many views of one list one person may have. */
export const MAX_VIEWS = 100;

const listName = z.string({ error: "REQUIRED" }).max(64, { error: "TOO_LONG" });
const query = z.string({ error: "REQUIRED" }).max(MAX_QUERY_CHARACTERS, { error: "TOO_LONG" });
const shared = z.boolean({ error: "INVALID_BOOLEAN" });

export const listViewsQuery = z.strictObject({
  list: listName,
  /** Those of one's own that were deleted, and can be restored. */
  deleted: z.stringbool({ error: "INVALID_BOOLEAN" }).optional(),
});

/** Input of a new view. */
export const saveViewInput = z.strictObject({
  list: listName,
  name: requiredText(MAX_NAME_CHARACTERS),
  query,
  shared: shared.default(false),
});

/** Input of a change: what it leaves out stays. */
export const editViewInput = z.strictObject({
  name: requiredText(MAX_NAME_CHARACTERS).optional(),
  query: query.optional(),
  shared: shared.optional(),
});
