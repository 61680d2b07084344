import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import type { CommentDto } from "../contract/comment";
import { type DiscussionState, fromPage, withChanges, withComment } from "../contract/discussion-state";
import { saveWords } from "../moderation/comment-words";
import { hideComment } from "../moderation/hide-comment";
import { NOON, useCommentStage } from "../testing/use-comment-stage";
import { openPrivateThread } from "../threads/private-threads";
import { ACT_LIMITS } from "./act-limit";
import { deleteComment } from "./delete-comment";
import { editComment } from "./edit-comment";
import { listCommentChanges, listComments } from "./list-comments";

const stage = useCommentStage();
const { subject } = stage;
const ID = "0193a000-0000-7000-8000-000000000001";
type Person = typeof stage.admin;
const changes = (actor: Person, after: number, thread?: string) =>
  listCommentChanges(stage.deps(), actor, subject, "1", { after: String(after), ...(thread ? { thread } : {}) });
const read = async (actor: Person) => fromPage(await listComments(stage.deps(), actor, subject, "1", { limit: "100" }));
const edit = (actor: Person, id: string, content: string) =>
  editComment(stage.deps(), actor, subject, "1", id, { content });
const wordsOf = ({ comments }: DiscussionState) => comments.map(({ content }) => content);

/** Two people on a record. */
async function two(): Promise<[Person, Person]> {
  const people: [Person, Person] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  stage.open("1", ...people);
  return people;
}

/** As many comments, past the limit of a minute. */
async function postMany(actor: Person, count: number): Promise<CommentDto[]> {
  const posted: CommentDto[] = [];
  for (let i = 0; i < count; i++) {
    if (i % ACT_LIMITS.post.onRecord === 0)
      stage.setNow(new Date(NOON.getTime() + (i / ACT_LIMITS.post.onRecord) * 60_001));
    posted.push(await stage.post(actor, "1", `n° ${i + 1}`));
  }
  return posted;
}

describe("a client that was away", () => {
  it("sees the gap in the numbers at the next event, and asks for what is between", async () => {
    const [hery, aina] = await two();
    const first = await stage.post(hery, "1", "Un");
    const before = await read(aina);
    // Lost on the way: an edit, a comment, and its deletion.
    await edit(hery, first.id, "Un, corrigé");
    const lost = await stage.post(hery, "1", "Deux");
    await deleteComment(stage.deps(), hery, subject, "1", lost.id);
    const told = await stage.post(hery, "1", "Trois");
    expect([first.seq, told.seq]).toEqual([1, 5]);
    const heard = withComment(before, told);
    expect(heard).toMatchObject({ behind: true, state: { seq: 1 } });
    const missed = await changes(aina, heard.state.seq);
    expect(missed).toMatchObject({ reset: false, tombstones: [lost.id], seq: 5 });
    expect(missed.upserts.map(({ id, seq }) => [id, seq])).toEqual([
      [first.id, 2],
      [lost.id, 4],
      [told.id, 5],
    ]);
    const after = withChanges(heard.state, missed);
    expect(after && wordsOf(after)).toEqual(["Un, corrigé", "", "Trois"]);
    expect(after).toEqual(await read(aina));
    // The events that were late come after all, and change nothing.
    expect(after && withComment(after, first)).toEqual({ state: after, behind: false });
  });

  it("gets a comment that was edited again and again once, as it stands", async () => {
    const [hery, aina] = await two();
    const { id } = await stage.post(hery, "1", "a");
    const before = await read(aina);
    for (const content of ["b", "c", "a", "d"]) await edit(hery, id, content);
    const missed = await changes(aina, before.seq);
    expect(missed.upserts).toMatchObject([{ id, content: "d", place: 1, seq: 5 }]);
    // Half of them were heard: the numbers between are gone, and nothing is missing.
    expect((await changes(aina, 3)).upserts).toMatchObject([{ content: "d", seq: 5 }]);
    expect(withChanges(before, missed)).toEqual(await read(aina));
  });

  it("gets a full page of changes, and reads anew when one more was missed", async () => {
    const [hery, aina] = await two();
    const posted = await postMany(hery, 201);
    const full = await changes(aina, 1);
    expect(full.upserts.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 2));
    expect(full).toMatchObject({ reset: false, seq: 201 });
    expect(await changes(aina, 0)).toEqual({ reset: true, upserts: [], tombstones: [], seq: 201 });
    // However often one comment is edited, it is one change.
    const last = posted.at(-1);
    for (let i = 0; last && i < 10; i++) await edit(hery, last.id, `encore ${i}`);
    expect(await changes(aina, 1)).toMatchObject({ reset: false, seq: 211 });
  });

  it("of a server that was set back reads anew", async () => {
    const [hery, aina] = await two();
    await stage.post(hery, "1", "Un");
    expect(await changes(aina, 2)).toMatchObject({ reset: true, seq: 1 });
    expect(withChanges(await read(aina), await changes(aina, 2))).toBeNull();
  });

  it("gets what was hidden without its words, and a moderator gets them", async () => {
    const [hery, aina] = await two();
    const lead = await stage.add("Lala", "l@mgs.mg", "gestionnaire");
    stage.open("1", hery, aina, lead);
    const { id } = await stage.post(hery, "1", "Carte 1234");
    await hideComment(stage.deps(), lead, subject, "1", id, { hidden: true, reason: "Données" });
    expect((await changes(aina, 1)).upserts).toMatchObject([{ id, content: "", hidden: { reason: "Données" } }]);
    expect((await changes(lead, 1)).upserts).toMatchObject([{ id, content: "Carte 1234" }]);
  });
});

