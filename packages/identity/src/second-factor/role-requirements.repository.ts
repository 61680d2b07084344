import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

const FIND = {
  name: "is-second-factor-required",
  text: "SELECT second_factor_required AS required FROM role_requirements WHERE role = $1",
};

export async function findRequirement(database: Database, role: string): Promise<boolean> {
  const [row] = await queryPrepared<{ required: boolean }>(database, FIND, [role]);
  return row?.required ?? false;
}

/** Roles whose people need a second factor. */
export async function listRequiringRoles(database: Database): Promise<string[]> {
  const rows = await database.roleRequirement.findMany({
    where: { secondFactorRequired: true },
    select: { role: true },
    orderBy: { role: "asc" },
  });
  return rows.map(({ role }) => role);
}

/** @returns false when it was so already */
export async function saveRequirement(tx: Transaction, role: string, required: boolean): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO role_requirements (role, second_factor_required) VALUES (${role}, ${required})
    ON CONFLICT (role) DO UPDATE SET second_factor_required = excluded.second_factor_required
     WHERE role_requirements.second_factor_required IS DISTINCT FROM excluded.second_factor_required`;
  return changed > 0;
}
