import { parseUserId } from "@mgs/core/user-id";
import type { Database } from "@mgs/db/client";
import { findPeopleOfRole } from "@mgs/identity/users/people-rights.repository";
import type { AccessGrant, SubjectAccess } from "@mgs/module/subject-access";
import { findAccess } from "../access.repository";
import { readDossierRows } from "../dossiers.repository";
import { findOpinions } from "../opinions/opinions.repository";
import { readSeanceRows } from "../seances/seances.repository";

const EVERY_DOSSIER = { kind: "permission", permission: "dossiers.read-all" } as const;
/** More people of a role are not named one by one. */
const MAX_PEOPLE = 500;

/** A dossier is open to the people of its table, to those whose role was asked, and to roles that see all. It says what `visibleDossiers` asks. */
export const dossierAccess: SubjectAccess = {
  type: "dossier",
  async find(database, text) {
    const id = parseUserId(text);
    const [row] = id === null ? [] : await readDossierRows(database, [id]);
    return row ? [...(await grantsOfDossier(database, row.id)), EVERY_DOSSIER] : null;
  },
};

/** A session is open to its participants, to who made it, and to those to whom its dossier is. */
export const seanceAccess: SubjectAccess = {
  type: "seance",
  async find(database, text) {
    const id = parseUserId(text);
    const [row] = id === null ? [] : await readSeanceRows(database, [id]);
    if (!row || row.deletedAt !== null) return null;
    const own = row.participants.map((userId) => ({ kind: "person", userId, reason: "participant" }) as const);
    const maker = row.createdBy === null ? [] : [{ kind: "person", userId: row.createdBy, reason: "creator" } as const];
    const ofDossier = row.dossierId === null ? [] : await grantsOfDossier(database, row.dossierId);
    return [...own, ...maker, ...ofDossier, EVERY_DOSSIER];
  },
};

async function grantsOfDossier(database: Database, id: number): Promise<AccessGrant[]> {
  const [access, opinions] = await Promise.all([findAccess(database, id), findOpinions(database, id)]);
  const roles = new Set(
    opinions.flatMap(({ askedRole, withdrawnAt }) => (askedRole === null || withdrawnAt !== null ? [] : [askedRole])),
  );
  const asked = (await Promise.all([...roles].map((role) => findPeopleOfRole(database, role, MAX_PEOPLE)))).flat();
  return [
    ...access.map(({ userId, reason }) => ({ kind: "person", userId, reason }) as const),
    ...asked.map(({ id: userId }) => ({ kind: "person", userId, reason: "asked" }) as const),
  ];
}
