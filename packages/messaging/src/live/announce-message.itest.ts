import type { UserActor } from "@mgs/core/actor";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { EVENTS } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { beforeEach, describe, expect, it } from "vitest";
import { messageChannels } from "../channels";
import { messageAsyncApi } from "../channels.asyncapi";
import { type MessageDto, message as messageShape } from "../contract/message";
import { addPeople } from "../conversations/change-people";
import { deleteMessage } from "../messages/delete-message";
import { editMessage } from "../messages/edit-message";
import { postMessage } from "../messages/post-message";
import { messaging } from "../module";
import { readConversation } from "../reading/read-conversation";
import { useMessagingStage } from "../testing/use-messaging-stage";
import { fitIntoEvent } from "./announce-message";

const stage = useMessagingStage();
type Sent = { channels: string | readonly string[]; event: string; data: object; except: string | undefined };
let sent: Sent[] = [];
let worker: ReturnType<typeof createMailWorker>;
beforeEach(() => {
  sent = [];
  const trigger = async (channels: string | readonly string[], event: string, data: object, except?: string) => {
    for (const channel of [channels].flat()) checkEvent(messageAsyncApi, String(channel), event, data);
    sent.push({ channels, event, data, except });
  };
  worker = createMailWorker(stage.database, messaging(stage.deps()).outbox ?? [], {
    ...stage.worker(),
    publisher: { trigger } as never,
  });
});

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina], { name: "Budget" });
  await worker.deliver();
  sent = [];
  return { hery, aina, zo, id, at: String(id) };
}
/** What was told, that of messages first: rows of the outbox of their own tell it, and nothing says that they go before those of lists. */
const told = () => {
  const all = sent.splice(0).map(({ channels, event, data }) => [channels, event, data] as const);
  const isOfMessage = ([channels]: (typeof all)[number]) => /^private-conversation\.\d+$/.test(String(channels));
  return [...all.filter(isOfMessage), ...all.filter((one) => !isOfMessage(one))];
};

describe("events of messages", () => {
  it("tell each change on the conversation's channel with the old payload, and everybody that their list is another", async () => {
    const { hery, aina, id, at } = await conversation();
    const channel = `private-conversation.${id}`;
    const people = [hery, aina].map(({ userId }) => `private-App.Models.User.${userId}`);
    const tab = { socketId: "12.34" };
    const { message } = await postMessage(stage.deps(), hery, id, { content: "Un" }, tab);
    await worker.deliver();
    expect(sent.map(({ except }) => except)).toEqual(["12.34", "12.34"]);
    expect(told()).toEqual([
      [channel, EVENTS.messageCreated, { message: { ...message, contenu: "Un" } }],
      [people, EVENTS.conversationsChanged, { conversation_id: id }],
    ]);
    expect(EVENTS.messageCreated).toBe("App\\Events\\NewMessageEvent");
    await editMessage(stage.deps(), hery, at, message.id, { content: "Deux" });
    await deleteMessage(stage.deps(), hery, at, message.id);
    await worker.deliver();
    const events = told().filter(([on]) => on === channel);
    expect(events.map(([, event, data]) => [event, (data as { message: MessageDto }).message.content])).toEqual([
      [EVENTS.messageUpdated, ""],
      [EVENTS.messageDeleted, ""],
    ]);
  });

  it("carry nothing that somebody in the conversation does not see", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const { id: old } = await stage.post(hery, { id }, "secret");
    await addPeople(stage.deps(), hery, at, { user_ids: [zo.userId] });
    await worker.deliver();
    sent = [];
    await editMessage(stage.deps(), hery, at, old, { content: "toujours secret" });
    await stage.post(aina, { id }, { content: "Oui", reply_to: old });
    await worker.deliver();
    const events = told().filter(([on]) => on === `private-conversation.${id}`);
    expect(JSON.stringify(events)).not.toContain("secret");
    expect(events.map(([, , data]) => (data as { message: MessageDto }).message.truncated)).toEqual([true, true]);
    // What everybody sees of an answer is told: front ends of before ask for nothing.
    expect(events.map(([, , data]) => (data as { message: { contenu: string } }).message.contenu)).toEqual(["", "Oui"]);
    // Everybody can tell which message it is about, and that its text is to be asked for.
    expect(events.every(([, , data]) => messageShape((data as { message: unknown }).message))).toBe(true);
  });

  it("tell what was read of those who show it", async () => {
    const { hery, aina, id, at } = await conversation();
    await stage.post(hery, { id }, "Un");
    await worker.deliver();
    sent = [];
    await readConversation(stage.deps(), aina, at, {});
    await worker.deliver();
    expect(told()).toEqual([
      [[`private-App.Models.User.${aina.userId}`], EVENTS.conversationsChanged, { conversation_id: id }],
      [`private-conversation-reads.${id}`, EVENTS.conversationRead, { user_id: aina.userId, read_place: 1 }],
    ]);
  });

  it("have less than 9 kB, whatever the message", async () => {
    const { hery, id } = await conversation();
    for (const content of ["x".repeat(5_000), "😀".repeat(5_000), '"\\'.repeat(2_500)]) {
      stage.pass(60_000);
      const fitted = fitIntoEvent(await stage.post(hery, { id }, content));
      expect(Buffer.byteLength(JSON.stringify({ message: { ...fitted, contenu: fitted.content } }))).toBeLessThan(
        9_100,
      );
      expect([fitted.truncated, content.startsWith(fitted.content)]).toEqual([true, true]);
    }
    expect(fitIntoEvent(await stage.post(hery, { id }, "court")).truncated).toBeUndefined();
  });
});

describe("the channels of a conversation", () => {
  it("are for those who are in it, and those of what was read for those who show it", async () => {
    const { hery, aina, zo, id } = await conversation();
    const rules = messageChannels(stage.deps());
    const join = async (actor: UserActor, channel: string) =>
      authorizeChannel(rules, { database: stage.database }, actor, channel).then(
        ({ clientEvents }) => (clientEvents ? "whispers" : "hears"),
        () => "refused",
      );
    const channels = [`private-conversation.${id}`, `private-conversation-reads.${id}`, "private-conversation.x"];
    const all = (actor: UserActor) => Promise.all(channels.map((channel) => join(actor, channel)));
    expect(await all(hery)).toEqual(["whispers", "hears", "refused"]);
    await stage.database.presence.create({ data: { userId: aina.userId, showsReads: false } });
    expect(await all(aina)).toEqual(["whispers", "refused", "refused"]);
    for (const stranger of [zo, stage.admin]) expect(new Set(await all(stranger))).toEqual(new Set(["refused"]));
  });
});
