import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { keepDraft } from "@mgs/writing/drafts/drafts";
import { describe, expect, it } from "vitest";
import { MAX_COMMENT_CHARACTERS } from "../contract/comment";
import { listCommentDrafts } from "../list-drafts";
import { NOON, useCommentStage } from "../testing/use-comment-stage";
import { openPrivateThread } from "../threads/private-threads";
import { deleteComment, restoreComment } from "./delete-comment";
import { editComment } from "./edit-comment";
import { listCommentChanges, listComments } from "./list-comments";
import { postComment } from "./post-comment";
import { reactToComment } from "./react";
import { resolveThread } from "./resolve-thread";

const stage = useCommentStage();
const { subject } = stage;
const ID = "0193a000-0000-7000-8000-000000000001";
const list = (actor: typeof stage.admin, query: object = {}) => listComments(stage.deps(), actor, subject, "1", query);
const changes = (actor: typeof stage.admin, after: number) =>
  listCommentChanges(stage.deps(), actor, subject, "1", { after: String(after) });

describe("a comment", () => {
  it("has the shape that older clients know, and the numbers of its place and of its last change", async () => {
    const hery = await stage.add("Hery Zo Rakotomalala", "h@mgs.mg");
    stage.open("1", hery);
    const comment = await stage.post(hery, "1", "  Bonjour  ");
    expect(comment).toEqual({
      ...{ id: expect.any(String), content: "Bonjour", mentions: [], mentioned: [], reactions: [], place: 1, seq: 1 },
      user: { id: hery.userId, firstname: "Hery Zo", lastname: "Rakotomalala", avatar: null },
      ...{ created_at: NOON.toISOString(), updated_at: NOON.toISOString(), edited_at: null, deleted_at: null },
      ...{ hidden: null, parent_id: null, thread_id: null, resolved: null },
    });
    expect(await list(hery)).toEqual({
      comments: [comment],
      pagination: { page: 1, limit: 20, total: 1, totalPages: 1 },
      next: null,
      seq: 1,
    });
  });

  it("has 1 to 1,000 characters, counted as code points", async () => {
    stage.open("1", stage.admin);
    const post = (content: unknown) => refusal(postComment(stage.deps(), stage.admin, subject, "1", { content }));
    const long = "𝕏".repeat(MAX_COMMENT_CHARACTERS);
    expect(await post(long)).toBe("done");
    for (const content of [`${long}𝕏`, "", "   ", "\u200b", null, 5, ["a"], "a\u0000", "\ud800"])
      expect([content, await post(content)]).toEqual([content, "VALIDATION_ERROR"]);
    expect(await stage.database.comment.count()).toBe(1);
  });

  it("is refused to who does not see the record as one that is not there, and to who takes no part", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    const record = stage.open("1", hery);
    const ways = (actor: typeof hery) => [
      postComment(stage.deps(), actor, subject, "1", { content: 5 }),
      list(actor, { page: "x" }),
      changes(actor, -1),
      editComment(stage.deps(), actor, subject, "1", ID, {}),
      deleteComment(stage.deps(), actor, subject, "1", ID),
      reactToComment(stage.deps(), actor, subject, "1", ID, {}),
      resolveThread(stage.deps(), actor, subject, "1", ID, {}),
    ];
    for (const way of ways(aina)) expect(await refusal(way)).toBe("SESSION_NOT_FOUND");
    record.readers.add(aina.userId);
    expect(await refusal(postComment(stage.deps(), aina, subject, "1", { content: 5 }))).toBe("NOT_PARTICIPANT");
    expect((await list(aina)).comments).toEqual([]);
  });

  it("with the client's id is written once, also 20 at once, and another's id is refused", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", stage.admin, hery);
    const post = (actor: typeof stage.admin = stage.admin) =>
      postComment(stage.deps(), actor, subject, "1", { id: ID, content: "Une fois", mentions: [hery.userId] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(answers.filter(({ repeated }) => !repeated).length).toBe(1);
    expect(new Set(answers.map(({ comment }) => comment.place))).toEqual(new Set([1]));
    expect(await stage.notices()).toEqual([{ notice: "mentioned", user_ids: [hery.userId] }]);
    expect(await refusal(post(hery))).toBe("CONFLICT");
  });

  it("is one of 20 a minute for a person on a record; a repetition costs nothing", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", stage.admin, hery);
    stage.open("2", stage.admin);
    await stage.post(stage.admin, "1", { content: "0", id: ID });
    stage.setNow(new Date(NOON.getTime() + 15_000));
    const posts = await Promise.all(
      Array.from({ length: 25 }, (_, i) => refusal(stage.post(stage.admin, "1", `${i}`))),
    );
    expect(posts.filter((one) => one === "done").length).toBe(19);
    await expect(stage.post(stage.admin, "1", "encore")).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfter: 45,
    });
    expect((await stage.post(stage.admin, "1", { content: "0", id: ID })).place).toBe(1);
    // A private thread of the record has no twenty of its own.
    const aside = await openPrivateThread(stage.deps(), stage.admin, subject, "1", { title: "À part", user_ids: [] });
    expect(await refusal(stage.post(stage.admin, "1", { content: "à part", thread_id: aside.id }))).toBe(
      "RATE_LIMITED",
    );
    await stage.post(hery, "1", "moi");
    await stage.post(stage.admin, "2", "ailleurs");
    stage.setNow(new Date(NOON.getTime() + 60_000));
    await stage.post(stage.admin, "1", "plus tard");
  });

  it("is edited by its author alone, and deleted by its author or a moderator; its place stays", async () => {
    const [hery, aina, lead] = [
      await stage.add("Hery", "h@mgs.mg"),
      await stage.add("Aina", "a@mgs.mg"),
      await stage.add("Lala", "l@mgs.mg", "gestionnaire"),
    ];
    stage.open("1", hery, aina, lead);
    const [first, second] = [await stage.post(hery, "1", "Un"), await stage.post(hery, "1", "Deux")];
    const edit = (actor: typeof hery, content: string) =>
      editComment(stage.deps(), actor, subject, "1", first.id, { content });
    expect(await refusal(edit(aina, "x"))).toBe("FORBIDDEN");
    expect(await refusal(edit(lead, "x"))).toBe("FORBIDDEN");
    expect(await edit(hery, "Un, corrigé")).toMatchObject({ content: "Un, corrigé", place: 1, seq: 3 });
    expect(await edit(hery, "Un, corrigé")).toMatchObject({ seq: 3 });
    const remove = (actor: typeof hery, id: string) => deleteComment(stage.deps(), actor, subject, "1", id);
    expect(await refusal(remove(aina, second.id))).toBe("FORBIDDEN");
    expect(await remove(hery, second.id)).toMatchObject({ content: "", deleted_at: NOON.toISOString() });
    await remove(lead, first.id);
    const audited = await stage.database.auditEvent.findMany({ where: { action: "comment.deleted" } });
    expect(audited.map(({ subject: id, userId }) => [id, userId])).toEqual([[first.id, hery.userId]]);
    expect((await list(aina)).comments.map(({ content, place }) => [content, place])).toEqual([
      ["", 2],
      ["", 1],
    ]);
    expect(await refusal(edit(hery, "x"))).toBe("COMMENT_NOT_FOUND");
    const restore = (actor: typeof hery, id: string) => refusal(restoreComment(stage.deps(), actor, subject, "1", id));
    // What a moderator took away, its author does not bring back.
    expect(await restore(hery, first.id)).toBe("FORBIDDEN");
    stage.setNow(new Date(NOON.getTime() + 31 * 86_400_000));
    expect(await restore(hery, second.id)).toBe("COMMENT_NOT_FOUND");
    stage.setNow(new Date(NOON.getTime() + 29 * 86_400_000));
    expect(await restore(hery, second.id)).toBe("done");
    // What moderators bring back is in the audit, as what they take away; what somebody does with their own is not.
    expect(await restore(lead, first.id)).toBe("done");
    expect(await restore(lead, first.id)).toBe("done");
    const restored = await stage.database.auditEvent.findMany({ where: { action: "comment.restored" } });
    expect(restored.map(({ subject: id, userId }) => [id, userId])).toEqual([[first.id, hery.userId]]);
    expect((await list(aina)).comments[0]).toMatchObject({ content: "Deux", deleted_at: null });
  });

  it("is not overwritten by who has not seen its last edit; a repeated edit is made once, and tells nobody twice", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    const { id } = await stage.post(hery, "1", "Le plan");
    const edit = (input: object) => editComment(stage.deps(), hery, subject, "1", id, input);
    await keepDraft(stage.deps(), hery, subject, "1", { place: `edit:${id}`, content: "Le plan cadastral\n" });
    const first = { content: "Le plan cadastral", mentions: [aina.userId], previous: " Le plan " };
    expect(await edit(first)).toMatchObject({ content: "Le plan cadastral", seq: 2 });
    expect(await listCommentDrafts(stage.deps(), hery, subject, "1")).toEqual([]);
    // Its answer was lost, and it comes again; the next one builds upon it.
    expect(await edit(first)).toMatchObject({ seq: 2 });
    expect(await edit({ content: "Le plan de masse", previous: "Le plan cadastral" })).toMatchObject({ seq: 3 });
    await expect(edit(first)).rejects.toMatchObject({ code: "EDIT_CONFLICT", data: { content: "Le plan de masse" } });
    await expect(edit({ content: "Le plan", previous: "Le plan" })).rejects.toMatchObject({ code: "EDIT_CONFLICT" });
    expect((await list(hery)).comments[0]).toMatchObject({ content: "Le plan de masse", seq: 3 });
    expect(await stage.notices()).toEqual([{ notice: "mentioned", user_ids: [aina.userId] }]);
    for (const previous of ["", " ", 5, null, "x".repeat(1_001)])
      expect([previous, await refusal(edit({ content: "x", previous }))]).toEqual([previous, "VALIDATION_ERROR"]);
    // Older clients do not say what they have seen.
    expect(await edit({ content: "Sans plan" })).toMatchObject({ content: "Sans plan" });
  });

  it("of another record is not found", async () => {
    stage.open("1", stage.admin);
    stage.open("2", stage.admin);
    const { id } = await stage.post(stage.admin, "1", "Ici");
    for (const commentId of [id, ID, "x", "changes"])
      expect(await refusal(deleteComment(stage.deps(), stage.admin, subject, "2", commentId))).toBe(
        "COMMENT_NOT_FOUND",
      );
  });

  it("answers another on one level, tells its author, and its thread is resolved and opened again", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    const root = await stage.post(hery, "1", "Question");
    const answer = await stage.post(aina, "1", { content: "Réponse", parent_id: root.id });
    const second = await stage.post(hery, "1", { content: "Merci", parent_id: answer.id });
    expect([answer.parent_id, second.parent_id]).toEqual([root.id, root.id]);
    expect(await stage.notices()).toEqual([{ notice: "answered", user_ids: [hery.userId] }]);
    const resolve = (id: string, resolved: unknown) =>
      resolveThread(stage.deps(), aina, subject, "1", id, { resolved });
    expect((await resolve(root.id, true)).resolved).toEqual({ at: NOON.toISOString(), by: "Aina" });
    expect((await resolve(root.id, false)).resolved).toBeNull();
    expect(await refusal(resolve(answer.id, true))).toBe("COMMENT_NOT_FOUND");
    expect(await refusal(resolve(root.id, "yes"))).toBe("VALIDATION_ERROR");
    expect(await refusal(stage.post(aina, "1", { content: "x", parent_id: ID }))).toBe("COMMENT_NOT_FOUND");
  });

  it("gathers reactions, of each person one of a kind", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", stage.admin, hery);
    const { id } = await stage.post(stage.admin, "1", "Fini");
    const react = (actor: typeof stage.admin, emoji: string, on = true) =>
      reactToComment(stage.deps(), actor, subject, "1", id, { emoji, on });
    await Promise.all(Array.from({ length: 5 }, () => react(hery, "👍")));
    await react(stage.admin, "👍");
    const { reactions, seq } = await react(hery, "🎉");
    expect(reactions.find(({ emoji }) => emoji === "👍")?.user_ids).toEqual([stage.admin.userId, hery.userId]);
    expect(seq).toBe(4);
    expect((await react(hery, "🎉", false)).reactions.length).toBe(1);
    expect(await refusal(react(hery, "💣"))).toBe("VALIDATION_ERROR");
  });
});

