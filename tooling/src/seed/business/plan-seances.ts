import { officeTime, onQuarter, soonAfter } from "./office-time";
import { planComments } from "./plan-comments";
import type { DemoDossier } from "./plan-dossier";
import type { Random } from "./random";
import { CASE_WORKERS, CLAIRE, EXPERTS } from "./staff";
import { type Story, writeHistory } from "./story";
import { ROOMS } from "./vocabulary";

const COUNT = 40;
const TITLES = [
  "Commission d’attribution",
  "Point hebdomadaire",
  "Examen du dossier",
  "Réunion avec l’expert",
] as const;

/** Writes sessions: most have been, some come in the next weeks, and one was cancelled. */
export function planSeances(story: Story, random: Random, dossiers: readonly DemoDossier[], now: Date): void {
  for (let id = 1; id <= COUNT; id++) {
    const dossier = random.chance(0.6) ? random.pick(dossiers.slice(-200)) : null;
    const startsAt = onQuarter(officeTime(random, now, (id - 30) * 4 + random.int(0, 2)));
    const createdAt = officeTime(random, startsAt, -random.int(9, 16));
    const writtenAt = createdAt < now ? createdAt : soonAfter(random, new Date(now.getTime() - 86_400_000), 600);
    const createdBy = random.chance(0.5) ? CLAIRE : random.pick(CASE_WORKERS);
    const participants = [...new Set([createdBy, ...random.some(CASE_WORKERS, 3), random.pick(EXPERTS)])];
    story.seances.push({
      ...{ id, title: random.pick(TITLES), place: random.pick(ROOMS), startsAt, createdBy, createdAt: writtenAt },
      ...{ endsAt: new Date(startsAt.getTime() + random.int(1, 4) * 30 * 60_000), isPublic: random.chance(0.1) },
      ...{ dossierId: dossier?.id ?? null, deletedAt: id === COUNT ? now : null },
    });
    for (const userId of participants) story.participants.push({ seanceId: id, userId });
    writeHistory(story, { type: "seance", id: String(id) }, [{ at: writtenAt, userId: createdBy, op: "created" }]);
    const talk = { type: "seance" as const, id, authors: participants, from: writtenAt, until: now };
    planComments(story, random, talk, random.int(0, 4));
  }
}
