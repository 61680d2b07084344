import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { randomToken } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { clearPreviousSecret, setSecretHash } from "./client-admin.repository";
import { requireOutsideClient } from "./require-outside-client";

/** The longest time in which both secrets open. */
export const MAX_SECRET_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

const input = z.object({ overlapSeconds: z.number().int().min(0).max(MAX_SECRET_OVERLAP_SECONDS).default(0) });
export type RotateSecretInput = z.input<typeof input>;

/**
 * Gives a client a new secret, shown this once. The one before opens as well for `overlapSeconds`, by default not at all; the one
 * before that never again. Tokens that were issued stay.
 * @throws AppError PROOF_REQUIRED, FORBIDDEN, CLIENT_NOT_FOUND (also when it is revoked), VALIDATION_ERROR; PORTAL_CLIENT for a portal's own
 */
export async function rotateSecret(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  clientId: string,
  options: RotateSecretInput = {},
  /** The same in each repetition of a request whose answer may have been lost. */
  { idempotencyKey: key = null }: { idempotencyKey?: string | null } = {},
): Promise<{ client_id: string; client_secret: string; previous_secret_until: string | null }> {
  requirePermission(actor, "clients.manage");
  await requireFreshProof(deps, actor);
  const { overlapSeconds } = validate(input, options);
  const { name } = await requireOutsideClient(deps.database, clientId);
  const secret = randomToken();
  const previousUntil = overlapSeconds === 0 ? null : new Date(deps.clock.now().getTime() + overlapSeconds * 1_000);
  await deps.database.$transaction(async (tx) => {
    if (!(await setSecretHash(tx, clientId, { secretHash: sha256(secret), previousUntil, key })))
      throw new AppError("CLIENT_NOT_FOUND");
    const previous_secret_until = previousUntil?.toISOString() ?? null;
    await audit(tx, {
      actor,
      action: "client.secret-rotated",
      subject: clientId,
      details: { name, previous_secret_until },
    });
  });
  return {
    client_id: clientId,
    client_secret: secret,
    previous_secret_until: previousUntil?.toISOString() ?? null,
  };
}

/**
 * Ends the secret before the last rotation ahead of its time.
 * @returns whether there was one
 * @throws AppError PROOF_REQUIRED, FORBIDDEN, CLIENT_NOT_FOUND; PORTAL_CLIENT for a portal's own
 */
export async function endPreviousSecret(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  clientId: string,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "clients.manage");
  await requireFreshProof(deps, actor);
  const { name } = await requireOutsideClient(deps.database, clientId);
  return deps.database.$transaction(async (tx) => {
    const changed = await clearPreviousSecret(tx, clientId, deps.clock.now());
    if (changed)
      await audit(tx, { actor, action: "client.previous-secret-ended", subject: clientId, details: { name } });
    return { changed };
  });
}
