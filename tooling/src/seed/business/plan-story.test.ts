import { VERDICTS } from "@mgs/dossiers/contract/opinions";
import { PIECE_STATES } from "@mgs/dossiers/contract/pieces";
import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES, OPEN_STATES } from "@mgs/dossiers/contract/states";
import { describe, expect, test } from "vitest";
import { dayOf } from "./office-time";
import { DOSSIER_COUNT, planStory } from "./plan-story";

const FIRST_TYPE_ID = 4;
const plan = async (now: Date) => (await planStory(now, FIRST_TYPE_ID)).story;

describe.each([
  ["a Monday morning", "2026-11-30T05:10:00Z"],
  ["a Sunday", "2026-11-29T09:00:00Z"],
  ["the 29th of February", "2028-02-29T12:00:00Z"],
  ["the last evening of a year", "2026-12-31T20:30:00Z"],
])("the demonstration on %s", (_, time) => {
  const now = new Date(time);

  test("is the same at any hour of the day", async () => {
    const midnight = new Date(`${dayOf(now)}T00:00:00+03:00`).getTime();
    const [story, ...others] = await Promise.all(
      [now, new Date(midnight + 1), new Date(midnight + 23.9 * 3_600_000)].map(plan),
    );
    for (const other of others) expect(other).toEqual(story);
  });
  test("has nothing of the future but what is due or meets, and nobody is due on a weekend", async () => {
    const { dossiers, opinions, comments, changes, messages, numbers } = await plan(now);
    expect(dossiers).toHaveLength(DOSSIER_COUNT);
    const times = [
      ...dossiers.flatMap(({ createdAt, updatedAt, stateSince }) => [createdAt, updatedAt, stateSince]),
      ...opinions.flatMap(({ askedAt, answeredAt }) => [askedAt, answeredAt ?? undefined]),
      ...comments.flatMap((one) => [one.createdAt, one.updatedAt, one.editedAt, one.deletedAt, one.hiddenAt]),
      ...changes.map(({ at }) => at),
      ...messages.map(({ createdAt }) => createdAt),
    ];
    expect(times.filter((at) => at !== undefined && at !== null && new Date(at) > now)).toEqual([]);
    const dueDays = [...dossiers, ...opinions].flatMap(({ dueOn }) => (dueOn ? [new Date(dueOn).getUTCDay()] : []));
    expect([...new Set(dueDays)].sort()).toEqual([1, 2, 3, 4, 5]);
    for (const { year, last } of numbers) {
      const prefix = `D-${year}-`;
      const own = dossiers.flatMap(({ reference }) => (reference.startsWith(prefix) ? [reference] : []));
      expect(own).toEqual(Array.from({ length: last }, (_, index) => `${prefix}${String(index + 1).padStart(4, "0")}`));
    }
  });

  test("shows every state, and everything that a page can show", async () => {
    const story = await plan(now);
    const today = dayOf(now);
    const dayOfRow = (at: Date | string | null | undefined) => (at ? new Date(at).toISOString().slice(0, 10) : "9999");
    const isOpen = ({ state }: (typeof story.dossiers)[number]) => OPEN_STATES.some((open) => open === state);
    const open = story.dossiers.filter(isOpen);
    const opinionThreads = new Set(story.opinions.map(({ threadId }) => threadId));
    const pending = story.opinions.filter(({ answeredAt }) => !answeredAt);
    const shown: Record<string, number> = {
      ...Object.fromEntries(
        DOSSIER_STATES.map((state) => [state, story.dossiers.filter((one) => one.state === state).length]),
      ),
      ...Object.fromEntries(
        PRIORITIES.map((name, index) => [name, open.filter(({ priority }) => priority === index + 1).length]),
      ),
      ...Object.fromEntries(
        VERDICTS.map((one) => [`opinion: ${one}`, story.opinions.filter(({ verdict }) => verdict === one).length]),
      ),
      ...Object.fromEntries(
        PIECE_STATES.map((one) => [`piece: ${one}`, story.pieces.filter(({ state }) => state === one).length]),
      ),
      "overdue dossiers": open.filter(({ dueOn }) => dayOfRow(dueOn) < today).length,
      "dossiers due later": open.filter(({ dueOn }) => dueOn && dayOfRow(dueOn) > today).length,
      "dossiers of nobody": open.filter(({ assigneeId }) => assigneeId === null).length,
      "decisions that were taken back": story.decisions.filter(({ reopenedAt }) => reopenedAt).length,
      "opinions that are waited for": pending.filter(({ dueOn }) => dayOfRow(dueOn) >= today).length,
      "overdue opinions": pending.filter(({ dueOn }) => dayOfRow(dueOn) < today).length,
      "opinions of a role": story.opinions.filter(({ askedRole }) => askedRole).length,
      "private talks": story.threads.filter(({ id }) => !opinionThreads.has(String(id))).length,
      "private lines": story.comments.filter(({ threadId }) => threadId && !opinionThreads.has(threadId)).length,
      answers: story.comments.filter(({ parentId }) => parentId).length,
      edited: story.comments.filter(({ editedAt }) => editedAt).length,
      deleted: story.comments.filter(({ deletedAt }) => deletedAt).length,
      hidden: story.comments.filter(({ hiddenAt }) => hiddenAt).length,
      resolved: story.comments.filter(({ resolvedAt }) => resolvedAt).length,
      reports: story.reports.length,
      reactions: story.reactions.length,
      mentions: story.mentions.length,
      "conversations of two": story.conversations.filter(({ pair }) => pair).length,
      "conversations with a name": story.conversations.filter(({ name }) => name).length,
      "conversations about a dossier": story.conversations.filter(({ subjectId }) => subjectId).length,
      "unread conversations": story.members.filter(({ readPlace, toldPlace }) => Number(readPlace) < Number(toldPlace))
        .length,
      "messages that answer one": story.messages.filter(({ replyTo }) => replyTo).length,
      "reactions to messages": story.messageReactions.length,
      "mentions in messages": story.messageMentions.length,
      "refused words": story.words.length,
      "documents with versions": story.documents.filter(({ currentVersion }) => Number(currentVersion) > 1).length,
      pictures: story.versions.filter(({ thumbnail }) => thumbnail === "ready").length,
      "sessions to come": story.seances.filter(({ startsAt, deletedAt }) => !deletedAt && new Date(startsAt) > now)
        .length,
      "cancelled sessions": story.seances.filter(({ deletedAt }) => deletedAt).length,
      "shared views": story.views.filter(({ isShared }) => isShared).length,
      "absent today": story.absences.filter(
        ({ firstDay, lastDay }) => dayOfRow(firstDay) <= today && dayOfRow(lastDay) >= today,
      ).length,
      "absent later": story.absences.filter(({ firstDay }) => dayOfRow(firstDay) > today).length,
    };
    expect(Object.entries(shown).filter(([, count]) => count === 0)).toEqual([]);
  });
});
