import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { keepDraft, listDrafts } from "@mgs/writing/drafts/drafts";
import { describe, expect, it } from "vitest";
import { MAX_MESSAGE_CHARACTERS, MAX_MESSAGES_PER_MINUTE } from "../contract/message";
import { addPeople, removePerson } from "../conversations/change-people";
import { conversationSubject } from "../conversations/conversation-subject";
import { DELETED_DAYS, MESSAGE_RETENTION } from "../retention";
import { NOON, useMessagingStage } from "../testing/use-messaging-stage";
import { deleteMessage } from "./delete-message";
import { editMessage } from "./edit-message";
import { listMessageChanges, listMessages } from "./list-messages";
import { listMessageVersions } from "./message-history";
import { postMessage } from "./post-message";
import { reactToMessage } from "./react";
import { searchNameable } from "./search-nameable";

const stage = useMessagingStage();
const MINUTE_MS = 60_000;

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina], { name: "Budget" });
  return { hery, aina, zo, id, at: String(id) };
}
const post = (actor: UserActor, id: number, input: unknown) => postMessage(stage.deps(), actor, id, input);
const notices = async () =>
  (await stage.database.outbox.findMany({ where: { kind: "message.notice" }, orderBy: { id: "asc" } })).map(
    ({ payload }) => {
      const { notice, user_ids } = payload as { notice: string; user_ids: number[] };
      return [notice, ...user_ids];
    },
  );

describe("a deleted message", () => {
  it("is in no row any more after 30 days, nor is what it said before; one that stands keeps its history", async () => {
    const { hery, id, at } = await conversation();
    const gone = await stage.post(hery, { id }, "secret");
    const stays = await stage.post(hery, { id }, "reste");
    await editMessage(stage.deps(), hery, at, gone.id, { content: "secret aussi" });
    await editMessage(stage.deps(), hery, at, stays.id, { content: "reste encore" });
    await deleteMessage(stage.deps(), hery, at, gone.id);
    const [rule] = MESSAGE_RETENTION;
    const deletedFor = (days: number) =>
      stage.database.$executeRaw`
        UPDATE messages SET deleted_at = now() - make_interval(days => ${days}) WHERE id = ${gone.id}::uuid`;
    await deletedFor(DELETED_DAYS - 1);
    expect(await rule?.sweep(stage.database, 10, undefined)).toBe(0);
    await deletedFor(DELETED_DAYS + 1);
    expect(await rule?.sweep(stage.database, 10, undefined)).toBe(1);
    expect(await rule?.sweep(stage.database, 10, undefined)).toBe(0);
    expect(await stage.database.message.findUnique({ where: { id: gone.id } })).toMatchObject({
      content: "",
      place: 1n,
    });
    const versions = await stage.database.messageVersion.findMany({ select: { messageId: true, content: true } });
    expect(versions).toEqual([{ messageId: stays.id, content: "reste" }]);
  });
});

