import type { UserActor } from "@mgs/core/actor";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { describe, expect, it } from "vitest";
import { changeConversation } from "../conversations/change-conversation";
import { removePerson } from "../conversations/change-people";
import { deleteMessage } from "../messages/delete-message";
import type { messageNotice } from "../outbox-kinds";
import { readConversation } from "../reading/read-conversation";
import { useMessagingStage } from "../testing/use-messaging-stage";
import { tellHeldNotices, tellMessageNotice } from "./tell-notices";

const stage = useMessagingStage();
const MINUTE_MS = 60_000;

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina, zo], { name: "Budget" });
  return { hery, aina, zo, id, at: String(id) };
}
const tell = () => tellHeldNotices(stage.worker(), stage.deps());
const rung = () => stage.rung.splice(0).map(({ userId, titre, group }) => [userId, titre, group]);

/** Runs the handler of the notices that wait in the outbox. */
async function deliver(): Promise<void> {
  type Handler = OutboxHandler<OutboxPayload<typeof messageNotice>>;
  const handler = tellMessageNotice(stage.deps());
  for (const { id, payload } of await stage.database.outbox.findMany({ where: { kind: "message.notice" } }))
    await handler(
      stage.worker() as unknown as Parameters<Handler>[0],
      { id, payload } as unknown as Parameters<Handler>[1],
    );
  await stage.database.outbox.deleteMany();
}

describe("a notification of unread messages", () => {
  it("waits a minute for its reader, tells of all, and is one for each conversation", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    await stage.post(hery, { id }, "un");
    stage.pass(30_000);
    await stage.post(hery, { id }, "deux");
    stage.pass(29_999);
    expect([await tell(), rung()]).toEqual([0, []]);
    stage.pass(1);
    await readConversation(stage.deps(), zo, at, {});
    expect(await tell()).toBe(1);
    const group = `conversation:${id}`;
    expect(rung()).toEqual([[aina.userId, "2 messages non lus", group]]);
    // A second worker, and a second run, tell nobody twice.
    expect(await Promise.all([tell(), tell()])).toEqual([0, 0]);
    await stage.post(hery, { id }, "trois");
    stage.pass(MINUTE_MS);
    await tell();
    expect(rung()).toEqual([
      [aina.userId, "3 messages non lus", group],
      [zo.userId, "Un message non lu", group],
    ]);
  });

  it("holds each message for its own minute", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    await stage.post(hery, { id }, "un");
    stage.pass(50_000);
    await readConversation(stage.deps(), aina, at, {});
    await stage.post(hery, { id }, "deux");
    stage.pass(10_000);
    await tell();
    expect(rung().map(([userId]) => userId)).toEqual([zo.userId]);
    stage.pass(49_999);
    expect(await tell()).toBe(0);
    stage.pass(1);
    await tell();
    expect(rung().map(([userId]) => userId)).toEqual([aina.userId]);
  });

  it("is for nobody who has muted it, has left, or does not see the record any more; and not of what is gone", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const readers = stage.record("1", hery, aina);
    const about = await stage.open(hery, [aina], { subject: { type: "dossier", id: "1" } });
    await changeConversation(stage.deps(), aina, at, { muted: true });
    const { id: gone } = await stage.post(hery, { id }, "un");
    await stage.post(hery, about, "deux");
    await deleteMessage(stage.deps(), hery, at, gone);
    await stage.post(aina, { id }, "trois");
    await removePerson(stage.deps(), zo, at, String(zo.userId));
    readers.delete(aina.userId);
    stage.pass(MINUTE_MS);
    await tell();
    expect(rung()).toEqual([[hery.userId, "Un message non lu", `conversation:${id}`]]);
    expect(await stage.database.messageNotice.count()).toBe(0);
  });

  it("is not for what came while it was muted, once it is not muted any more, but for what comes then", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    await changeConversation(stage.deps(), aina, at, { muted: true });
    await stage.post(hery, { id }, "un");
    await readConversation(stage.deps(), zo, at, {});
    stage.pass(MINUTE_MS);
    await tell();
    await changeConversation(stage.deps(), aina, at, { muted: false });
    stage.pass(MINUTE_MS);
    await tell();
    expect(rung()).toEqual([]);
    await stage.post(hery, { id }, "deux");
    // To say so again changes nothing.
    await changeConversation(stage.deps(), aina, at, { muted: false });
    await readConversation(stage.deps(), zo, at, {});
    stage.pass(MINUTE_MS);
    await tell();
    expect(rung()).toEqual([[aina.userId, "2 messages non lus", `conversation:${id}`]]);
  });

  it("of a mention comes at once, also where it is muted, and is that of the conversation", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    await deliver();
    stage.rung.length = 0;
    await changeConversation(stage.deps(), aina, at, { muted: true });
    const { id: one } = await stage.post(hery, { id }, { content: "@Aina", mentions: [aina.userId] });
    await deliver();
    expect(stage.rung).toEqual([
      expect.objectContaining({
        ...{ userId: aina.userId, titre: "Hery vous mentionne", url: `/messages/${id}?message=${one}`, mailed: true },
        ...{ message: "Dans la conversation « Budget » :\n\n@Aina", group: `conversation:${id}` },
      }),
    ]);
    stage.rung.length = 0;
    stage.pass(MINUTE_MS);
    await tell();
    expect(rung().map(([userId]) => userId)).toEqual([zo.userId]);
    // Read before it is told: no news.
    await stage.post(hery, { id }, { content: "@Zo", mentions: [zo.userId] });
    await readConversation(stage.deps(), zo, at, {});
    await deliver();
    expect(rung()).toEqual([]);
  });

  it("is not sent to who reads while others are told", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    await stage.post(hery, { id }, "un");
    stage.pass(MINUTE_MS);
    const told: number[] = [];
    const reading = {
      ...stage.worker(),
      ringBell: async ({ userId }: { userId: number }) => {
        told.push(userId);
        const [next] = [aina, zo].filter((person) => !told.includes(person.userId));
        if (next) await readConversation(stage.deps(), next, at, {});
      },
    };
    await tellHeldNotices(reading, stage.deps());
    expect(told.length).toBe(1);
  });

  it("goes on where a worker was killed between telling and noting it", async () => {
    const { hery, aina, zo, id } = await conversation();
    await stage.post(hery, { id }, "un");
    stage.pass(MINUTE_MS);
    const told: number[] = [];
    const dying = {
      ...stage.worker(),
      ringBell: async ({ userId }: { userId: number }) => {
        told.push(userId);
        if (told.length === 2) throw new Error("killed");
      },
    };
    await expect(tellHeldNotices(dying, stage.deps())).rejects.toThrow("killed");
    await tell();
    // Both are told again under the keys of the first time, so that nobody hears of it twice.
    expect(stage.rung.map(({ userId, key }) => [userId, key])).toEqual(
      [aina, zo].map(({ userId }: UserActor) => [userId, `conversation:${id}:${userId}:1`]),
    );
  });
});
