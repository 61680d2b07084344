import type { Actor } from "@mgs/core/actor";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { type AccountSummary, toAccountSummary } from "./account-dto";
import { readAccounts } from "./accounts.repository";

const listUsersInput = z.strictObject({
  /** Words that all occur in the name or the address. */
  search: z.string().max(100).refine(isStorableText, { error: "INVALID_TEXT" }).default(""),
  role: z.string().max(40).refine(isStorableText, { error: "INVALID_TEXT" }).optional(),
  disabled: z.boolean().optional(),
  /** `next` of the page before. */
  cursor: z.coerce.number({ error: "INVALID_CURSOR" }).int({ error: "INVALID_CURSOR" }).min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ListUsersInput = z.input<typeof listUsersInput>;

/** Accounts, by number. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function listUsers(
  deps: { database: Database },
  actor: Actor,
  input: unknown = {},
): Promise<{ items: AccountSummary[]; next: number | null }> {
  requirePermission(actor, "accounts.read");
  const { search, role, disabled, cursor, limit } = validate(listUsersInput, input);
  const words = search.split(/\s+/).filter(Boolean);
  const rows = await readAccounts(deps.database, { words, role, disabled }, cursor, limit + 1);
  const page = rows.slice(0, limit);
  return { items: page.map(toAccountSummary), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