describe("a message", () => {
  it("is written once for its id, however often it comes, also at once", async () => {
    const { hery, aina, id } = await conversation();
    const input = { id: "0193a000-0000-7000-8000-0000000000AA", content: "  Bonjour  " };
    const all = await Promise.all(Array.from({ length: 20 }, () => post(hery, id, input)));
    expect(all.filter(({ repeated }) => !repeated).length).toBe(1);
    expect(all[0]?.message).toMatchObject({ content: "Bonjour", kind: "text", auteur: { name: "Hery" }, place: 1 });
    expect(await stage.database.message.count()).toBe(1);
    // Another person cannot take the id, and neither can another conversation.
    expect(await refusal(post(aina, id, { ...input, content: "x" }))).toBe("CONFLICT");
    const other = await stage.open(hery, [aina]);
    expect(await refusal(post(hery, other.id, input))).toBe("CONFLICT");
  });

  it("has 1 to 5,000 characters of any size", async () => {
    const { hery, id } = await conversation();
    const long = "😀".repeat(MAX_MESSAGE_CHARACTERS);
    expect((await post(hery, id, { content: long })).message.content).toBe(long);
    const inputs = [
      ...[
        { content: `${long}x` },
        { content: "" },
        { content: " \n\u200b " },
        {},
        { content: 5 },
        { content: "a\u0000b" },
      ],
      ...[{ content: "x", id: "nobody" }, { content: "x", mentions: "7" }, { content: "x", titre: "y" }, null, "x"],
    ];
    for (const input of inputs)
      expect([input, await refusal(post(hery, id, input))]).toEqual([input, "VALIDATION_ERROR"]);
    expect(await stage.database.message.count()).toBe(1);
  });

  it("is one of thirty a minute over all conversations, also when they come at once", async () => {
    const { hery, aina, id } = await conversation();
    const other = await stage.open(hery, [aina]);
    const tries = Array.from({ length: MAX_MESSAGES_PER_MINUTE + 5 }, (_, index) =>
      refusal(post(hery, index % 2 === 0 ? id : other.id, { content: `n° ${index}` })),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((one) => one === "done").length).toBe(MAX_MESSAGES_PER_MINUTE);
    stage.pass(20_000);
    await expect(post(hery, id, { content: "x" })).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfter: 40 });
    stage.pass(40_000);
    expect(await refusal(post(hery, id, { content: "x" }))).toBe("done");
    expect(await refusal(post(aina, id, { content: "x" }))).toBe("done");
  });

  it("names people of its conversation alone, each told once", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const { message } = await post(hery, id, { content: "@Aina @suiveurs", mentions: [aina.userId, "suiveurs"] });
    expect(message.mentioned).toEqual([
      { key: String(aina.userId), name: "Aina" },
      { key: "suiveurs", name: "suiveurs" },
    ]);
    const stranger = post(hery, id, { content: "@Zo", mentions: [zo.userId] });
    await expect(stranger).rejects.toMatchObject({
      ...{ code: "VALIDATION_ERROR", data: { without_access: [{ id: zo.userId, name: "Zo" }], may_grant: false } },
    });
    await editMessage(stage.deps(), hery, at, message.id, { content: "encore @Aina" });
    expect((await notices()).filter(([notice]) => notice === "mentioned")).toEqual([["mentioned", aina.userId]]);
    const found = await searchNameable(stage.deps(), hery, at, { search: "" });
    expect(found.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["suiveurs", String(hery.userId), String(aina.userId)]),
    );
    expect(found.map(({ key }) => key)).not.toContain(String(zo.userId));
  });

  it("may be edited and deleted by its author within 15 minutes; what it said is kept for administrators who are there", async () => {
    const { hery, aina, id, at } = await conversation();
    await addPeople(stage.deps(), hery, at, { user_ids: [stage.admin.userId], history: true });
    const { id: one } = await stage.post(hery, { id }, "premier");
    stage.pass(15 * MINUTE_MS);
    const edited = await editMessage(stage.deps(), hery, at, one, { content: "deuxième" });
    expect([edited.content, edited.edited_at]).toEqual(["deuxième", new Date(NOON.getTime() + 900_000).toISOString()]);
    // The same once more is no change.
    expect((await editMessage(stage.deps(), hery, at, one, { content: "deuxième" })).seq).toBe(edited.seq);
    expect(await refusal(editMessage(stage.deps(), aina, at, one, { content: "x" }))).toBe("FORBIDDEN");
    expect(await refusal(deleteMessage(stage.deps(), aina, at, one))).toBe("FORBIDDEN");
    const deleted = await deleteMessage(stage.deps(), hery, at, one);
    expect([deleted.content, deleted.deleted_at !== null, deleted.place]).toEqual(["", true, edited.place]);
    expect((await deleteMessage(stage.deps(), hery, at, one)).seq).toBe(deleted.seq);
    expect(await refusal(editMessage(stage.deps(), hery, at, one, { content: "x" }))).toBe("MESSAGE_NOT_FOUND");
    const versions = await listMessageVersions(stage.deps(), stage.admin, at, one);
    expect(versions.map(({ content }) => content)).toEqual(["premier", "deuxième"]);
    expect(await refusal(listMessageVersions(stage.deps(), hery, at, one))).toBe("FORBIDDEN");
    const { id: two } = await stage.post(hery, { id }, "trop tard");
    stage.pass(15 * MINUTE_MS + 1);
    const late = [
      editMessage(stage.deps(), hery, at, two, { content: "x" }),
      deleteMessage(stage.deps(), hery, at, two),
    ];
    expect(await Promise.all(late.map(refusal))).toEqual(["CHANGE_TOO_LATE", "CHANGE_TOO_LATE"]);
  });

  it("carries the files that its author has uploaded for it, and no others; they go with it", async () => {
    const { hery, aina, id, at } = await conversation();
    const one = "0193a000-0000-7000-8000-00000000000a";
    const two = "0193a000-0000-7000-8000-00000000000b";
    stage.file(one, hery);
    stage.file(two, aina);
    const { message } = await post(hery, id, { id: one, content: "" });
    expect(message.attachments.map(({ name }) => name)).toEqual(["plan.pdf"]);
    expect(await refusal(post(hery, id, { id: two, content: "" }))).toBe("VALIDATION_ERROR");
    expect((await deleteMessage(stage.deps(), hery, at, one)).attachments).toEqual([]);
    expect(await stage.deps().attachmentsIn(stage.database, id, [`message:${one}`])).toEqual([]);
  });

  it("answers a message that its author sees", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const { id: old } = await stage.post(hery, { id }, `Une\n\nlongue ${"x".repeat(200)}`);
    await addPeople(stage.deps(), hery, at, { user_ids: [zo.userId] });
    const reply = await stage.post(aina, { id }, { content: "Oui", reply_to: old });
    expect(reply.reply_to).toMatchObject({ id: old, name: "Hery", place: 1 });
    expect(reply.reply_to?.excerpt).toMatch(/^Une longue x+…$/);
    expect(await refusal(post(zo, id, { content: "Oui", reply_to: old }))).toBe("MESSAGE_NOT_FOUND");
    const seen = await listMessages(stage.deps(), zo, at, {});
    expect(seen.messages.map(({ content, reply_to }) => [content, reply_to])).toEqual([
      ["", null],
      ["Oui", null],
    ]);
    const foreign = await stage.open(aina, [zo]);
    expect(await refusal(post(aina, foreign.id, { content: "x", reply_to: old }))).toBe("MESSAGE_NOT_FOUND");
  });

  it("is answered by signs, each once for a person", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const { id: one, seq } = await stage.post(hery, { id }, "Fini");
    const react = (actor: UserActor, on = true, emoji = "👍") =>
      reactToMessage(stage.deps(), actor, at, one, { emoji, on });
    await Promise.all([react(hery), react(aina), react(aina)]);
    const all = await react(aina);
    expect(all.reactions).toEqual([{ emoji: "👍", user_ids: [hery.userId, aina.userId] }]);
    expect(all.seq).toBe(seq + 2);
    expect((await react(hery, false)).reactions).toEqual([{ emoji: "👍", user_ids: [aina.userId] }]);
    expect(await refusal(react(aina, true, "💩"))).toBe("VALIDATION_ERROR");
    expect(await refusal(react(zo))).toBe("CONVERSATION_NOT_FOUND");
  });

  it("takes its draft away, which follows its author and nobody else", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const subject = conversationSubject(stage.deps());
    await keepDraft(stage.deps(), hery, subject, at, { content: "Envoyé" });
    expect((await listDrafts(stage.deps(), hery, subject, at)).map(({ content }) => content)).toEqual(["Envoyé"]);
    expect(await listDrafts(stage.deps(), aina, subject, at)).toEqual([]);
    expect(await refusal(listDrafts(stage.deps(), zo, subject, at))).toBe("CONVERSATION_NOT_FOUND");
    await stage.post(hery, { id }, "Envoyé");
    expect(await listDrafts(stage.deps(), hery, subject, at)).toEqual([]);
  });

  it("is refused to who was taken out while it was on its way", async () => {
    const { hery, aina, id, at } = await conversation();
    const answers = await Promise.all([
      removePerson(stage.deps(), hery, at, String(aina.userId)).then(() => "removed"),
      ...Array.from({ length: 10 }, (_, index) => refusal(post(aina, id, { content: String(index) }))),
    ]);
    const written = await stage.database.message.findMany({ where: { conversationId: id }, orderBy: { place: "asc" } });
    const removedAt = written.findIndex(({ kind }) => kind === "removed");
    expect(written.slice(removedAt + 1)).toEqual([]);
    expect(answers.filter((one) => one === "done").length).toBe(written.length - 1);
  });
});

