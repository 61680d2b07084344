import { findSubstitutes } from "@mgs/calendar/absences.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { Holdings } from "@mgs/module/holdings";
import { recordChange } from "@mgs/records/changes/record-change";
import { addAccess } from "../access.repository";
import { todayOf } from "../deps";
import { dossierNotice } from "../outbox-kinds";
import { countAsked, countAssigned, moveAsked, moveAssigned, readAsked, readAssigned } from "./holdings.repository";

/** Each is a change of its dossier, so a transaction moves no more. */
const MAX_MOVED = 50;
const ACTOR = { kind: "system", name: "hand-over" } as const;

/** Open dossiers that a person has in hand when they leave go to their colleague. */
export const openDossiers: Holdings = {
  name: "open-dossiers",
  count: countAssigned,
  list: readAssigned,
  async handOver(tx, { from, to, limit, at }) {
    const ids = await moveAssigned(tx, { from, to, limit: Math.min(limit, MAX_MOVED), at });
    const [first] = ids;
    if (first === undefined) return { moved: 0, rows: [] };
    const substitutes = await findSubstitutes(tx, [to], todayOf({ now: () => at }));
    const rows: NewOutboxRow[] = [];
    for (const id of ids) {
      await addAccess(tx, id, [to], "assignee");
      await addAccess(tx, id, substitutes, "substitute");
      const change = { op: "handed-over", fields: { assignee_id: [from, to] as const }, at };
      rows.push((await recordChange(tx, ACTOR, { type: "dossier", id: String(id) }, change)).row);
    }
    // One message for all of them, which leads to the first.
    const payload = { dossier_id: first, notice: "handed-over" as const, user_ids: [to, ...substitutes], by: null };
    return { moved: ids.length, rows: [dossierNotice.row({ payload }), ...rows] };
  },
};

/** Opinions that a person was asked for and has not given go to their colleague, who is asked instead, and to whoever stands in for them. */
export const askedOpinions: Holdings = {
  name: "asked-opinions",
  count: countAsked,
  list: readAsked,
  async handOver(tx, { from, to, limit, at }) {
    const opinions = await moveAsked(tx, { from, to, limit: Math.min(limit, MAX_MOVED) });
    const substitutes = opinions.length === 0 ? [] : await findSubstitutes(tx, [to], todayOf({ now: () => at }));
    const rows: NewOutboxRow[] = [];
    for (const { id, dossierId, dueOn, question } of opinions) {
      await addAccess(tx, dossierId, [to], "asked");
      await addAccess(tx, dossierId, substitutes, "substitute");
      const change = { op: "opinion-handed-over", details: { opinion_id: id, user_id: to }, at };
      rows.push((await recordChange(tx, ACTOR, { type: "dossier", id: String(dossierId) }, change)).row);
      const payload = {
        ...{
          dossier_id: dossierId,
          notice: "asked" as const,
          user_ids: [to, ...substitutes],
          by: null,
          text: question,
        },
        ...(dueOn === null ? {} : { due_on: dueOn }),
      };
      rows.push(dossierNotice.row({ payload }));
    }
    return { moved: opinions.length, rows };
  },
};
