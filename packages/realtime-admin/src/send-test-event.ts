import { auditFailure, auditOnce } from "@mgs/audit/audit-once.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { PublishError, type Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { translateFailure } from "./ask-server";
import { channelKind, channelName, readChannel } from "./channel";
import { requirePermission } from "./permissions";

/** Default limit of Pusher Channels for the data of an event. */
const MAX_EVENT_BYTES = 10_240;

const testEvent = z.strictObject({
  channel: channelName.refine((name) => channelKind(name) !== "encrypted", { error: "ENCRYPTED_CHANNEL" }),
  event: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !/^pusher(_internal)?:/.test(name), { error: "RESERVED_EVENT" }),
  data: z
    .string({ error: "REQUIRED" })
    .trim()
    .min(1, { abort: true })
    .refine((text) => Buffer.byteLength(text) <= MAX_EVENT_BYTES, { error: "TOO_LONG", abort: true })
    .refine(isJson, { error: "INVALID_JSON" }),
});
/** `data` is JSON text; the event carries it as it is. */
export type TestEvent = z.input<typeof testEvent>;

/**
 * Publishes an event to the subscribers of a channel.
 * @param options `idempotencyKey`: a repeated call with it, and with the same event, publishes nothing more, unless
 *   the call before it failed
 * @returns the number of subscriptions, null where the server does not have it
 * @throws AppError FORBIDDEN unless an administrator asks; VALIDATION_ERROR, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function sendTestEvent(
  deps: { database: Database; publisher: Publisher },
  actor: Actor,
  input: TestEvent,
  { idempotencyKey }: { idempotencyKey?: string } = {},
): Promise<{ channel: string; event: string; subscriptions: number | null }> {
  requirePermission(actor, "test-event.send");
  const { channel, event, data } = validate(testEvent, input);
  // Audited before the event: without an answer it is unknown whether the event was sent.
  const key = idempotencyKey === undefined ? undefined : JSON.stringify([idempotencyKey, event, data]);
  const audited = await auditOnce(deps.database, key, {
    actor,
    action: "realtime.event-sent",
    subject: channel,
    details: { event, bytes: Buffer.byteLength(data) },
  });
  if (audited.isFirst) {
    await publish(deps.publisher, { channel, event, data }).catch(async (error: unknown) => {
      const details = { event, code: error instanceof AppError ? error.code : "INTERNAL_ERROR" };
      await auditFailure(deps.database, audited, { actor, action: "realtime.event-failed", subject: channel, details });
      throw error;
    });
  }
  // The event is sent: a failure to read the count is no failure of the call.
  const state = await readChannel(deps.publisher, channel).catch(() => null);
  return { channel, event, subscriptions: state?.subscriptions ?? null };
}

function publish(publisher: Publisher, { channel, event, data }: TestEvent): Promise<void> {
  return translateFailure(
    publisher.trigger(channel, event, data).catch((error: unknown) => {
      if (!(error instanceof PublishError) || error.status !== 413) throw error;
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "data", message: "TOO_LONG" }], cause: error });
    }),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