describe("the messages of a conversation", () => {
  it("are read from any place to both sides, and end where they end", async () => {
    const { hery, id, at } = await conversation();
    for (let index = 1; index <= 25; index++) {
      if (index % 20 === 0) stage.pass(MINUTE_MS);
      await stage.post(hery, { id }, `n° ${index}`);
    }
    const read = async (query: object) => {
      const { messages, older, newer } = await listMessages(stage.deps(), hery, at, query);
      return [messages.map(({ place }) => place), older, newer];
    };
    expect(await read({ limit: "3" })).toEqual([[23, 24, 25], 23, null]);
    expect(await read({ limit: "3", before: "23" })).toEqual([[20, 21, 22], 20, 22]);
    expect(await read({ limit: "3", before: "3" })).toEqual([[1, 2], null, 2]);
    expect(await read({ limit: "3", after: "20" })).toEqual([[21, 22, 23], 21, 23]);
    expect(await read({ limit: "3", after: "23" })).toEqual([[24, 25], 24, null]);
    expect(await read({ limit: "4", around: "10" })).toEqual([[8, 9, 10, 11], 8, 11]);
    expect(await read({ limit: "4", around: "1" })).toEqual([[1, 2], null, 2]);
    expect(await read({ limit: "4", around: "25" })).toEqual([[23, 24, 25], 23, null]);
    for (const query of [{ limit: "0" }, { limit: "101" }, { before: "x" }, { before: "1", after: "1" }, { x: "1" }])
      expect(await refusal(listMessages(stage.deps(), hery, at, query))).toBe("VALIDATION_ERROR");
  });

  it("that changed after a number are told in order, as far as their reader sees them", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const { id: one } = await stage.post(hery, { id }, "un");
    const { id: two } = await stage.post(aina, { id }, "deux");
    await addPeople(stage.deps(), hery, at, { user_ids: [zo.userId] });
    await editMessage(stage.deps(), hery, at, one, { content: "UN" });
    await deleteMessage(stage.deps(), aina, at, two);
    const changes = (actor: UserActor, after: number) =>
      listMessageChanges(stage.deps(), actor, at, { after: String(after) });
    const told = await changes(hery, 2);
    expect(told.upserts.map(({ kind, content, seq }) => [kind, content, seq])).toEqual([
      ["added", "", 3],
      ["text", "UN", 4],
      ["text", "", 5],
    ]);
    expect([told.tombstones, told.seq, told.reset]).toEqual([[two], 5, false]);
    expect((await changes(zo, 0)).upserts.map(({ kind }) => kind)).toEqual(["added"]);
    expect((await changes(hery, 99)).reset).toBe(true);
    expect(await refusal(listMessageChanges(stage.deps(), hery, at, {}))).toBe("VALIDATION_ERROR");
  });
});
