import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { isBlank } from "@mgs/core/blank";
import { AppError } from "@mgs/core/errors";
import { LOCALES } from "@mgs/core/locale";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import { type Database, isUniqueViolation } from "@mgs/db/client";
import { z } from "zod";
import { hashPassword } from "../password";
import { requirePermission } from "../permissions";
import { lockRoleForUse } from "../roles/roles.repository";
import { type AccountSummary, toAccountSummary } from "./account-dto";
import { findAccount, insertAccount } from "./accounts.repository";
import { newPassword } from "./password-rule";

const createUserInput = z.strictObject({
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
  password: newPassword,
});
export type CreateUserInput = z.input<typeof createUserInput>;

/**
 * Makes an account.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks; VALIDATION_ERROR, also for an address
 *   that is taken
 */
export async function createUser(
  deps: { database: Database },
  actor: Actor,
  input: CreateUserInput,
): Promise<AccountSummary> {
  requirePermission(actor, "accounts.manage");
  const { password, ...account } = validate(createUserInput, input);
  const passwordHash = await hashPassword(password);
  try {
    const id = await deps.database.$transaction(async (tx) => {
      const role = await lockRoleForUse(tx, account.role);
      if (!role) throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_VALUE" }] });
      const created = await insertAccount(tx, { ...account, passwordHash });
      const details = { role: account.role };
      await audit(tx, { actor, action: "user.created", subject: created, details });
      return created;
    });
    const stored = await findAccount(deps.database, { id });
    if (!stored) throw new AppError("USER_NOT_FOUND");
    return toAccountSummary(stored);
  } catch (error) {
    const taken = isUniqueViolation(error) && (await findAccount(deps.database, { email: account.email }));
    if (!taken) throw error;
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "email", message: "ALREADY_USED" }], cause: error });
  }
}
