import { audit } from "@mgs/audit/audit.repository";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { closeAll } from "../impersonation/end-impersonation";
import { findUnended } from "../impersonation/impersonations.repository";
import { ACCOUNT_LINK_TTL_SECONDS } from "../lifetimes";
import { type AttemptLimiters, forgetAttempts } from "../lockout/forget-attempts";
import { giveAddressBack, type LockedPerson, lockPerson } from "../people/people.repository";
import { removeFactorsAddedSince } from "../second-factor/remove-factors-added-since";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { lockAdministrators, setDisabledAt, withdrawPassword } from "../users/accounts.repository";
import { isLastAdministrator } from "../users/require-other-administrator";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { type FoundLink, insertAccountLink, revokeLinksOfOwner, useLink } from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { isOpen, requireLink } from "./open-link";

type ReportDeps = SessionEndDeps & AttemptLimiters & { sealer: Sealer };

/**
 * "It was not me": whoever has the account now is out, on every device, and cannot come back. Every sign-in ends, the password is good no
 * more, other links end, browsers are known no more, and what was added to the account since the reported act is removed. If the account
 * has got another address since, it gets back the one to which the link went. The answer is a link by which the owner chooses another
 * password. Where somebody else has that address by now, whoever has the new one would come back by a forgotten password: the account is
 * closed, and an administrator has to give it an address. The same post again leads to the same link.
 * @returns null in place of the link's token when the account is closed
 * @throws AppError LINK_INVALID
 */
export async function reportNotMe(deps: ReportDeps, input: { token: string }): Promise<{ resetToken: string | null }> {
  const link = await requireLink(deps.database, { token: input.token, purpose: "not-me" });
  const at = deps.clock.now();
  const resetId = deriveUuidv7(`reset\n${link.id}`, link.createdAt.getTime());
  const resetToken = accountLinkToken(deps.sealer, resetId);
  const report = () =>
    deps.database.$transaction((tx) => shutOut(tx, deps, link, { at, resetId, tokenHash: hashLinkToken(resetToken) }));
  const done = isOpen(link, at)
    ? await report().catch((error: unknown) => {
        // Somebody was given the address of before in this very moment. The second time finds it taken.
        if (!isUniqueViolation(error)) throw error;
        return report();
      })
    : null;
  if (done !== null) {
    const owners = [...new Set(done.emails)].map((email) => ({ userId: link.userId, email }));
    await Promise.all([deps.enqueuer.enqueue(done.refs), ...owners.map((owner) => forgetAttempts(deps, owner))]);
    return { resetToken: done.isClosed ? null : resetToken };
  }
  const used = await requireLink(deps.database, { token: input.token, purpose: "not-me" });
  const since = used.usedAt === null ? Number.POSITIVE_INFINITY : at.getTime() - used.usedAt.getTime();
  if (since > ACCOUNT_LINK_TTL_SECONDS["password-reset"] * 1_000) throw new AppError("LINK_INVALID");
  return { resetToken };
}

/** @returns null when the link has been used, or has expired */
async function shutOut(
  tx: Transaction,
  deps: ReportDeps,
  link: FoundLink,
  { at, resetId, tokenHash }: { at: Date; resetId: string; tokenHash: string },
) {
  const { userId, since, sentTo, createdAt } = link;
  // In the order of those who disable people, and before the link, since their address decides what becomes of it.
  const administrators = await lockAdministrators(tx);
  const person = await lockPerson(tx, userId);
  if (!person || person.disabledAt !== null || !(await useLink(tx, link.id, at))) return null;
  const owner = { kind: "user", userId } as const;
  await audit(tx, { actor: owner, action: "user.not-me", subject: userId });
  const isBack = person.email === sentTo || (await returnAddress(tx, person, link));
  // The last administrator stays: nobody could open the account again.
  const isClosed = !isBack && !isLastAdministrator(administrators, userId);
  if (isClosed) {
    await setDisabledAt(tx, userId, at);
    await audit(tx, { actor: NOT_ME, action: "user.disabled", subject: userId });
  }
  await withdrawPassword(tx, userId, at);
  await revokeLinksOfOwner(tx, userId, at, { email: sentTo, since: since ?? createdAt });
  if (since !== null) await removeFactorsAddedSince(tx, userId, since);
  const { refs } = await closeAllSessions(tx, deps.identityHooks, NOT_ME, userId, { at, reason: "not-me" });
  const running = await findUnended(tx, { userId });
  const ended = await insertOutbox(tx, await closeAll(tx, NOT_ME, running, { at, reason: "not-me" }));
  if (!isClosed) {
    const expiresAt = linkEnd("password-reset", at);
    const reset = { id: resetId, userId, purpose: "password-reset", tokenHash, since: null } as const;
    await insertAccountLink(tx, { ...reset, createdAt: at, expiresAt });
  }
  return { refs: [...refs, ...ended], emails: [person.email, sentTo], isClosed };
}

/** What follows from a report happens in nobody's name. */
const NOT_ME = { kind: "system", name: "not-me" } as const;

async function returnAddress(tx: Transaction, person: LockedPerson, { sentTo, mailedAt }: FoundLink): Promise<boolean> {
  const { id, email } = person;
  // A mail is made for addresses alone that were confirmed.
  if (!(await giveAddressBack(tx, id, { email: sentTo, confirmedAt: mailedAt }))) return false;
  const details = { before: { email }, after: { email: sentTo } };
  await audit(tx, { actor: { kind: "user", userId: id }, action: "user.address-returned", subject: id, details });
  return true;
}
