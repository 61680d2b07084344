import { audit } from "@mgs/audit/audit.repository";
import { holdsPermission } from "@mgs/core/roles";
import { parseUserId } from "@mgs/core/user-id";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { readNumber } from "@mgs/records/changes/changes.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import type { Subject } from "@mgs/records/subject";
import { findPeopleWithAccess } from "../access.repository";
import { DOSSIER_PORTAL } from "../deps";
import { seanceOfPath, seancePath } from "../links";
import { can } from "../permissions";
import { inviteToSeance } from "./invite";
import { addParticipants, addSubstitutes, findSeanceRow, readSeanceRows, type SeanceRow } from "./seances.repository";

/** Whether somebody takes part in a session, or stands in for who does: they alone comment on it, whoever else sees it. */
const takesPart = ({ participants, createdBy, substitutes }: SeanceRow, userId: number): boolean =>
  createdBy === userId ||
  participants.includes(userId) ||
  substitutes.some((one) => one.userId === userId && participants.includes(one.forUserId));

/** Sessions, as comments, documents, mentions and the history know them. The names of their channels are those of the system before this. */
export const seanceSubject: Subject = {
  type: "seance",
  segment: "sessions",
  channels: ["sport-session.{id}"],
  missing: "SESSION_NOT_FOUND",
  portal: DOSSIER_PORTAL,
  idOfPath: seanceOfPath,
  scopes: { read: "dossiers:read", write: "dossiers:write" },
  async find({ database }, actor, text) {
    const id = parseUserId(text);
    if (id === null) return null;
    const version = await readNumber(database, "seance", text);
    const row = await findSeanceRow(database, actor, id);
    if (!row || row.deletedAt !== null) return null;
    const isParticipant = actor.kind === "user" && takesPart(row, actor.userId);
    return {
      ...{ id: text, title: row.title, path: seancePath(id), version },
      may: { comment: isParticipant, attach: isParticipant, grant: can(actor, "dossiers.work") },
    };
  },
  async visibleTo(database, id, userIds) {
    const [row] = await readSeanceRows(database, [Number(id)]);
    if (!row || row.deletedAt !== null) return [];
    const standsIn = new Set(row.substitutes.map((one) => one.userId));
    const people = (await findPeopleRights(database, userIds)).filter(({ disabled }) => !disabled);
    const listed =
      row.dossierId === null ? new Set<number>() : await findPeopleWithAccess(database, row.dossierId, people);
    return people
      .filter(
        (person) =>
          takesPart(row, person.id) ||
          standsIn.has(person.id) ||
          listed.has(person.id) ||
          holdsPermission(person, "dossiers.read-all"),
      )
      .map((person) => person.id);
  },
  async followers(database, id) {
    const [row] = await readSeanceRows(database, [Number(id)]);
    if (!row) return [];
    const standIns = row.substitutes.map(({ userId }) => userId);
    return [...new Set([...row.participants, ...standIns, ...(row.createdBy === null ? [] : [row.createdBy])])];
  },
  async isPublic(database, id) {
    const [row] = await readSeanceRows(database, [Number(id)]);
    return row !== undefined && row.deletedAt === null && row.isPublic;
  },
  // Its participants follow it already. Whoever only sees it is told of their mentions, and does not take part by one.
  follow: async (tx, id, _, standIns = []) => addSubstitutes(tx, Number(id), standIns),
  async grantAccess(tx, actor, id, { userId, at, socketId }) {
    await addParticipants(tx, Number(id), [userId]);
    const notices = await inviteToSeance(tx, Number(id), [userId], { clock: { now: () => at }, by: actor.userId });
    await audit(tx, { actor, action: "seance.access-granted", subject: id, userId });
    const { row } = await recordChange(
      tx,
      actor,
      { type: "seance", id },
      { op: "access-granted", details: { user_id: userId }, at, socketId },
    );
    return [...notices, row];
  },
};
