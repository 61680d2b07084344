import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { type AccountLinkPurpose, hashLinkToken, isLinkToken } from "./account-link";
import { type FoundLink, findLinkByToken } from "./account-links.repository";

/**
 * What "it was not me" does about the account's address: it stays, the one of before comes back, or the account is closed, because it has
 * another address by now and somebody else has the one of before.
 */
export type AddressOutcome = "stays" | "comes-back" | "is-taken";

/** The person whom a valid link belongs to, for its page. `email` is the address that the link was made for. */
export type OpenLink = { name: string; email: string; address: AddressOutcome };

/**
 * Tells whether a link can be used, and changes nothing: scanners of mails follow every link.
 * @throws AppError LINK_INVALID, the same for a link that is unknown, used, expired or revoked, whose account is disabled, or has
 * another address by now, unless it is for "it was not me"
 */
export async function openLink(
  deps: { database: Database; clock: Clock },
  input: { token: string; purpose: AccountLinkPurpose },
): Promise<OpenLink> {
  const link = await requireLink(deps.database, input);
  if (!isOpen(link, deps.clock.now())) throw new AppError("LINK_INVALID");
  return { name: link.name, email: link.sentTo, address: addressOutcome(link) };
}

/** What using a link of "it was not me" does about the address. */
export function addressOutcome({ email, sentTo, isSentToTaken }: FoundLink): AddressOutcome {
  if (email === sentTo) return "stays";
  return isSentToTaken ? "is-taken" : "comes-back";
}

/** Finds a link of this purpose, also one that was used or has expired. @throws AppError LINK_INVALID */
export async function requireLink(
  database: Database,
  { token, purpose }: { token: string; purpose: AccountLinkPurpose },
): Promise<FoundLink> {
  const link = isLinkToken(token) ? await findLinkByToken(database, hashLinkToken(token)) : null;
  if (link?.purpose !== purpose) throw new AppError("LINK_INVALID");
  return link;
}

export const isOpen = ({ usedAt, expiresAt }: FoundLink, at: Date): boolean => usedAt === null && expiresAt > at;
