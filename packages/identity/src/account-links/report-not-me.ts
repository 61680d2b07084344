import { audit } from "@mgs/audit/audit.repository";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { closeAll } from "../impersonation/end-impersonation";
import { findUnended } from "../impersonation/impersonations.repository";
import { ACCOUNT_LINK_TTL_SECONDS } from "../lifetimes";
import { removeFactorsAddedSince } from "../second-factor/remove-factors-added-since";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import type { SignInLimiter } from "../sign-in-limiter";
import { withdrawPassword } from "../users/accounts.repository";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { type FoundLink, insertAccountLink, revokeAccountLinks, useLink } from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { isOpen, requireLink } from "./open-link";

type ReportDeps = SessionEndDeps & { limiter: SignInLimiter; sealer: Sealer };

/**
 * "It was not me": whoever has the account now is out, on every device, and cannot come back. Every sign-in ends, the password is good no
 * more, other links end, browsers are known no more, and what was added to the account since the reported act is removed. The answer is a
 * link by which the owner chooses another password. The same post again leads to the same link.
 * @throws AppError LINK_INVALID
 */
export async function reportNotMe(deps: ReportDeps, input: { token: string }): Promise<{ resetToken: string }> {
  const link = await requireLink(deps.database, { token: input.token, purpose: "not-me" });
  const at = deps.clock.now();
  const resetId = deriveUuidv7(`reset\n${link.id}`, link.createdAt.getTime());
  const resetToken = accountLinkToken(deps.sealer, resetId);
  const refs = isOpen(link, at)
    ? await deps.database.$transaction(async (tx) => {
        if (!(await useLink(tx, link.id, at))) return null;
        return shutOut(tx, deps, link, { at, resetId, resetToken });
      })
    : null;
  if (refs !== null) {
    await Promise.all([deps.enqueuer.enqueue(refs), deps.limiter.forget(link.email)]);
    return { resetToken };
  }
  const used = await requireLink(deps.database, { token: input.token, purpose: "not-me" });
  const since = used.usedAt === null ? Number.POSITIVE_INFINITY : at.getTime() - used.usedAt.getTime();
  if (since > ACCOUNT_LINK_TTL_SECONDS["password-reset"] * 1_000) throw new AppError("LINK_INVALID");
  return { resetToken };
}

async function shutOut(
  tx: Transaction,
  deps: ReportDeps,
  { userId, since }: FoundLink,
  { at, resetId, resetToken }: { at: Date; resetId: string; resetToken: string },
) {
  await audit(tx, { actor: { kind: "user", userId }, action: "user.not-me", subject: userId });
  await withdrawPassword(tx, userId, at);
  await revokeAccountLinks(tx, userId, at);
  if (since !== null) await removeFactorsAddedSince(tx, userId, since);
  const actor = { kind: "system", name: "not-me" } as const;
  const { refs } = await closeAllSessions(tx, deps.identityHooks, actor, userId, { at, reason: "not-me" });
  const running = await findUnended(tx, { userId });
  const ended = await insertOutbox(tx, await closeAll(tx, actor, running, { at, reason: "not-me" }));
  await insertAccountLink(tx, {
    ...{ id: resetId, userId, purpose: "password-reset", tokenHash: hashLinkToken(resetToken), since: null },
    ...{ createdAt: at, expiresAt: linkEnd("password-reset", at) },
  });
  return [...refs, ...ended];
}
