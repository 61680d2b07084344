import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { accountLinkToken, isReport, type ReportPurpose } from "./account-link";
import { findLinkOfPerson } from "./account-links.repository";
import { isOpen } from "./open-link";

/**
 * Finds the link of a notice for the signed-in person whom it is to: the bell names the notice alone, so that no token is stored with it.
 * @throws AppError LINK_INVALID, also for a notice to somebody else
 */
export async function openNotice(
  deps: { database: Database; clock: Clock; sealer: Sealer },
  actor: Actor,
  { linkId }: { linkId: string },
): Promise<{ email: string; purpose: ReportPurpose; token: string }> {
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  const link = UUID_PATTERN.test(linkId) ? await findLinkOfPerson(deps.database, linkId, userId) : null;
  if (!link || !isReport(link.purpose) || !isOpen(link, deps.clock.now())) throw new AppError("LINK_INVALID");
  const token = accountLinkToken(deps.sealer, link.id);
  return { email: link.sentTo, purpose: link.purpose, token };
}
