import { isBlank } from "@mgs/core/blank";
import { LOCALES } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import { MAX_USER_ID } from "@mgs/core/user-id";
import { z } from "zod";
import { MAX_BCRYPT_COST } from "../legacy-password";
import { isUsableHash, MAX_ARGON2 } from "../password";

const text = (maxLength: number) =>
  z
    .string({ error: "is required" })
    .trim()
    .refine((value) => !isBlank(value), "is required")
    .max(maxLength, `has more than ${maxLength} characters`)
    .refine(isStorableText, "holds characters that are no text");

const passwordHash = text(256).refine(isUsableHash, {
  error: `is neither a bcrypt hash ($2y$, cost 4 to ${MAX_BCRYPT_COST}) nor an argon2id hash (m up to ${MAX_ARGON2.memoryKib}, t up to ${MAX_ARGON2.time}, p up to ${MAX_ARGON2.parallelism}, m times t up to ${MAX_ARGON2.memoryTimesTime})`,
});

/**
 * The schema of one row.
 * @param known slugs of our roles
 * @param roles role names of the old system, and ours for each
 * @param fallback role of a row that names none
 */
export function importedUser(
  known: ReadonlySet<Role>,
  roles: Readonly<Record<string, Role>>,
  fallback: Role | undefined,
) {
  const role = z
    .string()
    .optional()
    .transform((name, context) => {
      const slug = name === undefined ? fallback : (roles[name] ?? name);
      if (slug !== undefined && known.has(slug)) return slug;
      context.addIssue({ code: "custom", message: `is none of ${[...known].join(", ")}; map it with --map-role` });
      return z.NEVER;
    });
  return z
    .object({
      id: z.coerce.number({ error: "is no number" }).int("is no whole number").min(1).max(MAX_USER_ID),
      name: text(200),
      email: text(320).toLowerCase().pipe(z.email("is no e-mail address")),
      /** Laravel's name of the column, and ours. */
      password: passwordHash.optional(),
      password_hash: passwordHash.optional(),
      role,
      locale: z.enum(LOCALES, { error: `is none of ${LOCALES.join(", ")}` }).optional(),
      /** Laravel's soft deletes: the account comes along, disabled, so that its notifications keep an owner. */
      deleted_at: z.string().optional(),
      /** Laravel's, too: the person has followed a link that was mailed to this address. */
      email_verified_at: z.string().optional(),
    })
    .transform(({ password, password_hash, deleted_at, email_verified_at, ...user }, context) => {
      const hash = password_hash ?? password;
      const state = { disabled: deleted_at !== undefined, isEmailConfirmed: email_verified_at !== undefined };
      if (hash !== undefined) return { ...user, passwordHash: hash, ...state };
      context.addIssue({ code: "custom", path: ["password"], message: "is required" });
      return z.NEVER;
    });
}

export type ImportedUser = z.output<ReturnType<typeof importedUser>>;
