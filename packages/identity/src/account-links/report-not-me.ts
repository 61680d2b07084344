import { audit } from "@mgs/audit/audit.repository";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { closeAll } from "../impersonation/end-impersonation";
import { findUnended } from "../impersonation/impersonations.repository";
import { ACCOUNT_LINK_TTL_SECONDS } from "../lifetimes";
import { type AttemptLimiters, forgetAttempts } from "../lockout/forget-attempts";
import { giveAddressBack } from "../people/people.repository";
import { removeFactorsAddedSince } from "../second-factor/remove-factors-added-since";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { withdrawPassword } from "../users/accounts.repository";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { type FoundLink, insertAccountLink, revokeLinksOfOwner, useLink } from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { isOpen, requireLink } from "./open-link";

type ReportDeps = SessionEndDeps & AttemptLimiters & { sealer: Sealer };

/**
 * "It was not me": whoever has the account now is out, on every device, and cannot come back. Every sign-in ends, the password is good no
 * more, other links end, browsers are known no more, and what was added to the account since the reported act is removed. If the account
 * has got another address since, it gets back the one to which the link went, unless somebody else has that by now. The answer is a link
 * by which the owner chooses another password. The same post again leads to the same link.
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
    const owners = [...new Set([link.email, link.sentTo])].map((email) => ({ userId: link.userId, email }));
    await Promise.all([deps.enqueuer.enqueue(refs), ...owners.map((owner) => forgetAttempts(deps, owner))]);
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
  { userId, since, email, sentTo, createdAt }: FoundLink,
  { at, resetId, resetToken }: { at: Date; resetId: string; resetToken: string },
) {
  const owner = { kind: "user", userId } as const;
  await audit(tx, { actor: owner, action: "user.not-me", subject: userId });
  if (email !== sentTo && (await giveAddressBack(tx, userId, sentTo))) {
    const details = { before: { email }, after: { email: sentTo } };
    await audit(tx, { actor: owner, action: "user.updated", subject: userId, details });
  }
  await withdrawPassword(tx, userId, at);
  await revokeLinksOfOwner(tx, userId, at, { email: sentTo, since: createdAt });
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
