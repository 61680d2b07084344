import { audit } from "@mgs/audit/audit.repository";
import { AppError } from "@mgs/core/errors";
import type { Portal } from "@mgs/core/portals";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { ACCOUNT_LINK_REPEAT_SECONDS } from "../lifetimes";
import { type AttemptLimiters, forgetAttempts } from "../lockout/forget-attempts";
import { securityNoticeRow } from "../notices/security-notice";
import { checkPassword, hashPassword } from "../password";
import { lockPerson } from "../people/people.repository";
import { portalsOpenTo } from "../permissions";
import { closeAllSessions } from "../sessions/end-all-sessions";
import type { SessionEndDeps } from "../sessions/end-session";
import { confirmEmail, setPasswordHash } from "../users/accounts.repository";
import { newPasswordOf } from "../users/password-rule";
import type { FoundLink } from "./account-links.repository";
import { revokeLinksToOwnAddress, useLink } from "./account-links.repository";
import { isOpen, requireLink } from "./open-link";

export type ChoosePasswordInput = { token: string; purpose: "invitation" | "password-reset"; password: string };

/**
 * Sets the password that the reader of an invitation or of a reset's mail has chosen: every sign-in of the account ends, its other
 * links end, and failed attempts are forgotten. The same form a second time (a double click, a lost answer) changes nothing and
 * leads where the first one led.
 * @returns the portal in which the person works
 * @throws AppError LINK_INVALID; VALIDATION_ERROR when the password is none that one may choose
 */
export async function choosePassword(
  deps: SessionEndDeps & AttemptLimiters,
  input: ChoosePasswordInput,
): Promise<{ portal: Portal }> {
  const link = await requireLink(deps.database, input);
  const at = deps.clock.now();
  if (!isOpen(link, at)) return repeatChoice(link, input.password, at);
  const { password } = validate(z.object({ password: await newPasswordOf(link) }), { password: input.password });
  if (link.passwordMustChange && (await checkPassword(link.passwordHash, password)) !== "wrong")
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "password", message: "PASSWORD_SAME" }] });
  const passwordHash = await hashPassword(password);
  const refs = await deps.database.$transaction(async (tx) => {
    // In the order of whoever changes the account; its address may be another by now.
    const person = await lockPerson(tx, link.userId);
    if (person?.email !== link.email || !(await useLink(tx, link.id, at))) return null;
    return savePassword(tx, deps, link, { passwordHash, at });
  });
  // Another post has used the link while this one hashed: it may have been the same.
  if (refs === null) return repeatChoice(await requireLink(deps.database, input), input.password, at);
  await Promise.all([deps.enqueuer.enqueue(refs), forgetAttempts(deps, link)]);
  return { portal: workplaceOf(link) };
}

async function savePassword(
  tx: Transaction,
  deps: SessionEndDeps,
  { userId, purpose, email, mailedAt }: FoundLink,
  { passwordHash, at }: { passwordHash: string; at: Date },
) {
  await setPasswordHash(tx, userId, passwordHash, { at, mustChange: false });
  if (mailedAt !== null) await confirmEmail(tx, userId, { email, at });
  await revokeLinksToOwnAddress(tx, userId, at);
  const actor = { kind: "user", userId } as const;
  const action = purpose === "invitation" ? "user.activated" : "user.password-reset";
  await audit(tx, { actor, action, subject: userId });
  const { refs } = await closeAllSessions(tx, deps.identityHooks, SELF_SERVICE, userId, {
    at,
    reason: "password-changed",
  });
  if (purpose === "invitation") return refs;
  const notice = securityNoticeRow({ userId, notice: "password-changed", at });
  return [...refs, ...(await insertOutbox(tx, [notice]))];
}

/** The account's owner, who is not signed in: what ends, ends on the link's behalf. */
const SELF_SERVICE = { kind: "system", name: "account-link" } as const;

/** @throws AppError LINK_INVALID unless this very password was chosen by this link a moment ago */
async function repeatChoice(link: FoundLink, password: string, at: Date): Promise<{ portal: Portal }> {
  const { usedAt, passwordHash } = link;
  const isRecent = usedAt !== null && at.getTime() - usedAt.getTime() < ACCOUNT_LINK_REPEAT_SECONDS * 1_000;
  if (!isRecent || (await checkPassword(passwordHash, password)) === "wrong") throw new AppError("LINK_INVALID");
  return { portal: workplaceOf(link) };
}

function workplaceOf(link: FoundLink): Portal {
  return portalsOpenTo(link)[0] ?? "administration";
}
