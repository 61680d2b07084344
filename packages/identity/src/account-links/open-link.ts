import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { type AccountLinkPurpose, hashLinkToken, isLinkToken, isReport, type ReportPurpose } from "./account-link";
import { type FoundLink, findLinkByToken } from "./account-links.repository";

/** The person whom a valid link belongs to, for its page. `email` is the address that the link was made for. */
export type OpenLink = { name: string; email: string };

/**
 * Tells whether a link can be used, and changes nothing: scanners of mails follow every link.
 * @throws AppError LINK_INVALID, the same for a link that is unknown, used, expired or revoked, whose account is disabled, or has
 * another address by now
 */
export async function openLink(
  deps: { database: Database; clock: Clock },
  input: { token: string; purpose: AccountLinkPurpose },
): Promise<OpenLink> {
  const link = await requireLink(deps.database, input);
  if (!isOpen(link, deps.clock.now())) throw new AppError("LINK_INVALID");
  return { name: link.name, email: link.sentTo };
}

/**
 * The same for a link by which somebody says that it was not them.
 * @throws AppError LINK_INVALID
 */
export async function openReport(
  deps: { database: Database; clock: Clock },
  input: { token: string },
): Promise<{ email: string; purpose: ReportPurpose }> {
  const link = await requireReport(deps.database, input.token);
  if (!isOpen(link, deps.clock.now())) throw new AppError("LINK_INVALID");
  return { email: link.sentTo, purpose: link.purpose };
}

/** Finds a link of this purpose, also one that was used or has expired. @throws AppError LINK_INVALID */
export async function requireLink(
  database: Database,
  { token, purpose }: { token: string; purpose: AccountLinkPurpose },
): Promise<FoundLink> {
  const link = await findLink(database, token);
  if (link?.purpose !== purpose) throw new AppError("LINK_INVALID");
  return link;
}

/** Finds a link of a report, also one that was used or has expired. @throws AppError LINK_INVALID */
export async function requireReport(
  database: Database,
  token: string,
): Promise<FoundLink & { purpose: ReportPurpose }> {
  const link = await findLink(database, token);
  if (!link || !isReport(link.purpose)) throw new AppError("LINK_INVALID");
  return { ...link, purpose: link.purpose };
}

const findLink = async (database: Database, token: string): Promise<FoundLink | null> =>
  isLinkToken(token) ? findLinkByToken(database, hashLinkToken(token)) : null;

export const isOpen = ({ usedAt, expiresAt }: FoundLink, at: Date): boolean => usedAt === null && expiresAt > at;
