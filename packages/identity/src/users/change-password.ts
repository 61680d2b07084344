import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { revokeLinksToOwnAddress } from "../account-links/account-links.repository";
import { highestLegacyCost } from "../legacy-passwords.repository";
import { noteLockout } from "../lockout/note-lockout";
import { securityNoticeRow } from "../notices/security-notice";
import { checkPassword, hashPassword, normalizePassword } from "../password";
import { recordProof } from "../proofs/proofs.repository";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import type { SignInLimiter } from "../sign-in-limiter";
import { findCredentials, findUser } from "../users.repository";
import { replacePassword } from "./accounts.repository";
import { MAX_PASSWORD_LENGTH, newPasswordOf } from "./password-rule";

type ChangeDeps = SessionEndDeps & { limiter: SignInLimiter };
export type ChangePasswordInput = { current: string; password: string; ip: string };

/**
 * Changes the password of a signed-in person, who knows the current one. Every other sign-in of theirs ends, this one goes on; links that
 * were sent end, and they are told. Wrong current passwords are counted for the device alone, so that nobody else is locked out by them.
 * @param input.ip the visitor's address
 * @returns how many other sign-ins ended
 * @throws AppError FORBIDDEN for a program; VALIDATION_ERROR at `current` or `password`; TOO_MANY_ATTEMPTS with `retryAfter` in seconds;
 *   CONFLICT when another password was set at this moment
 */
export async function changePassword(
  deps: ChangeDeps,
  actor: Actor,
  input: ChangePasswordInput,
): Promise<{ ended: number }> {
  refuseWhileImpersonating(actor);
  const person = requireUser(actor);
  const user = await findUser(deps.database, person.userId);
  const account = user && (await findCredentials(deps.database, user.email));
  if (!account) throw new AppError("FORBIDDEN");
  const { password } = validate(z.object({ password: await newPasswordOf(account) }), { password: input.password });
  if (password === normalizePassword(input.current)) throw refusal("password", "PASSWORD_SAME");
  await checkCurrent(deps, person, account, input);
  const passwordHash = await hashPassword(password);
  const change = {
    userId: account.id,
    email: account.email,
    from: account.passwordHash,
    passwordHash,
    at: deps.clock.now(),
  };
  const { ended, refs } = await deps.database.$transaction((tx) => saveChange(tx, deps, person, change));
  await Promise.all([deps.enqueuer.enqueue(refs), deps.limiter.forget(account.email)]);
  return { ended };
}

async function checkCurrent(
  deps: ChangeDeps,
  actor: UserActor,
  account: { email: string; passwordHash: string },
  { current, ip }: ChangePasswordInput,
): Promise<void> {
  if (normalizePassword(current).length > MAX_PASSWORD_LENGTH) throw refusal("current", "WRONG_PASSWORD");
  const attempt = await deps.limiter.begin({ email: account.email, ip, knownDevice: actor.userSessionId });
  const legacyCost = await highestLegacyCost(deps.database);
  const check = await checkPassword(account.passwordHash, current, legacyCost).catch(async (error: unknown) => {
    await attempt.withdrawn();
    throw error;
  });
  if (check !== "wrong") return attempt.succeeded();
  const { locks } = await attempt.failed();
  if (locks) await noteLockout(deps, { userId: actor.userId, email: account.email });
  await audit(deps.database, { actor, action: "proof.refused", userId: actor.userId });
  throw refusal("current", "WRONG_PASSWORD");
}

async function saveChange(
  tx: Transaction,
  { identityHooks }: ChangeDeps,
  actor: UserActor,
  change: { userId: number; from: string; passwordHash: string; at: Date },
) {
  const { userId, from, passwordHash, at } = change;
  if (!(await replacePassword(tx, userId, { from, to: passwordHash, at }))) throw new AppError("CONFLICT");
  await revokeLinksToOwnAddress(tx, userId, at);
  await recordProof(tx, actor.userSessionId, at);
  await audit(tx, { actor, action: "user.password-changed", subject: userId });
  const end = { at, reason: "password-changed", except: actor.userSessionId } as const;
  const { ended, refs } = await closeAllSessions(tx, identityHooks, actor, userId, end);
  const notices = await insertOutbox(tx, [securityNoticeRow({ userId, notice: "password-changed", at })]);
  return { ended, refs: [...refs, ...notices] };
}

const refusal = (path: "current" | "password", message: string): AppError =>
  new AppError("VALIDATION_ERROR", { details: [{ path, message }] });
