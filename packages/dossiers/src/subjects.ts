import { audit } from "@mgs/audit/audit.repository";
import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { holdsPermission } from "@mgs/core/roles";
import { parseUserId } from "@mgs/core/user-id";
import type { Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { readNumber } from "@mgs/records/changes/changes.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import type { AccessGrant, Subject } from "@mgs/records/subject";
import { addAccess, findFollowers, findPeopleWithAccess } from "./access.repository";
import { DOSSIER_PORTAL, todayOf } from "./deps";
import { findDossierRow } from "./dossiers.repository";
import { dossierOfPath, dossierPath } from "./links";
import { readThreadCircle } from "./opinions/thread-circle";
import { dossierNotice } from "./outbox-kinds";
import { can } from "./permissions";
import { liveDossiers } from "./record/live-dossiers";
import { seanceSubject } from "./seances/seance-subject";

/**
 * Gives somebody access to a dossier; the caller has checked that they may, and locked it.
 * @returns outbox rows, which the caller inserts and enqueues
 */
export async function grantDossierAccess(
  tx: Transaction,
  actor: UserActor,
  id: string,
  { userId, at, socketId }: AccessGrant,
): Promise<NewOutboxRow[]> {
  await addAccess(tx, Number(id), [userId], "granted");
  await audit(tx, { actor, action: "dossier.access-granted", subject: id, userId });
  const { row } = await recordChange(
    tx,
    actor,
    { type: "dossier", id },
    { op: "access-granted", details: { user_id: userId }, at, socketId },
  );
  const payload = { dossier_id: Number(id), notice: "granted" as const, user_ids: [userId], by: actor.userId };
  return [dossierNotice.row({ payload }), row];
}

/** Dossiers, as comments, documents, mentions and the history know them. */
export const dossierSubject: Subject = {
  type: "dossier",
  segment: "dossiers",
  channels: ["dossier.{id}"],
  missing: "SUBJECT_NOT_FOUND",
  portal: DOSSIER_PORTAL,
  idOfPath: dossierOfPath,
  scopes: { read: "dossiers:read", write: "dossiers:write" },
  async find({ database }, actor, text) {
    const id = parseUserId(text);
    if (id === null) return null;
    const version = await readNumber(database, "dossier", text);
    const row = await findDossierRow(database, actor, id);
    if (!row) return null;
    const isPerson = actor.kind === "user";
    return {
      id: text,
      title: `${row.reference} ${row.title}`,
      path: dossierPath(id),
      version,
      may: {
        comment: isPerson,
        attach: isPerson,
        grant: can(actor, "dossiers.grant"),
        edit: can(actor, "dossiers.work"),
      },
    };
  },
  async visibleTo(database, id, userIds) {
    const people = (await findPeopleRights(database, userIds)).filter(({ disabled }) => !disabled);
    const listed = await findPeopleWithAccess(database, Number(id), people);
    return people
      .filter((person) => listed.has(person.id) || holdsPermission(person, "dossiers.read-all"))
      .map((person) => person.id);
  },
  list: liveDossiers,
  followers: (database, id) => findFollowers(database, Number(id)),
  threadCircle: (database, id, threadId) => readThreadCircle(database, Number(id), threadId, todayOf(systemClock)),
  follow: (tx, id, userIds) => addAccess(tx, Number(id), userIds, "follower"),
  grantAccess: grantDossierAccess,
};

/** The kinds of records of this domain. */
export const DOSSIER_SUBJECTS: readonly Subject[] = [dossierSubject, seanceSubject];
