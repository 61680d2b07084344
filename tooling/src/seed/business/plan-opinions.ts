import { type DossierState, OPEN_STATES } from "@mgs/dossiers/contract/states";
import { OPINION_ANSWERS, OPINION_QUESTIONS } from "./dossier-types";
import { dayOf, officeTime, soonAfter, toDate, workingDay } from "./office-time";
import type { Random } from "./random";
import { CLAIRE, EXPERTS } from "./staff";
import { type DemoChange, demoId, type Story } from "./story";
import { writeInThread } from "./write-in-thread";

const ASKED_SHARE = 0.35;
/** Some ask the accountants all together. */
const ASKED_ROLE = "comptable";

/** Asks for an opinion on some dossiers; what was decided has its answer, and a few open ones are late. */
export function planOpinions(
  story: Story,
  random: Random,
  {
    id,
    createdAt,
    state,
    worker,
    now,
  }: { id: number; createdAt: Date; state: DossierState; worker: number; now: Date },
): { changes: DemoChange[]; asked: number[] } {
  if (state === "nouveau" || !random.chance(ASKED_SHARE)) return { changes: [], asked: [] };
  const askedAt = officeTime(random, createdAt, random.int(2, 5));
  if (askedAt >= now) return { changes: [], asked: [] };
  const opinionId = demoId(`opinion of ${id}`, askedAt);
  const threadId = demoId(`opinion's thread of ${id}`, askedAt);
  const expert = random.chance(0.2) ? CLAIRE : random.pick(EXPERTS);
  const byRole = random.chance(0.2);
  const person = byRole || expert === worker ? null : expert;
  const question = random.pick(OPINION_QUESTIONS);
  const dueOn = workingDay(dayOf(askedAt), random.int(3, 8));
  const isOpen = OPEN_STATES.some((open) => open === state);
  const answeredAt = officeTime(random, askedAt, random.int(1, 9));
  const isAnswered = answeredAt < now && (!isOpen || random.chance(0.5));
  const verdict = random.pick(["favorable", "favorable", "favorable", "reserve", "defavorable", "refused"] as const);
  const answeredBy = person ?? random.pick(EXPERTS.slice(0, 6));
  const isLate = toDate(dueOn) < now;
  story.threads.push({
    ...{ id: threadId, subjectType: "dossier", subjectId: String(id), title: question },
    ...{ roles: person === null ? [ASKED_ROLE] : [], createdBy: worker, createdAt: askedAt },
  });
  for (const userId of new Set([worker, ...(person === null ? [] : [person])]))
    story.threadPeople.push({ threadId, userId });
  story.opinions.push({
    ...{ id: opinionId, dossierId: id, askedBy: worker, askedUserId: person, threadId },
    ...{ askedRole: person === null ? ASKED_ROLE : null, question, dueOn: toDate(dueOn), askedAt },
    ...(isAnswered
      ? { verdict, answer: random.pick(OPINION_ANSWERS[verdict]), answeredBy, answeredAt }
      : { remindedAt: isLate ? askedAt : null, escalatedAt: isLate ? now : null }),
  });
  if (random.chance(0.4)) writeExchange(story, random, { threadId, id, askedAt, worker, expert: answeredBy, now });
  const who = person === null ? { role: ASKED_ROLE } : { user_id: person };
  const asked = { at: askedAt, userId: worker, op: "opinion-asked", details: { opinion_id: opinionId, ...who } };
  const op = verdict === "refused" ? "opinion-refused" : "opinion-answered";
  const answer = { at: answeredAt, userId: answeredBy, op, details: { opinion_id: opinionId } };
  return { changes: isAnswered ? [asked, answer] : [asked], asked: person === null ? [] : [person] };
}

/** Two words in the opinion's own thread. */
function writeExchange(
  story: Story,
  random: Random,
  {
    threadId,
    id,
    askedAt,
    worker,
    expert,
    now,
  }: { threadId: string; id: number; askedAt: Date; worker: number; expert: number; now: Date },
): void {
  const questionAt = soonAfter(random, askedAt, 240);
  const answerAt = soonAfter(random, questionAt, 240);
  const lines = [
    { authorId: expert, content: "Je regarde cela demain. Il me faudrait le dernier relevé.", at: questionAt },
    { authorId: worker, content: "Il est dans les documents du dossier.", at: answerAt },
  ];
  writeInThread(
    story,
    { threadId, dossierId: id },
    lines.filter(({ at }) => at < now),
  );
}
