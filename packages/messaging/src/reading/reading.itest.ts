import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { changeConversation } from "../conversations/change-conversation";
import { getConversation } from "../conversations/get-conversation";
import { listConversations } from "../conversations/list-conversations";
import { deleteMessage } from "../messages/delete-message";
import { useMessagingStage } from "../testing/use-messaging-stage";
import { countUnread, readConversation } from "./read-conversation";

const stage = useMessagingStage();

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina, zo], { name: "Budget" });
  return { hery, aina, zo, id, at: String(id) };
}
const unread = async (actor: UserActor) => (await countUnread(stage.deps(), actor)).count;
const sumOfRows = async (actor: UserActor) =>
  (await listConversations(stage.deps(), actor, { unread: "true" })).conversations.reduce(
    (sum, { unread_count }) => sum + unread_count,
    0,
  );
const read = (actor: UserActor, at: string, input: object = {}) => readConversation(stage.deps(), actor, at, input);

describe("what is unread", () => {
  it("is what others have written since, and the count is the sum of the rows that it leads to", async () => {
    const { hery, aina, id, at } = await conversation();
    const first = await stage.post(hery, { id }, "un");
    await stage.post(hery, { id }, "deux");
    const own = await stage.post(aina, { id }, "trois");
    const last = await stage.post(hery, { id }, "quatre");
    // Whoever writes has read what stands before.
    expect([await unread(hery), await unread(aina)]).toEqual([0, 1]);
    expect(await sumOfRows(aina)).toBe(1);
    expect(await read(aina, at)).toEqual({ unread_count: 0, read_place: last.place });
    expect(stage.read).toEqual([{ userId: aina.userId, conversationId: id }]);
    expect(await read(aina, at, { message_id: first.id, unread: true })).toMatchObject({ unread_count: 3 });
    expect([await unread(aina), await sumOfRows(aina)]).toEqual([3, 3]);
    // A page that is behind takes nothing back.
    await read(aina, at, { message_id: own.id });
    await read(aina, at, { message_id: first.id });
    expect(await unread(aina)).toBe(1);
    expect(await refusal(read(aina, at, { message_id: own.id, unread: true }))).toBe("VALIDATION_ERROR");
    expect(await refusal(read(aina, at, { unread: true }))).toBe("VALIDATION_ERROR");
  });

  it("has no part of what was deleted, of muted conversations, and of records that are closed", async () => {
    const { hery, aina, id, at } = await conversation();
    const readers = stage.record("1", hery, aina);
    const about = await stage.open(hery, [aina], { subject: { type: "dossier", id: "1" } });
    const { id: gone } = await stage.post(hery, { id }, "un");
    await stage.post(hery, { id }, "deux");
    await stage.post(hery, about, "trois");
    expect([await unread(aina), await sumOfRows(aina)]).toEqual([3, 3]);
    await deleteMessage(stage.deps(), hery, at, gone);
    expect([await unread(aina), await sumOfRows(aina)]).toEqual([2, 2]);
    readers.delete(aina.userId);
    expect([await unread(aina), await sumOfRows(aina)]).toEqual([1, 1]);
    await changeConversation(stage.deps(), aina, at, { muted: true });
    expect([await unread(aina), await sumOfRows(aina)]).toEqual([0, 0]);
    // The row itself still says what is new.
    const [row] = (await listConversations(stage.deps(), aina, {})).conversations;
    expect(row).toMatchObject({ title: "Budget", unread_count: 1, muted: true });
  });

  it("is shown to the others, by who shows it to who shows it", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const message = await stage.post(hery, { id }, "un");
    await read(aina, at);
    const seen = async (actor: UserActor) =>
      (await getConversation(stage.deps(), actor, id)).members.map(({ name, read_place }) => [name, read_place]);
    expect(await seen(hery)).toEqual([
      ["Hery", message.place],
      ["Aina", message.place],
      ["Zo", 0],
    ]);
    await stage.database.presence.create({ data: { userId: aina.userId, showsReads: false } });
    expect(await seen(hery)).toEqual([
      ["Hery", message.place],
      ["Aina", null],
      ["Zo", 0],
    ]);
    expect(new Set((await seen(aina)).map(([, place]) => place))).toEqual(new Set([null]));
    await stage.database.outbox.deleteMany();
    await stage.post(hery, { id }, "deux");
    await stage.database.outbox.deleteMany();
    await read(aina, at);
    await read(zo, at);
    const told = await stage.database.outbox.findMany({
      where: { kind: "conversations.changed" },
      orderBy: { id: "asc" },
    });
    expect(told.map(({ payload }) => payload)).toEqual([
      { conversation_id: id, user_ids: [aina.userId] },
      { conversation_id: id, user_ids: [zo.userId], read: { user_id: zo.userId, read_place: message.place + 1 } },
    ]);
  });
});
