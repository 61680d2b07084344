import type { Actor } from "@mgs/core/actor";
import { maskSecrets } from "@mgs/core/redact";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { QUEUES, type QueueName } from "../queues";
import { findDeadLetters } from "./queues.repository";

/** Form of a kind's name. The domains define the kinds themselves. */
const KIND_PATTERN = /^[a-z][a-z-]*(\.[a-z-]+)+$/;

export const failedFilter = z.strictObject({
  queue: z.enum(QUEUES).optional(),
  kind: z.string().max(100).regex(KIND_PATTERN).optional(),
});

export const failedPage = failedFilter.extend({
  /** The `next` of the page before. */
  cursor: z.uuid({ error: "INVALID_CURSOR" }).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type FailedPageInput = z.input<typeof failedPage>;

export type FailedJob = {
  id: string;
  queue: QueueName;
  kind: string;
  /** Secrets masked, long texts cut. */
  payload: unknown;
  notification_id: string | null;
  channel: string | null;
  attempts: number;
  last_error: string | null;
  request_id: string | null;
  created_at: string;
  /** When its last attempt failed. */
  failed_at: string | null;
};

/** Lists dead letters, the youngest first. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function listFailed(
  deps: { database: Database },
  actor: Actor,
  input: unknown = {},
): Promise<{ items: FailedJob[]; next: string | null }> {
  requirePermission(actor, "queues.read");
  const { cursor, limit, ...filter } = validate(failedPage, input);
  const rows = await findDeadLetters(deps.database, filter, cursor ?? null, limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => ({
      id: row.id,
      queue: row.queue,
      kind: row.kind,
      payload: maskSecrets(row.payload),
      notification_id: row.notificationId,
      channel: row.channel,
      attempts: row.attempts,
      last_error: row.lastError,
      request_id: row.requestId,
      created_at: row.createdAt.toISOString(),
      failed_at: row.finishedAt?.toISOString() ?? null,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