describe("pages and changes", () => {
  it("are found by number and by cursor, the newest first", async () => {
    const people = await Promise.all(Array.from({ length: 3 }, (_, i) => stage.add(`P${i}`, `p${i}@mgs.mg`)));
    stage.open("1", ...people);
    for (const person of people) for (let i = 0; i < 10; i++) await stage.post(person, "1", `${i}`);
    const person = people[0] ?? stage.admin;
    const second = await list(person, { page: "2", limit: "7" });
    expect(second.pagination).toEqual({ page: 2, limit: 7, total: 30, totalPages: 5 });
    const first = await list(person, { limit: "7" });
    expect(await list(person, { limit: "7", before: first.next })).toMatchObject({ comments: second.comments });
    expect(second.comments.map(({ place }) => place)).toEqual([23, 22, 21, 20, 19, 18, 17]);
    for (const query of [
      { page: "0" },
      { page: "1e9" },
      { limit: "101" },
      { limit: "-1" },
      { before: "x" },
      { q: "1" },
    ])
      expect([query, await refusal(list(person, query))]).toEqual([query, "VALIDATION_ERROR"]);
  });

  it("have gap-free numbers, also 100 at once, and changes after a number are all that was missed", async () => {
    const people = await Promise.all(Array.from({ length: 10 }, (_, i) => stage.add(`P${i}`, `p${i}@mgs.mg`)));
    stage.open("1", ...people);
    const posted = await Promise.all(
      people.flatMap((person) => Array.from({ length: 10 }, (_, i) => stage.post(person, "1", `${i}`))),
    );
    expect(posted.map(({ place }) => place).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    const person = people[0] ?? stage.admin;
    const own = posted.find(({ user }) => user.id === person.userId);
    if (!own) throw new Error("the first person has written nothing");
    await deleteComment(stage.deps(), person, subject, "1", own.id);
    const missed = await changes(person, 98);
    expect(missed).toMatchObject({ reset: false, tombstones: [own.id], seq: 101 });
    expect(missed.upserts.at(-1)).toMatchObject({ id: own.id, content: "", seq: 101 });
    expect(await changes(person, 101)).toEqual({ reset: false, upserts: [], tombstones: [], seq: 101 });
    expect(await changes(person, 500)).toMatchObject({ reset: true, seq: 101 });
    expect(await refusal(changes(person, -1))).toBe("VALIDATION_ERROR");
  });
});
