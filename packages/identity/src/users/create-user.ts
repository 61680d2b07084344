import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { isBlank } from "@mgs/core/blank";
import { AppError } from "@mgs/core/errors";
import { LOCALES } from "@mgs/core/locale";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import { type Database, isUniqueViolation, type Transaction } from "@mgs/db/client";
import { z } from "zod";
import { hashPassword } from "../password";
import { requireMasterOf, requirePermission } from "../permissions";
import { lockRoleForUse } from "../roles/roles.repository";
import { type AccountSummary, toAccountSummary } from "./account-dto";
import { findAccount, insertAccount } from "./accounts.repository";
import { newPasswordOf } from "./password-rule";

/** Fields of a new account. */
export const newAccount = z.strictObject({
  name: z
    .string()
    .trim()
    .max(200)
    .refine((name) => !isBlank(name), { error: "REQUIRED" })
    .refine(isStorableText, { error: "INVALID_TEXT" }),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(320)
    .pipe(z.email({ error: "INVALID_VALUE" })),
  role: z.string().max(40).refine(isStorableText, { error: "INVALID_TEXT" }),
  locale: z.enum(LOCALES).default("fr"),
});

const createUserInput = newAccount.extend({ password: z.string() });
export type CreateUserInput = z.input<typeof createUserInput>;

/**
 * Makes an account with a password that somebody else knows, so that its owner has to choose another one when they first sign in.
 * People are invited instead: see `invite-user.ts`.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks; VALIDATION_ERROR, also for an address
 *   that is taken
 */
export async function createUser(
  deps: { database: Database },
  actor: Actor,
  input: CreateUserInput,
): Promise<AccountSummary> {
  requirePermission(actor, "accounts.manage");
  const { password: given, ...account } = validate(createUserInput, input);
  const { password } = validate(z.object({ password: await newPasswordOf(account) }), { password: given });
  const passwordHash = await hashPassword(password);
  try {
    const id = await deps.database.$transaction(async (tx) => {
      const created = await insertNewAccount(tx, actor, { ...account, passwordHash, passwordMustChange: true });
      const details = { role: account.role };
      await audit(tx, { actor, action: "user.created", subject: created, details });
      return created;
    });
    const stored = await findAccount(deps.database, { id });
    if (!stored) throw new AppError("USER_NOT_FOUND");
    return toAccountSummary(stored);
  } catch (error) {
    throw await toAddressRefusal(deps.database, account.email, error);
  }
}

/** @returns VALIDATION_ERROR when the address is taken, else the error itself */
export async function toAddressRefusal(database: Database, email: string, error: unknown): Promise<unknown> {
  const isTaken = isUniqueViolation(error) && (await findAccount(database, { email }));
  if (!isTaken) return error;
  return new AppError("VALIDATION_ERROR", { details: [{ path: "email", message: "ALREADY_USED" }], cause: error });
}

/**
 * Inserts an account, with a role that nobody deletes at this moment.
 * @throws AppError VALIDATION_ERROR for a role that is none; FORBIDDEN for one with rights that the actor has not
 */
export async function insertNewAccount(
  tx: Transaction,
  actor: Actor,
  account: Parameters<typeof insertAccount>[1],
): Promise<number> {
  const role = await lockRoleForUse(tx, account.role);
  if (!role) throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_VALUE" }] });
  requireMasterOf(actor, { role: role.slug, portals: role.portals, permissions: role.permissions });
  return insertAccount(tx, account);
}
