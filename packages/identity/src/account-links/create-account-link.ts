import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import { ACCOUNT_LINK_TTL_SECONDS } from "../lifetimes";
import { accountLinkMail } from "../outbox-kinds";
import type { AccountLinkPurpose } from "./account-link";
import { insertAccountLink, revokeAccountLinks } from "./account-links.repository";

type NewLink = { userId: number; at: Date };

/**
 * Invites a person who has an account without a usable password: the mail's link lets them choose one. An invitation that was sent
 * before is good no more. The caller checks the permission, writes the audit entry, and enqueues the result after its commit.
 * @throws AppError USER_NOT_FOUND also for an account that is disabled
 */
export async function createInvitation(tx: Transaction, { userId, at }: NewLink): Promise<OutboxRef[]> {
  await revokeAccountLinks(tx, userId, at, "invitation");
  return createMailedLink(tx, "invitation", { userId, at });
}

/**
 * Sends a link by which a person chooses a new password. The caller checks that they may have one, and enqueues the result after its commit.
 * @throws AppError USER_NOT_FOUND also for an account that is disabled
 */
export function createPasswordReset(tx: Transaction, link: NewLink): Promise<OutboxRef[]> {
  return createMailedLink(tx, "password-reset", link);
}

async function createMailedLink(
  tx: Transaction,
  purpose: AccountLinkPurpose,
  { userId, at }: NewLink,
): Promise<OutboxRef[]> {
  const id = uuidv7();
  const isThere = await insertAccountLink(tx, {
    ...{ id, userId, purpose, tokenHash: null, since: null, createdAt: at },
    expiresAt: linkEnd(purpose, at),
  });
  if (!isThere) throw new AppError("USER_NOT_FOUND");
  return insertOutbox(tx, [accountLinkMail.row({ payload: { link_id: id } })]);
}

/** When a link that is made at this time expires. */
export function linkEnd(purpose: AccountLinkPurpose, at: Date): Date {
  return new Date(at.getTime() + ACCOUNT_LINK_TTL_SECONDS[purpose] * 1_000);
}
