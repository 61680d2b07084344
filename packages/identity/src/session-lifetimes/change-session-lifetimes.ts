import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import {
  findContradictions,
  SESSION_LIFETIMES,
  type SessionLifetime,
  type SessionLifetimes,
} from "./session-lifetimes";
import { applyLifetimes, lockLifetimes, saveLifetimes } from "./session-lifetimes.repository";

const seconds = z.coerce.number({ error: "INVALID_NUMBER" }).int({ error: "INVALID_NUMBER" });
const lifetimesInput = z.strictObject({
  version: z.coerce.number().int(),
  idle: seconds,
  absolute: seconds,
  remembered_idle: seconds,
  remembered_absolute: seconds,
  access_token: seconds,
  refresh_token: seconds,
  portal_session: seconds,
} satisfies Record<SessionLifetime | "version", z.ZodType>);
export type LifetimesInput = SessionLifetimes & { version: number };

/**
 * Sets how long sign-ins and what comes of them last; seconds. Sign-ins that go on are measured anew at once: the worker ends those
 * that have run out by it, as any that run out. Tokens and portal sessions that were issued keep the time that they were given.
 * @returns whether anything was otherwise before
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; VALIDATION_ERROR naming each contradiction; EDIT_CONFLICT when somebody has changed
 *   them since `version`
 */
export async function changeSessionLifetimes(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: LifetimesInput,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "sessions.configure");
  await requireFreshProof(deps, actor);
  const { version, ...lifetimes } = validate(lifetimesInput, input);
  const details = findContradictions(lifetimes);
  if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details });
  return deps.database.$transaction(async (tx) => {
    const stored = await lockLifetimes(tx);
    const changes = SESSION_LIFETIMES.filter((name) => stored.lifetimes[name] !== lifetimes[name]);
    if (stored.version !== version) {
      throw new AppError("EDIT_CONFLICT", { details: changes.map((path) => ({ path, message: "CHANGED_MEANWHILE" })) });
    }
    if (changes.length === 0) return { changed: false };
    await saveLifetimes(tx, lifetimes, deps.clock.now());
    await applyLifetimes(tx);
    const pick = (values: SessionLifetimes) => Object.fromEntries(changes.map((name) => [name, values[name]]));
    const change = { before: pick(stored.lifetimes), after: pick(lifetimes) };
    await audit(tx, { actor, action: "sessions.lifetimes-changed", details: change });
    return { changed: true };
  });
}
