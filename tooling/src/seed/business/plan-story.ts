import { DEMO_TYPES, REFUSED_WORDS } from "./dossier-types";
import { dayOf, midnightOf, officeTimeBefore, toDate } from "./office-time";
import { commentCount, planComments } from "./plan-comments";
import { planConversations } from "./plan-conversations";
import { planDocuments } from "./plan-documents";
import { type DemoDossier, planDossier } from "./plan-dossier";
import { planPrivateTalks } from "./plan-private-talks";
import { planSeances } from "./plan-seances";
import { createRandom } from "./random";
import { ADMINISTRATOR, CASE_WORKERS, CLAIRE } from "./staff";
import { type DemoFile, demoId, emptyStory, type Story } from "./story";

/** Two years of an office's work. */
const DAYS = 730;
export const DOSSIER_COUNT = 600;
const SEED = 2_026;

/**
 * Plans the demonstration: what an office of 43 people has done in two years until now. It is the same each time on the same day, and every
 * state, chart and list has something to show.
 * @param firstTypeId id of its first type of dossiers; the others follow
 * @param today any time of today; everything lies before this day, but for due dates and sessions to come
 */
export async function planStory(today: Date, firstTypeId: number): Promise<{ story: Story; files: DemoFile[] }> {
  // What comes before the present would be something else every minute, and with it all that is drawn after it.
  const now = midnightOf(today);
  const random = createRandom(SEED);
  const story = emptyStory();
  story.types.push(
    ...DEMO_TYPES.map(({ name, fields, pieces, dueWorkingDays }, index) => ({
      ...{
        id: firstTypeId + index,
        nameFr: name.fr,
        nameEn: name.en,
        fields: fields as object[],
        pieces: pieces as object[],
        dueWorkingDays,
      },
      defaultAssigneeId: index === 1 ? CLAIRE : null,
    })),
  );
  const lastOfYear = new Map<number, number>();
  const openings = Array.from({ length: DOSSIER_COUNT }, (_, index) =>
    // More of them lately: an office grows, and lists of open dossiers are not empty.
    officeTimeBefore(random, now, Math.round(DAYS * (1 - index / DOSSIER_COUNT) ** 2.2) + 1),
  ).sort((a, b) => a.getTime() - b.getTime());
  const dossiers: DemoDossier[] = openings.map((createdAt, index) => {
    const year = Number(dayOf(createdAt).slice(0, 4));
    const number = (lastOfYear.get(year) ?? 0) + 1;
    lastOfYear.set(year, number);
    const type = random.pick(DEMO_TYPES);
    const typeId = firstTypeId + DEMO_TYPES.indexOf(type);
    return planDossier(story, random, { id: index + 1, number, type, typeId, createdAt, now });
  });
  for (const [year, last] of lastOfYear) story.numbers.push({ year, last });
  for (const dossier of dossiers) {
    const { id, circle: authors, createdAt, updatedAt } = dossier;
    const until = new Date(
      Math.min(now.getTime(), Math.max(updatedAt.getTime(), createdAt.getTime() + 2 * 86_400_000)),
    );
    planComments(
      story,
      random,
      { type: "dossier", id, authors, from: createdAt, until },
      commentCount(random, dossier),
    );
  }
  planSeances(story, random, dossiers, now);
  planPrivateTalks(story, random, dossiers, now);
  planConversations(story, dossiers, now);
  story.words.push(...REFUSED_WORDS.map((word) => ({ word, createdBy: ADMINISTRATOR, createdAt: openings[0] ?? now })));
  planViews(story, now);
  planAbsences(story, now);
  return { story, files: await planDocuments(story, random, dossiers, now) };
}

function planViews(story: Story, now: Date): void {
  const views = [
    { name: "Urgents et ouverts", ownerId: 1, isShared: true, query: "open=true&priority=urgente" },
    { name: "En retard", ownerId: CLAIRE, isShared: true, query: "overdue=true&sort=due" },
    { name: "Mes dossiers en attente", ownerId: CLAIRE, isShared: false, query: "assignee=me&state=en_attente" },
  ];
  for (const view of views)
    story.views.push({ id: demoId(`view ${view.name}`, now), list: "dossiers", createdAt: now, ...view });
}

/** One colleague is away now, and another will be. */
function planAbsences(story: Story, now: Date): void {
  const [, first = CLAIRE, second = CLAIRE, third = CLAIRE] = CASE_WORKERS;
  const day = (offset: number) => toDate(dayOf(new Date(now.getTime() + offset * 86_400_000)));
  story.absences.push(
    { id: demoId("absence 1", now), userId: first, substituteId: second, firstDay: day(-3), lastDay: day(6) },
    { id: demoId("absence 2", now), userId: third, substituteId: first, firstDay: day(12), lastDay: day(19) },
  );
}