describe("a private thread", () => {
  it("has numbers of its own, of which the others see nothing", async () => {
    const [hery, aina] = await two();
    await stage.post(hery, "1", "Pour tous");
    const before = await read(aina);
    const { id: thread } = await openPrivateThread(stage.deps(), hery, subject, "1", { title: "x", user_ids: [] });
    const first = await stage.post(hery, "1", { content: "Entre nous", thread_id: thread });
    await edit(hery, first.id, "Entre nous deux");
    expect(await read(aina)).toEqual(before);
    expect(await changes(aina, before.seq)).toEqual({ reset: false, upserts: [], tombstones: [], seq: 1 });
    // No gap stays behind for who may not see it.
    expect((await stage.post(aina, "1", "La suite")).seq).toBe(2);
    expect(await refusal(changes(aina, 0, thread))).toBe("SUBJECT_NOT_FOUND");
    expect(await changes(hery, 1, thread)).toMatchObject({ seq: 2, upserts: [{ content: "Entre nous deux", seq: 2 }] });
    for (const input of [
      { content: "x", id: first.id },
      { content: "x", parent_id: first.id },
    ])
      expect(await refusal(stage.post(aina, "1", input))).toMatch(/^(CONFLICT|COMMENT_NOT_FOUND)$/);
  });
});

describe("the id that a client makes", () => {
  it("is one comment's in the whole database: another person, record or thread gets nothing of it", async () => {
    const [hery, aina] = await two();
    stage.open("2", hery, aina);
    const { id: thread_id } = await openPrivateThread(stage.deps(), hery, subject, "1", { title: "x", user_ids: [] });
    const post = (actor: Person, record: string, more: object = {}) =>
      stage.post(actor, record, { id: ID, content: "Une fois", ...more });
    await post(hery, "1");
    const ways = [post(aina, "1"), post(aina, "2"), post(hery, "2"), post(hery, "1", { thread_id })];
    expect(await Promise.all(ways.map(refusal))).toEqual(ways.map(() => "CONFLICT"));
    // The first answer comes again, whatever the repetition says.
    expect(await post(hery, "1", { content: "Autre chose" })).toMatchObject({ content: "Une fois", seq: 1 });
    expect(await stage.database.comment.count()).toBe(1);
  });

  it("is refused to all but one of those who send it at the same time", async () => {
    const [hery, aina] = await two();
    for (let round = 0; round < 10; round++) {
      const id = ID.replace(/1$/, String(round));
      const ways = [hery, aina, hery, aina].map((actor) => refusal(stage.post(actor, "1", { id, content: "x" })));
      expect((await Promise.all(ways)).sort()).toEqual(["CONFLICT", "CONFLICT", "done", "done"]);
    }
    expect((await read(hery)).comments.map(({ place }) => place)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it("of a comment that was refused is free again", async () => {
    const [hery] = await two();
    await saveWords(stage.deps(), stage.admin, { words: ["zut"] });
    expect(await refusal(stage.post(hery, "1", { id: ID, content: "zut" }))).toBe("VALIDATION_ERROR");
    expect(await stage.post(hery, "1", { id: ID, content: "bon" })).toMatchObject({ id: ID, seq: 1 });
  });
});
