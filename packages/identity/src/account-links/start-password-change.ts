import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { insertAccountLink } from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { accountLinkPath } from "./links";

/**
 * Leads a person who has given a password that they have to change to the page on which they choose another one. They are not signed in
 * by it: they come back to the form that they came from.
 * @param input.goOn path of the sign-in's page
 * @returns the page, with a link's token
 * @throws AppError INVALID_CREDENTIALS when the account is disabled by now
 */
export async function startPasswordChange(
  deps: { database: Database; sealer: Sealer; clock: Clock },
  { userId, goOn }: { userId: number; goOn: string },
): Promise<string> {
  const id = uuidv7();
  const token = accountLinkToken(deps.sealer, id);
  const at = deps.clock.now();
  const made = await insertAccountLink(deps.database, {
    ...{ id, userId, purpose: "password-reset", tokenHash: hashLinkToken(token), since: null },
    ...{ createdAt: at, expiresAt: linkEnd("password-reset", at) },
  });
  if (!made) throw new AppError("INVALID_CREDENTIALS");
  return accountLinkPath("password-reset", { jeton: token, suite: goOn });
}
