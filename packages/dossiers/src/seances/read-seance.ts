import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { readNumber } from "@mgs/records/changes/changes.repository";
import type { SeanceDto } from "../contract/seance";
import { DOSSIER_PORTAL, type DossierDeps } from "../deps";
import { findDossierRow } from "../dossiers.repository";
import { seancePath } from "../links";
import { findSeanceRow, type SeanceRow } from "./seances.repository";

type ReadingDeps = Pick<DossierDeps, "portalUrls">;

/**
 * A session as its page and the API show it, also one that was cancelled.
 * @throws AppError SESSION_NOT_FOUND, also for one that the actor does not see
 */
export async function getSeance(deps: DossierDeps, actor: Actor, id: number): Promise<SeanceDto> {
  if (!isUserId(id)) throw new AppError("SESSION_NOT_FOUND");
  // The version first: with the other order an edit could claim to know a change that it was made without.
  const version = await readNumber(deps.database, "seance", String(id));
  const row = await findSeanceRow(deps.database, actor, id);
  if (!row) throw new AppError("SESSION_NOT_FOUND");
  return readSeance(deps.database, deps, actor, row, version);
}

/** Adds to a row what its page shows besides. @param version read before the row */
export async function readSeance(
  database: Database | Transaction,
  deps: ReadingDeps,
  actor: Actor,
  row: SeanceRow,
  version: number,
): Promise<SeanceDto> {
  const [seance] = await readSeances(database, deps, actor, [row], () => version);
  if (!seance) throw new Error("a session is missing");
  return seance;
}

export async function readSeances(
  database: Database | Transaction,
  deps: ReadingDeps,
  actor: Actor,
  rows: readonly SeanceRow[],
  versionOf: (row: SeanceRow) => number,
): Promise<SeanceDto[]> {
  const people = new Set(
    rows.flatMap(({ participants, substitutes, createdBy }) => [
      ...participants,
      ...substitutes.flatMap(({ userId, forUserId }) => [userId, forUserId]),
      ...(createdBy === null ? [] : [createdBy]),
    ]),
  );
  const names = new Map((await findPeopleRights(database, [...people])).map(({ id, name }) => [id, name]));
  const person = (id: number | null) => {
    const name = id === null ? undefined : names.get(id);
    return id === null || name === undefined ? [] : [{ id, name }];
  };
  const dossiers = await readDossiersOf(database, actor, rows);
  return rows.map((row) => ({
    ...{ id: row.id, title: row.title, place: row.place },
    starts_at: row.startsAt.toISOString(),
    ends_at: row.endsAt.toISOString(),
    is_public: row.isPublic,
    dossier: (row.dossierId === null ? undefined : dossiers.get(row.dossierId)) ?? null,
    participants: row.participants.flatMap(person),
    substitutes: row.substitutes.flatMap(({ userId, forUserId }) =>
      person(userId).flatMap((one) => person(forUserId).map((absent) => ({ ...one, for: absent }))),
    ),
    created_by: person(row.createdBy)[0] ?? null,
    created_at: row.createdAt.toISOString(),
    deleted_at: row.deletedAt?.toISOString() ?? null,
    version: versionOf(row),
    url: new URL(seancePath(row.id), deps.portalUrls[DOSSIER_PORTAL]).href,
  }));
}

/** Dossiers of sessions, as far as the actor sees them: a participant may see the one without the other. */
async function readDossiersOf(database: Database | Transaction, actor: Actor, rows: readonly SeanceRow[]) {
  const ids = [...new Set(rows.flatMap(({ dossierId }) => (dossierId === null ? [] : [dossierId])))];
  const found = await Promise.all(ids.map(async (id) => [id, await findDossierRow(database, actor, id)] as const));
  return new Map(
    found.flatMap(([id, row]) => (row ? [[id, { id, reference: row.reference, title: row.title }] as const] : [])),
  );
}
