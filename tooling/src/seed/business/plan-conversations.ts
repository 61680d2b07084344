import { OPEN_STATES } from "@mgs/dossiers/contract/states";
import { pairKey } from "@mgs/messaging/conversations/conversations.repository";
import { REACTIONS } from "@mgs/writing/contract/reactions";
import { officeTimeBefore, soonAfter } from "./office-time";
import type { DemoDossier } from "./plan-dossier";
import { createRandom, type Random } from "./random";
import { ADMINISTRATOR, CASE_WORKERS, CLAIRE, DECIDERS, EXPERTS, nameOf, OPENERS } from "./staff";
import { demoId, type Story } from "./story";
import { GROUPS, PAIR_TALKS, RECORD_TALKS } from "./talk";

/** Numbers of their own: what is planned elsewhere stays as it is when more is written here. */
const SEED = 1_212;
const MONTHS_BACK_DAYS = 60;
const ABOUT_COUNT = 8;
/** Pairs of people that the start prints the accounts of, and of their colleagues. */
const COLLEAGUES = 7;

type Talk = {
  name: string;
  people: readonly number[];
  texts: readonly string[];
  about?: number;
  /** How many days ago it began. */
  days: number;
  /** Who has not read its last two messages yet. */
  unreadBy: readonly number[];
};

/** Lets colleagues write to each other: in pairs, in groups, and about dossiers that are open. */
export function planConversations(story: Story, dossiers: readonly DemoDossier[], now: Date): void {
  const random = createRandom(SEED);
  const talks = [...planPairs(random), ...planGroups(random), ...planAbout(random, dossiers)];
  talks.sort((a, b) => b.days - a.days);
  for (const [index, talk] of talks.entries()) writeTalk(story, random, index + 1, talk, now);
}

function planPairs(random: Random): Talk[] {
  const pairs = [ADMINISTRATOR, CLAIRE].flatMap((person) =>
    random.some([...CASE_WORKERS, ...DECIDERS, ...EXPERTS].filter(isOther), COLLEAGUES).map((other) => [person, other]),
  );
  const known = new Map(
    [[ADMINISTRATOR, CLAIRE], ...pairs].map(([one = 0, other = 0]) => [pairKey(one, other), [one, other]]),
  );
  return [...known.values()].map((people, index) => ({
    ...{ name: "", people, texts: random.pick(PAIR_TALKS), days: random.int(0, MONTHS_BACK_DAYS) },
    unreadBy: index % 4 === 0 ? people.slice(0, 1) : [],
  }));
}

const isOther = (id: number): boolean => id !== ADMINISTRATOR && id !== CLAIRE;

function planGroups(random: Random): Talk[] {
  const teams = [CASE_WORKERS, OPENERS, EXPERTS, DECIDERS];
  return GROUPS.map(({ name, texts }, index) => ({
    ...{ name, texts, days: random.int(1, 20), unreadBy: index % 2 === 0 ? [CLAIRE] : [ADMINISTRATOR] },
    people: [...new Set([ADMINISTRATOR, CLAIRE, ...random.some(teams[index] ?? [], COLLEAGUES)])],
  }));
}

function planAbout(random: Random, dossiers: readonly DemoDossier[]): Talk[] {
  const hers = dossiers.filter(
    ({ assignee, state }) => assignee === CLAIRE && OPEN_STATES.some((open) => open === state),
  );
  return hers.slice(-ABOUT_COUNT).map(({ id, circle }) => ({
    ...{ name: "", about: id, texts: random.pick(RECORD_TALKS), days: random.int(0, 5), unreadBy: [] },
    people: [...new Set([CLAIRE, random.pick(circle.filter((one) => one !== CLAIRE).concat(ADMINISTRATOR))])],
  }));
}

function writeTalk(story: Story, random: Random, id: number, talk: Talk, now: Date): void {
  const { name, people, texts, about, unreadBy } = talk;
  const createdAt = officeTimeBefore(random, now, talk.days + 1);
  let at = createdAt;
  let last = 0;
  for (const [index, text] of texts.entries()) {
    const next = soonAfter(random, at, 25);
    if (next >= now) break;
    at = next;
    writeMessage(story, random, { id, people, text, index, at });
    last = index + 1;
  }
  const [one = 0, other = 0] = people;
  story.conversations.push({
    ...{ id, name, createdBy: one, createdAt, lastPlace: last, lastAt: at },
    pair: name === "" && about === undefined ? pairKey(one, other) : null,
    ...(about === undefined ? {} : { subjectType: "dossier", subjectId: String(about) }),
  });
  for (const userId of people)
    story.members.push({
      ...{ conversationId: id, userId, joinedAt: createdAt, toldPlace: last },
      readPlace: unreadBy.includes(userId) ? Math.max(last - 2, 0) : last,
      pinnedAt: name === GROUPS[0].name && userId === CLAIRE ? createdAt : null,
    });
  story.heads.push({ stream: "messages", key: String(id), seq: last });
}

function writeMessage(
  story: Story,
  random: Random,
  { id, people, text, index, at }: { id: number; people: readonly number[]; text: string; index: number; at: Date },
): void {
  const authorId = people[index % people.length] ?? ADMINISTRATOR;
  const named = people.length > 2 && random.chance(0.2) ? people.find((one) => one !== authorId) : undefined;
  const messageId = demoId(`message ${index} of ${id}`, at);
  story.messages.push({
    ...{ id: messageId, conversationId: id, authorId, createdAt: at, place: index + 1, seq: index + 1 },
    content: named === undefined ? text : `@${nameOf(named)} ${text}`,
    mentions: named === undefined ? [] : [String(named)],
    replyTo: index > 1 && random.chance(0.2) ? (story.messages.at(-1)?.id ?? null) : null,
  });
  if (named !== undefined) story.messageMentions.push({ messageId, userId: named });
  const fan = people.find((one) => one !== authorId);
  if (fan !== undefined && random.chance(0.25))
    story.messageReactions.push({ messageId, userId: fan, emoji: random.pick(REACTIONS) });
}
