import { OPEN_STATES } from "@mgs/dossiers/contract/states";
import { officeTimeBefore, soonAfter } from "./office-time";
import type { DemoDossier } from "./plan-dossier";
import type { Random } from "./random";
import { CLAIRE, DECIDERS } from "./staff";
import { demoId, type Story } from "./story";
import { writeInThread } from "./write-in-thread";

const COUNT = 6;
const TITLES = ["Relecture avant décision", "Montant à confirmer", "Réponse au client"] as const;

/** Lets Claire talk with a director, between the two of them, on dossiers that she has in hand. */
export function planPrivateTalks(story: Story, random: Random, dossiers: readonly DemoDossier[], now: Date): void {
  const hers = dossiers.filter(
    ({ assignee, state }) => assignee === CLAIRE && OPEN_STATES.some((open) => open === state),
  );
  for (const { id, createdAt } of hers.slice(-COUNT)) {
    const director = random.pick(DECIDERS.filter((one) => one !== CLAIRE));
    const openedAt = new Date(Math.max(officeTimeBefore(random, now, 1).getTime(), createdAt.getTime()));
    const threadId = demoId(`private talk on ${id}`, openedAt);
    const title = random.pick(TITLES);
    const thread = { id: threadId, subjectType: "dossier", subjectId: String(id), title, roles: [] };
    story.threads.push({ ...thread, createdBy: CLAIRE, createdAt: openedAt });
    for (const userId of [CLAIRE, director]) story.threadPeople.push({ threadId, userId });
    const askedAt = soonAfter(random, openedAt, 20);
    const lines = [
      { authorId: CLAIRE, content: "Peux-tu relire avant que je réponde ? Cela reste entre nous.", at: askedAt },
      {
        authorId: director,
        content: "Oui, ce matin. Garde la même formule que l’an dernier.",
        at: soonAfter(random, askedAt, 20),
      },
    ];
    writeInThread(
      story,
      { threadId, dossierId: id },
      lines.filter(({ at }) => at < now),
    );
  }
}
