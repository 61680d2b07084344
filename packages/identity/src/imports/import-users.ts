import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Role } from "@mgs/core/roles";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { findRoles } from "../roles/roles.repository";
import { importedUser } from "./imported-user";
import { insertImportedUsers, usersByIdOrEmail } from "./imports.repository";
import { duplicates, type ImportRecord, type ImportReport, parseRows } from "./records";

export type ImportUsersOptions = {
  /** Role names of the old system, and ours for each. */
  roles?: Readonly<Record<string, Role>>;
  /** Role of rows that name none. */
  defaultRole?: Role | undefined;
  dryRun?: boolean;
};

/**
 * Takes people over from another system with their ids and password hashes: all of a file, or nothing of it. An account
 * that is there already (same id, same address) stays as it is, so that an import can be repeated.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks
 */
export async function importUsers(
  deps: { database: Database },
  actor: Actor,
  records: readonly { line: number; record: ImportRecord }[],
  { roles = {}, defaultRole, dryRun = false }: ImportUsersOptions = {},
): Promise<ImportReport> {
  requirePermission(actor, "accounts.manage");
  const known = new Set((await findRoles(deps.database)).map(({ slug }) => slug));
  const unknown = [...Object.values(roles), ...(defaultRole === undefined ? [] : [defaultRole])].filter(
    (slug) => !known.has(slug),
  );
  if (unknown.length > 0)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_VALUE" }] });
  const { rows, problems } = parseRows(importedUser(known, roles, defaultRole), records);
  problems.push(...duplicates(rows, "id", ({ id }) => id), ...duplicates(rows, "email", ({ email }) => email));
  const present = await usersByIdOrEmail(
    deps.database,
    rows.map(({ value }) => value),
  );
  const fresh = rows.filter(({ line, value }) => {
    const sameId = present.find(({ id }) => id === value.id);
    const sameEmail = present.find(({ email }) => email === value.email);
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
    (tx) => audit(tx, { actor, action: "users.imported", details: { added: fresh.length } }),
  );
  return report;
}
