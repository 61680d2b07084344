import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findSent, readDeliveries } from "./sent.repository";
import { type SentDetailItem, toSentDetail } from "./sent-dto";

/** One notification with its deliveries. @throws AppError FORBIDDEN, NOTIFICATION_NOT_FOUND */
export async function getSent(deps: { database: Database }, actor: Actor, id: string): Promise<SentDetailItem> {
  requirePermission(actor, "sent.read");
  const row = UUID_PATTERN.test(id) ? await findSent(deps.database, id) : null;
  if (!row) throw new AppError("NOTIFICATION_NOT_FOUND");
  return toSentDetail(row, await readDeliveries(deps.database, [row.id]));
}
