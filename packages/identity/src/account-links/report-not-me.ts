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
import { lockPerson } from "../people/people.repository";
import { removeFactorsAddedSince } from "../second-factor/remove-factors-added-since";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import {
  forgetEmailConfirmation,
  lockAdministrators,
  setDisabledAt,
  withdrawPassword,
} from "../users/accounts.repository";
import { isLastAdministrator } from "../users/require-other-administrator";
import { accountLinkToken, hashLinkToken, type ReportPurpose } from "./account-link";
import {
  type FoundLink,
  insertAccountLink,
  revokeAccountLinks,
  revokeLinksToOwnAddress,
  useLink,
} from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { isOpen, requireReport } from "./open-link";

type ReportDeps = SessionEndDeps & AttemptLimiters & { sealer: Sealer };

/**
 * "It was not me": whoever has the account now is out, on every device, and cannot come back. Every sign-in ends, the password is good no
 * more, other links end, browsers are known no more, and what was added to the account since the reported act is removed. The answer is a
 * link by which the owner chooses another password. The same post again leads to the same link.
 *
 * Said at an address that the account had before, it closes the account: whoever has the new one would come back by a forgotten password, and
 * the reader of the old one may be a stranger. An administrator finds out whose it is. The last administrator's account is not closed,
 * since nobody could open it again.
 * @returns null in place of the link's token when the account is closed
 * @throws AppError LINK_INVALID
 */
export async function reportNotMe(deps: ReportDeps, input: { token: string }): Promise<{ resetToken: string | null }> {
  const link = await requireReport(deps.database, input.token);
  const at = deps.clock.now();
  const resetId = deriveUuidv7(`reset\n${link.id}`, link.createdAt.getTime());
  const resetToken = accountLinkToken(deps.sealer, resetId);
  const done = isOpen(link, at)
    ? await deps.database.$transaction((tx) =>
        shutOut(tx, deps, link, { at, resetId, tokenHash: hashLinkToken(resetToken) }),
      )
    : null;
  if (done !== null) {
    const { refs, email, isClosed } = done;
    await Promise.all([deps.enqueuer.enqueue(refs), forgetAttempts(deps, { userId: link.userId, email })]);
    return { resetToken: isClosed ? null : resetToken };
  }
  const used = await requireReport(deps.database, input.token);
  const since = used.usedAt === null ? Number.POSITIVE_INFINITY : at.getTime() - used.usedAt.getTime();
  if (since > ACCOUNT_LINK_TTL_SECONDS["password-reset"] * 1_000) throw new AppError("LINK_INVALID");
  return { resetToken: used.isClosed ? null : resetToken };
}

/** @returns null when the link has been used, has expired, or is for another address than the account's */
async function shutOut(
  tx: Transaction,
  deps: ReportDeps,
  link: FoundLink & { purpose: ReportPurpose },
  { at, resetId, tokenHash }: { at: Date; resetId: string; tokenHash: string },
) {
  const { userId, since, purpose } = link;
  // In the order of those who disable people.
  const administrators = await lockAdministrators(tx);
  const person = await lockPerson(tx, userId);
  if (!person || person.disabledAt !== null) return null;
  if (purpose === "not-me" && person.email !== link.sentTo) return null;
  if (!(await useLink(tx, link.id, at))) return null;
  await audit(tx, { actor: { kind: "user", userId }, action: "user.not-me", subject: userId });
  const isClosed = purpose === "address-changed" && !isLastAdministrator(administrators, userId);
  if (isClosed) await closeAccount(tx, userId, at);
  await withdrawPassword(tx, userId, at);
  await revokeLinksToOwnAddress(tx, userId, at);
  if (since !== null) await removeFactorsAddedSince(tx, userId, since);
  const { refs } = await closeAllSessions(tx, deps.identityHooks, NOT_ME, userId, { at, reason: "not-me" });
  const running = await findUnended(tx, { userId });
  const ended = await insertOutbox(tx, await closeAll(tx, NOT_ME, running, { at, reason: "not-me" }));
  if (!isClosed) {
    const expiresAt = linkEnd("password-reset", at);
    const reset = { id: resetId, userId, purpose: "password-reset", tokenHash, since: null } as const;
    await insertAccountLink(tx, { ...reset, createdAt: at, expiresAt });
  }
  return { refs: [...refs, ...ended], email: person.email, isClosed };
}

/** What follows from a report happens in nobody's name. */
const NOT_ME = { kind: "system", name: "not-me" } as const;

async function closeAccount(tx: Transaction, userId: number, at: Date): Promise<void> {
  await setDisabledAt(tx, userId, at);
  await audit(tx, { actor: NOT_ME, action: "user.disabled", subject: userId });
  // When the right address comes back, the one that is disputed is not told: its reader would close the account once more.
  await forgetEmailConfirmation(tx, userId);
  await revokeAccountLinks(tx, userId, at, "address-changed");
}
