import { type Actor, actorKey, requireAdministrator } from "@mgs/core/actor";
import { isBlank } from "@mgs/core/blank";
import { LOCALES } from "@mgs/core/locale";
import { ROLES, type Role } from "@mgs/core/roles";
import { isStorableText } from "@mgs/core/text";
import { audit } from "@mgs/db/audit.repository";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { bcryptCost, HIGHEST_BCRYPT_COST } from "../legacy-password";
import { insertImportedUsers, usersByIdOrEmail } from "./imports.repository";
import { duplicates, type ImportRecord, type ImportReport, parseRows } from "./records";

const HIGHEST_ID = 2_147_483_647;
const ARGON2ID = /^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;

const text = (longest: number) =>
  z
    .string({ error: "is required" })
    .trim()
    .refine((value) => !isBlank(value), "is required")
    .max(longest, `has more than ${longest} characters`)
    .refine(isStorableText, "holds characters that are no text");

const passwordHash = text(256).refine((hash) => bcryptCost(hash) !== null || ARGON2ID.test(hash), {
  error: `is neither a bcrypt hash ($2y$, cost 4 to ${HIGHEST_BCRYPT_COST}) nor an argon2id hash`,
});

function rowSchema(roles: Readonly<Record<string, Role>>, fallback: Role | undefined) {
  const role = z
    .string()
    .optional()
    .transform((name, context) => {
      const known = name === undefined ? fallback : (roles[name] ?? ROLES.find((one) => one === name));
      if (known) return known;
      context.addIssue({ code: "custom", message: `is none of ${ROLES.join(", ")}; map it with --map-role` });
      return z.NEVER;
    });
  return z
    .object({
      id: z.coerce.number({ error: "is no number" }).int("is no whole number").min(1).max(HIGHEST_ID),
      name: text(200),
      email: text(320).toLowerCase().pipe(z.email("is no e-mail address")),
      /** Laravel's name of the column, and ours. */
      password: passwordHash.optional(),
      password_hash: passwordHash.optional(),
      role,
      locale: z.enum(LOCALES, { error: `is none of ${LOCALES.join(", ")}` }).optional(),
      /** Laravel's soft deletes: the account comes along, disabled, so that its notifications keep an owner. */
      deleted_at: z.string().optional(),
    })
    .transform(({ password, password_hash, deleted_at, ...user }, context) => {
      const hash = password_hash ?? password;
      if (hash !== undefined) return { ...user, passwordHash: hash, disabled: deleted_at !== undefined };
      context.addIssue({ code: "custom", path: ["password"], message: "is required" });
      return z.NEVER;
    });
}
export type ImportedUser = z.output<ReturnType<typeof rowSchema>>;

export type ImportUsersOptions = {
  /** Role names of the old system, and ours for each. */
  roles?: Readonly<Record<string, Role>>;
  /** Role of rows that name none. */
  defaultRole?: Role | undefined;
  dryRun?: boolean;
};

/**
 * Takes people over from another system with their ids and password hashes: all of a file, or nothing of it. A person
 * who is there already (same id, same address) stays as they are, so that an import can be repeated.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks
 */
export async function importUsers(
  deps: { database: Database },
  actor: Actor,
  records: readonly { line: number; record: ImportRecord }[],
  { roles = {}, defaultRole, dryRun = false }: ImportUsersOptions = {},
): Promise<ImportReport> {
  requireAdministrator(actor);
  const { rows, problems } = parseRows(rowSchema(roles, defaultRole), records);
  problems.push(...duplicates(rows, "id", ({ id }) => id), ...duplicates(rows, "email", ({ email }) => email));
  const known = await usersByIdOrEmail(
    deps.database,
    rows.map(({ value }) => value),
  );
  const fresh = rows.filter(({ line, value }) => {
    const sameId = known.find(({ id }) => id === value.id);
    const sameEmail = known.find(({ email }) => email === value.email);
    if (sameId && sameId === sameEmail) return false;
    if (sameId) problems.push({ line, field: "id", problem: "belongs to another address here" });
    if (sameEmail) problems.push({ line, field: "email", problem: `belongs to person ${sameEmail.id} here` });
    return true;
  });
  const report = { added: fresh.length, present: rows.length - fresh.length, skipped: [], problems };
  if (problems.length > 0) return { ...report, added: 0 };
  if (dryRun || fresh.length === 0) return report;
  await insertImportedUsers(
    deps.database,
    fresh.map(({ value }) => value),
    (tx) => audit(tx, { actor: actorKey(actor), action: "users.imported", details: { added: fresh.length } }),
  );
  return report;
}
