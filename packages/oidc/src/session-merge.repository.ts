import { isDeepStrictEqual } from "node:util";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { openPayload, type PayloadRow, payloadColumns, SAVE_PAYLOAD } from "./payloads.repository";
import type { StoredPayload } from "./stored-payload";
import type { PendingPayload } from "./unit-of-work";

/**
 * Saves a provider session that another request has saved meanwhile. Tabs that sign in to several clients at once each
 * save the whole session: without a merge, all but the last would lose their client's tokens, and a logout that waits for
 * an answer would be lost. Each field is taken from the side that changed it.
 * @param before the session as this request had read it
 */
export async function mergeSession(
  database: Database,
  sealer: Sealer,
  pending: PendingPayload,
  before: StoredPayload | null,
): Promise<void> {
  const { model, id, payload } = pending;
  await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<PayloadRow[]>`
      SELECT model, id_hash, payload, consumed_at FROM oidc_payloads
       WHERE model = ${model} AND id_hash = ${sha256(id)} FOR UPDATE`;
    const stored = rows[0] ? openPayload(sealer, rows[0]) : undefined;
    const merged = stored ? mergeThreeWay(payload, stored, before ?? {}) : payload;
    await tx.$executeRawUnsafe(SAVE_PAYLOAD, ...Object.values(payloadColumns(sealer, { ...pending, payload: merged })));
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields that `mine` changed since `before`, and the rest of `theirs`. */
function mergeThreeWay<T extends object>(mine: T, theirs: object, before: object): T {
  const [own, other, old] = [mine, theirs, before] as Record<string, unknown>[];
  const merged: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(own ?? {}), ...Object.keys(other ?? {})])) {
    const [value, stored, read] = [own?.[name], other?.[name], old?.[name]];
    if (isDeepStrictEqual(value, read)) merged[name] = stored;
    else if (name === "authorizations" && isRecord(value) && isRecord(stored))
      merged[name] = mergeThreeWay(value, stored, isRecord(read) ? read : {});
    else merged[name] = value;
  }
  return merged as T;
}
