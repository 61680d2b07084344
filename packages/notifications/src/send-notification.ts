import { type Actor, actorKey } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { insertNotification } from "./accept.repository";
import { type SendData, type SentNotification, sendInput } from "./contract/schemas";
import type { SendDeps } from "./deps";
import {
  type FirstAnswer,
  findIdempotencyRecord,
  type Idempotency,
  type IdempotencyRecord,
  isKeyTaken,
  readIdempotencyRecord,
} from "./idempotency.repository";
import { resolveHref } from "./links";
import { requirePermission } from "./permissions";

/** The accepted values of `Idempotency-Key`. */
export const IDEMPOTENCY_KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

type SendOptions = {
  /** Value of `Idempotency-Key`: the same key and input give the first answer again for 24 h. */
  idempotencyKey?: string | undefined;
  /** The worker writes it into the log lines of the deliveries. */
  requestId?: string | undefined;
  /** The actor comes from the token cache: the statement that accepts checks whether its token is still valid. */
  cachedAuthentication?: CachedAuthentication | undefined;
};

/** `replayed`: this is the first answer again; the call has sent nothing. */
export type SendOutcome = { notification: SentNotification; replayed: boolean };

/**
 * Sends a notification. When this returns, PostgreSQL has stored it with its deliveries; Redis may be away.
 * @param input `sendInput` of the contract
 * @throws AppError VALIDATION_ERROR, INSUFFICIENT_SCOPE, USER_NOT_FOUND (also a disabled recipient),
 *   IDEMPOTENCY_CONFLICT, RATE_LIMITED. With `cachedAuthentication` the caller
 *   revalidates before it answers a refusal
 */
export async function sendNotification(
  deps: SendDeps,
  actor: Actor,
  input: unknown,
  { idempotencyKey, requestId, cachedAuthentication }: SendOptions = {},
): Promise<SendOutcome> {
  requirePermission(actor, "notification.send");
  const data = validate(sendInput, input);
  const idempotency = toIdempotency(actor, data, idempotencyKey);
  const known = idempotency && (await findIdempotencyRecord(deps.database, idempotency));
  if (known) {
    await cachedAuthentication?.revalidate();
    return replay(deps, data, idempotency, known);
  }

  const source = sourceOf(actor);
  const senderId = actor.kind === "user" ? actor.userId : null;
  const row = {
    ...data,
    source,
    senderId,
    requestId: requestId ?? null,
    idempotency,
    bearer: cachedAuthentication?.idHash ?? null,
  };
  const returnPoint = await deps.limiter.take(actor);
  try {
    const accepted = await insertNotification(deps.database, row);
    if (!accepted) throw new AppError("USER_NOT_FOUND");
    // The notification is accepted: without waiting, since the sweep enqueues the deliveries when this fails.
    void deps.enqueuer.enqueue(accepted.refs);
    const answer = { id: accepted.id, created_at: accepted.createdAt, source };
    return { notification: toSent(deps, data, answer), replayed: false };
  } catch (error) {
    await returnPoint();
    const first = idempotency && isKeyTaken(error) ? await readIdempotencyRecord(deps.database, idempotency) : null;
    if (!idempotency || !first) throw error;
    await cachedAuthentication?.revalidate();
    return replay(deps, data, idempotency, first);
  }
}

/** The portal or machine client that sends; our own system sends as administration. */
function sourceOf(actor: Actor): string {
  return actor.kind === "system" ? "administration" : actor.clientId;
}

function toIdempotency(actor: Actor, data: SendData, key: string | undefined): Idempotency | null {
  if (key === undefined) return null;
  if (!IDEMPOTENCY_KEY_PATTERN.test(key))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "Idempotency-Key", message: "INVALID_VALUE" }] });
  const { user_id, type, titre, message, url } = data;
  return { owner: actorKey(actor), key, requestHash: sha256(JSON.stringify([user_id, type, titre, message, url])) };
}

function replay(deps: SendDeps, data: SendData, { requestHash }: Idempotency, known: IdempotencyRecord): SendOutcome {
  if (known.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_CONFLICT");
  return { notification: toSent(deps, data, known.answer), replayed: true };
}

function toSent(deps: SendDeps, data: SendData, { id, created_at, source }: FirstAnswer): SentNotification {
  return {
    id,
    ...data,
    href: resolveHref(data.url, source, deps.portalUrls),
    source,
    created_at: created_at.toISOString(),
  };
}
