import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { MAX_USER_ID } from "@mgs/core/user-id";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { type AccountSummary, toAccountSummary } from "./account-dto";
import { findAccount } from "./accounts.repository";

/**
 * Finds an account by its number or its address.
 * @param ref its number, or its e-mail address
 * @throws AppError FORBIDDEN, USER_NOT_FOUND
 */
export async function findAccountOf(deps: { database: Database }, actor: Actor, ref: string): Promise<AccountSummary> {
  requirePermission(actor, "accounts.read");
  const text = ref.trim().toLowerCase();
  const id = /^\d{1,10}$/.test(text) ? Number(text) : null;
  const usable = id === null ? text.includes("@") && isStorableText(text) : id <= MAX_USER_ID;
  const account = usable ? await findAccount(deps.database, id === null ? { email: text } : { id }) : null;
  if (!account) throw new AppError("USER_NOT_FOUND");
  return toAccountSummary(account);
}
