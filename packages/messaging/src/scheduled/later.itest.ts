import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { MAX_MESSAGES_PER_MINUTE } from "../contract/message";
import { removePerson } from "../conversations/change-people";
import { listMessages } from "../messages/list-messages";
import { countUnread } from "../reading/read-conversation";
import { listReminders, remindDue, remindOfMessage } from "../reminders/remind";
import { NOON, useMessagingStage } from "../testing/use-messaging-stage";
import { cancelScheduled, listScheduled, rescheduleMessage, scheduleMessage } from "./schedule-message";
import { sendDueMessages } from "./send-due";

const stage = useMessagingStage();
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(NOON.getTime() + hours * HOUR_MS).toISOString();

async function conversation() {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  const { id } = await stage.open(hery, [aina], { name: "Budget" });
  return { hery, aina, id, at: String(id) };
}

describe("a scheduled message", () => {
  it("is sent once at its time, under its own id, also by two workers", async () => {
    const { hery, aina, at } = await conversation();
    const id = "0193a000-0000-7000-8000-00000000000a";
    const input = { id, content: "Bonjour @Aina", mentions: [aina.userId], send_at: inHours(2) };
    const one = await scheduleMessage(stage.deps(), hery, at, input);
    expect(one).toMatchObject({ id, send_at: inHours(2), mentioned: [{ name: "Aina" }], refusal: null });
    await scheduleMessage(stage.deps(), hery, at, input);
    expect((await listScheduled(stage.deps(), hery)).length).toBe(1);
    expect(await listScheduled(stage.deps(), aina)).toEqual([]);
    expect(await sendDueMessages(stage.deps())).toBe(0);
    stage.pass(2 * HOUR_MS);
    const sent = await Promise.all([1, 2, 3].map(() => sendDueMessages(stage.deps())));
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(1);
    const { messages } = await listMessages(stage.deps(), aina, at, {});
    expect(messages).toMatchObject([{ id, content: "Bonjour @Aina", created_at: inHours(2) }]);
    expect(await listScheduled(stage.deps(), hery)).toEqual([]);
  });

  it("can be changed and taken away by its author alone, until it is sent", async () => {
    const { hery, aina, at } = await conversation();
    const { id } = await scheduleMessage(stage.deps(), hery, at, { content: "x", send_at: inHours(1) });
    const others = [
      cancelScheduled(stage.deps(), aina, id),
      rescheduleMessage(stage.deps(), aina, id, { content: "y" }),
    ];
    expect(await Promise.all(others.map(refusal))).toEqual(["MESSAGE_NOT_FOUND", "MESSAGE_NOT_FOUND"]);
    const changed = await rescheduleMessage(stage.deps(), hery, id, { content: "y", send_at: inHours(3) });
    expect([changed.content, changed.send_at]).toEqual(["y", inHours(3)]);
    stage.pass(2 * HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(0);
    await cancelScheduled(stage.deps(), hery, id);
    stage.pass(2 * HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(0);
    expect(await refusal(cancelScheduled(stage.deps(), hery, id))).toBe("MESSAGE_NOT_FOUND");
  });

  it("that is refused at its time waits for its author with the reason, and holds up no other", async () => {
    const { hery, aina, at } = await conversation();
    await scheduleMessage(stage.deps(), aina, at, { content: "parti", send_at: inHours(1) });
    await scheduleMessage(stage.deps(), hery, at, { content: "reste", send_at: inHours(2) });
    await removePerson(stage.deps(), aina, at, String(aina.userId));
    stage.pass(3 * HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(1);
    expect((await listScheduled(stage.deps(), aina)).map(({ refusal: why }) => why)).toEqual([
      "CONVERSATION_NOT_FOUND",
    ]);
    expect(await sendDueMessages(stage.deps())).toBe(0);
  });

  it("whose id was sent as a message meanwhile is there already, and holds up no other", async () => {
    const { hery, aina, id, at } = await conversation();
    const one = "0193a000-0000-7000-8000-00000000000b";
    const taken = "0193a000-0000-7000-8000-00000000000c";
    await scheduleMessage(stage.deps(), hery, at, { id: one, content: "plus tard", send_at: inHours(1) });
    await scheduleMessage(stage.deps(), hery, at, { id: taken, content: "pris", send_at: inHours(1) });
    await scheduleMessage(stage.deps(), aina, at, { content: "suivant", send_at: inHours(2) });
    await stage.post(hery, { id }, { id: one, content: "tout de suite" });
    await stage.post(aina, { id }, { id: taken, content: "le mien" });
    stage.pass(3 * HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(1);
    const { messages } = await listMessages(stage.deps(), aina, at, {});
    expect(messages.map(({ content }) => content)).toEqual(["tout de suite", "le mien", "suivant"]);
    expect((await listScheduled(stage.deps(), hery)).map(({ content, refusal: why }) => [content, why])).toEqual([
      ["pris", "CONFLICT"],
    ]);
  });

  it("reads nothing for its author, who may be away when it is sent", async () => {
    const { hery, aina, id, at } = await conversation();
    await scheduleMessage(stage.deps(), hery, at, { content: "Bonjour", send_at: inHours(1) });
    await stage.post(aina, { id }, "Une question ?");
    stage.pass(HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(1);
    expect((await countUnread(stage.deps(), hery)).count).toBe(1);
    expect((await countUnread(stage.deps(), aina)).count).toBe(1);
  });

  it("is among the 30 of its author's minute: the others follow in the next, and hold up nobody's", async () => {
    const { hery, aina, at } = await conversation();
    for (let index = 0; index < MAX_MESSAGES_PER_MINUTE + 2; index++) {
      stage.pass(1);
      await scheduleMessage(stage.deps(), hery, at, { content: `n° ${index}`, send_at: inHours(1) });
    }
    await scheduleMessage(stage.deps(), aina, at, { content: "suivant", send_at: inHours(2) });
    stage.pass(2 * HOUR_MS);
    expect(await sendDueMessages(stage.deps())).toBe(MAX_MESSAGES_PER_MINUTE + 1);
    expect((await listScheduled(stage.deps(), hery)).map(({ content, refusal: why }) => [content, why])).toEqual([
      ["n° 30", null],
      ["n° 31", null],
    ]);
    expect(await sendDueMessages(stage.deps())).toBe(0);
    stage.pass(60_000);
    expect(await sendDueMessages(stage.deps())).toBe(2);
  });

  it("has a time within a year from now, and a text", async () => {
    const { hery, at } = await conversation();
    const inputs = [
      ...[{ content: "x" }, { content: "x", send_at: inHours(0) }, { content: "x", send_at: inHours(24 * 367) }],
      ...[
        { content: "x", send_at: "demain" },
        { content: "", send_at: inHours(1) },
        { content: "x", send_at: 5 },
      ],
    ];
    for (const input of inputs)
      expect([input, await refusal(scheduleMessage(stage.deps(), hery, at, input))]).toEqual([
        input,
        "VALIDATION_ERROR",
      ]);
    expect(await stage.database.scheduledMessage.count()).toBe(0);
  });
});

describe("a reminder", () => {
  it("can be moved by who has as many as there may be, and not added", async () => {
    const { hery, aina, id, at } = await conversation();
    const { id: one } = await stage.post(hery, { id }, "un");
    const { id: two } = await stage.post(hery, { id }, "deux");
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: inHours(1) });
    await stage.database.$executeRaw`
      WITH others AS (
        INSERT INTO messages (id, conversation_id, author_id, content, place, seq)
        SELECT gen_random_uuid(), ${id}, ${hery.userId}, 'x', n, n FROM generate_series(101, 299) n RETURNING id)
      INSERT INTO message_reminders (user_id, message_id, remind_at)
      SELECT ${aina.userId}, id, ${NOON}::timestamptz + interval '9 hours' FROM others`;
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: inHours(2) });
    expect((await listReminders(stage.deps(), aina))[0]).toMatchObject({ message_id: one, remind_at: inHours(2) });
    expect(await refusal(remindOfMessage(stage.deps(), aina, at, two, { remind_at: inHours(2) }))).toBe("CONFLICT");
  });

  it("comes once at its time, for who has set it", async () => {
    const { hery, aina, id, at } = await conversation();
    const { id: one } = await stage.post(hery, { id }, "À revoir");
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: inHours(1) });
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: inHours(2) });
    expect(await listReminders(stage.deps(), aina)).toEqual([
      { message_id: one, conversation_id: id, name: "Hery", excerpt: "À revoir", remind_at: inHours(2) },
    ]);
    expect(await listReminders(stage.deps(), hery)).toEqual([]);
    stage.pass(HOUR_MS);
    expect(await remindDue(stage.deps())).toBe(0);
    stage.pass(HOUR_MS);
    const told = await Promise.all([remindDue(stage.deps()), remindDue(stage.deps())]);
    expect(told.sort()).toEqual([0, 1]);
    const rows = await stage.database.outbox.findMany({ where: { kind: "message.notice" } });
    expect(rows.map(({ payload }) => payload)).toContainEqual({
      ...{ notice: "reminder", conversation_id: id, message_id: one, user_ids: [aina.userId], by: null },
    });
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: inHours(9) });
    await remindOfMessage(stage.deps(), aina, at, one, { remind_at: null });
    expect(await listReminders(stage.deps(), aina)).toEqual([]);
  });
});
