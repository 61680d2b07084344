import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readDeliveries, readSent } from "./sent.repository";
import { type SentItem, toSentItem } from "./sent-dto";
import { sentQuery } from "./sent-filter";

/** A page of the sent notifications; `newer` goes into `after`, `older` into `before`. They are null at the ends. */
export type SentPage = { items: SentItem[]; newer: string | null; older: string | null };

/**
 * Lists the notifications of all people, newest first.
 * @param input `sentQuery`
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listSent(deps: { database: Database }, actor: Actor, input: unknown = {}): Promise<SentPage> {
  requirePermission(actor, "sent.read");
  const { before, after, limit, ...filter } = validate(sentQuery, input);
  const rows = await readSent(deps.database, filter, { before, after }, limit + 1);
  const more = rows.length > limit;
  const shown = after ? rows.slice(-limit) : rows.slice(0, limit);
  const deliveries = await readDeliveries(
    deps.database,
    shown.map(({ id }) => id),
  );
  const [first, last] = [shown[0]?.id ?? null, shown.at(-1)?.id ?? null];
  return {
    items: shown.map((row) => toSentItem(row, deliveries)),
    newer: before || (after && more) ? first : null,
    older: after || more ? last : null,
  };
}
