import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { changeConversation } from "@mgs/messaging/conversations/change-conversation";
import { addPeople, removePerson } from "@mgs/messaging/conversations/change-people";
import { listConversations } from "@mgs/messaging/conversations/list-conversations";
import { deleteMessage } from "@mgs/messaging/messages/delete-message";
import { editMessage } from "@mgs/messaging/messages/edit-message";
import { listMessageChanges, listMessages } from "@mgs/messaging/messages/list-messages";
import { postMessage } from "@mgs/messaging/messages/post-message";
import { reactToMessage } from "@mgs/messaging/messages/react";
import { messaging } from "@mgs/messaging/module";
import { tellHeldNotices } from "@mgs/messaging/notices/tell-notices";
import { countUnread, readConversation } from "@mgs/messaging/reading/read-conversation";
import { repairCounts } from "@mgs/messaging/repair/repair-counts";
import { NOON, useMessagingStage } from "@mgs/messaging/testing/use-messaging-stage";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ConversationStore, createConversationStore } from "./conversation-store";
import { type Act, type PageAct, type Step, step } from "./testing/convergence-steps";

const isLongRun = process.env.MGS_LONG_TESTS === "1";
const stage = useMessagingStage();
const PAGE = "5";
const SECOND_MS = 1_000;

let runs = 0;
/** Acts that changed something in some run. */
const done = new Set<string>();

/** Three people with two conversations open, and a network that loses, doubles and reorders. The third of them is in the first one alone. */
async function createWorld(people: readonly UserActor[]) {
  const [first, second, third] = people;
  if (!first || !second || !third) throw new Error("nobody is there");
  let now = NOON.getTime() + ++runs * 24 * 3_600_000;
  const pass = (ms: number) => {
    now += ms;
    stage.setNow(new Date(now));
  };
  pass(0);
  await stage.database.$executeRaw`TRUNCATE outbox, conversations, change_heads CASCADE`;
  const ids = [
    (await stage.open(first, [second, third], { name: `Budget ${runs}` })).id,
    (await stage.open(first, [second], { name: `Chantier ${runs}` })).id,
  ];
  const mails: MessageDto[][] = people.map(() => []);
  const isIn = async (person: UserActor, id: number) =>
    (await stage.database.conversationMember.count({ where: { conversationId: id, userId: person.userId } })) > 0;
  const worker = createMailWorker(stage.database, messaging(stage.deps()).outbox ?? [], {
    ...stage.worker(),
    publisher: {
      async trigger(channel: string | readonly string[], _: string, data: object) {
        const id = Number(/^private-conversation\.(\d+)$/.exec(String(channel))?.[1]);
        if (!("message" in data) || Number.isNaN(id)) return;
        // The socket of who was taken out of it is closed with their rights.
        for (const [index, person] of people.entries())
          if (await isIn(person, id)) mails[index]?.push(data.message as MessageDto);
      },
    } as never,
  });

  const clients = await Promise.all(
    people.map(async (actor, index) => {
      const client = { actor, index, away: false, pages: new Map<number, ConversationStore>() };
      const open = async (id: number) => {
        const reading = async <Answer>(read: () => Promise<Answer>): Promise<Answer> => {
          if (client.away) throw new Error("no network");
          return read();
        };
        const readPage = (stretch: object) => {
          const query = Object.fromEntries(Object.entries(stretch).map(([name, value]) => [name, String(value)]));
          return reading(() => listMessages(stage.deps(), actor, id, { limit: PAGE, ...query }));
        };
        const readChanges = (after: number) =>
          reading(() => listMessageChanges(stage.deps(), actor, String(id), { after: String(after) }));
        client.pages.set(id, createConversationStore({ readPage, readChanges }, await readPage({})));
      };
      for (const id of ids) if (await isIn(actor, id)) await open(id);
      return Object.assign(client, { open });
    }),
  );
  type Client = (typeof clients)[number];

  async function act(client: Client, id: number, what: Act, which: number): Promise<unknown> {
    const { actor } = client;
    const page = client.pages.get(id);
    const shown = page?.get().messages.toReversed() ?? [];
    const isOwn = ({ auteur }: MessageDto) => auteur.id === actor.userId;
    const fits = shown.filter((one) => {
      if (what === "read" || what === "jump") return true;
      if (one.kind !== "text" || one.deleted_at !== null) return false;
      return what === "edit" || what === "delete" ? isOwn(one) : what !== "unread" || !isOwn(one);
    });
    const one = fits[which % Math.max(1, fits.length)];
    if (!page || !one) return;
    const at = [stage.deps(), actor, String(id), one.id] as const;
    const has = one.reactions.some(({ user_ids }) => user_ids.includes(actor.userId));
    const hear = async (changed: Promise<MessageDto>) => {
      const message = await changed;
      // The answer to one's own act is heard as an event is.
      await page.hear(message);
      return message;
    };
    const ways = {
      answer: () => write(client, id, { reply_to: one.id }),
      edit: () => hear(editMessage(...at, { content: `${one.content}'` })),
      delete: () => hear(deleteMessage(...at)),
      react: () => hear(reactToMessage(...at, { emoji: "👍", on: !has })),
      read: () => readConversation(stage.deps(), actor, String(id), { message_id: one.id }),
      unread: () => readConversation(stage.deps(), actor, String(id), { message_id: one.id, unread: true }),
      jump: () => page.jump({ around: one.place }),
    };
    return ways[what]();
  }

  async function write(client: Client, id: number, more: object = {}): Promise<MessageDto> {
    pass(3 * SECOND_MS);
    const content = `écrit ${crypto.randomUUID()}`;
    const { message } = await postMessage(stage.deps(), client.actor, id, { content, ...more });
    await client.pages.get(id)?.hear(message);
    return message;
  }

  async function actOnPage(client: Client, id: number, what: PageAct, on: boolean): Promise<unknown> {
    const { actor } = client;
    const page = client.pages.get(id);
    const change = (body: object) => changeConversation(stage.deps(), actor, String(id), body);
    if (what === "mute") return change({ muted: on });
    if (what === "archive") return change({ archived: on });
    if (what === "leave") {
      await removePerson(stage.deps(), actor, String(id), String(actor.userId));
      client.pages.delete(id);
      // With it goes what is on its way to their socket.
      mails[client.index] = (mails[client.index] ?? []).filter((event) => event.conversation_id !== id);
      return true;
    }
    if (what === "add") {
      const missing = clients.filter((other) => !other.pages.has(id));
      if (missing.length === 0) return;
      const user_ids = missing.map((other) => other.actor.userId);
      await addPeople(stage.deps(), actor, String(id), { user_ids, history: on });
      for (const other of missing) if (!other.away) await other.open(id);
      return true;
    }
    if (what === "older") return page?.loadOlder();
    if (what === "newer") return page?.loadNewer();
    return page && client.open(id);
  }

  /** The worker tells of what is unread, and of nothing else. */
  async function tell(): Promise<void> {
    stage.rung.length = 0;
    await tellHeldNotices(stage.worker(), stage.deps());
    const told = stage.rung.map(({ userId, group }) => `${userId} ${group}`);
    expect(new Set(told).size).toBe(told.length);
    const unread = await Promise.all(clients.map(async (client) => [client, await readUnread(client)] as const));
    const mayHear = unread.flatMap(([{ actor }, list]) => list.map(({ id }) => `${actor.userId} conversation:${id}`));
    expect(mayHear).toEqual(expect.arrayContaining(told));
    if (told.length > 0) done.add("told");
  }

  /** The rows that the header's count leads to. */
  const readUnread = async ({ actor }: Client) =>
    (await listConversations(stage.deps(), actor, { unread: "true", limit: "100" })).conversations;

  return {
    ...{ ids, clients, isIn, readUnread, tell, pass },
    async back(client: Client): Promise<void> {
      client.away = false;
      for (const id of ids) {
        if (!(await isIn(client.actor, id))) continue;
        if (client.pages.has(id)) await client.pages.get(id)?.catchUp();
        else await client.open(id);
      }
    },
    async take(one: Step): Promise<void> {
      if (one.do === "wait") {
        pass(one.minutes * 60 * SECOND_MS);
        return tell();
      }
      const client = clients[one.who];
      if (!client) return;
      if (one.do === "event") {
        const mail = mails[one.who] ?? [];
        const event = mail[one.which % Math.max(1, mail.length)];
        if (!event) return;
        if (one.fate !== "doubled") mail.splice(mail.indexOf(event), 1);
        const page = client.pages.get(event.conversation_id);
        if (one.fate !== "lost" && !client.away) await page?.hear(event);
        return;
      }
      if (one.do === "away") {
        client.away = true;
        return;
      }
      if (one.do === "back") return this.back(client);
      const id = ids[one.where];
      if (client.away || id === undefined) return;
      try {
        const made = await ("which" in one
          ? act(client, id, one.do, one.which)
          : one.do === "write"
            ? write(client, id)
            : actOnPage(client, id, one.do, one.flag));
        if (made !== undefined) done.add(one.do);
      } catch (error) {
        // What became impossible meanwhile is refused, and changes nothing.
        if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
      }
      await worker.deliver();
    },
  };
}
const REFUSALS = new Set(["CONVERSATION_NOT_FOUND", "MESSAGE_NOT_FOUND", "CHANGE_TOO_LATE", "VALIDATION_ERROR"]);
type World = Awaited<ReturnType<typeof createWorld>>;

/** Compares what a person sees with the rows. */
async function checkClient({ ids, isIn, readUnread }: World, client: World["clients"][number]): Promise<void> {
  const { userId } = client.actor;
  const counts = new Map<number, number>();
  for (const id of ids) {
    if (!(await isIn(client.actor, id))) continue;
    const page = client.pages.get(id);
    const member = await stage.database.conversationMember.findUniqueOrThrow({
      where: { conversationId_userId: { conversationId: id, userId } },
    });
    const rows = await stage.database.message.findMany({
      where: { conversationId: id, place: { gt: member.fromPlace } },
      include: { reactions: true },
      orderBy: { place: "asc" },
    });
    const isUnread = ({ place, authorId, kind, deletedAt }: Row) =>
      place > member.readPlace && authorId !== userId && kind === "text" && deletedAt === null;
    if (!member.muted) counts.set(id, rows.filter(isUnread).length);
    // First the stretch that is open, wherever it is, then all of the conversation.
    const { messages, older, newer } = page?.get() ?? { messages: [], older: null, newer: null };
    const [from, to] = [messages[0]?.place ?? 0, messages.at(-1)?.place ?? 0];
    const stretch = rows.filter(({ place }) => (older === null || place >= from) && (newer === null || place <= to));
    expect(messages.map(toFacts)).toEqual(stretch.map(toRowFacts));
    while (page?.get().older != null) await page.loadOlder();
    while (page?.get().newer != null) await page.loadNewer();
    expect(page?.get().messages.map(toFacts)).toEqual(rows.map(toRowFacts));
  }
  const unread = await readUnread(client);
  expect(new Map(unread.map(({ id, unread_count }) => [id, unread_count]))).toEqual(
    new Map([...counts].filter(([, count]) => count > 0)),
  );
  expect(await countUnread(stage.deps(), client.actor)).toEqual({
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    conversations: unread.length,
  });
}

it("whatever three people do, and whatever the network does to it, ends with every page and every count as the rows are", {
  timeout: isLongRun ? 3_600_000 : 120_000,
}, async () => {
  const people = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const world = await createWorld(people);
      for (const one of steps) await world.take(one);
      for (const client of world.clients) {
        await world.back(client);
        await checkClient(world, client);
      }
      world.pass(61 * SECOND_MS);
      await world.tell();
      const repaired = await repairCounts(
        { database: stage.database, logger: createLogger("test", "silent") },
        stage.deps().clock.now(),
      );
      expect(repaired).toEqual({ newest: 0, members: 0, behind: 0 });
    }),
    { numRuns: isLongRun ? 300 : 15 },
  );
  expect([...done].sort()).toEqual(
    expect.arrayContaining(["add", "answer", "delete", "edit", "leave", "told", "write"]),
  );
});

/** What a page shows of a message, in the words of its row. */
const toFacts = ({ id, content, seq, place, deleted_at, edited_at, reactions, kind }: MessageDto) => ({
  ...{ id, content, seq, place, kind, isDeleted: deleted_at !== null, isEdited: edited_at !== null },
  reactions: reactions.flatMap(({ user_ids }) => user_ids).sort((a, b) => a - b),
});

type Row = Awaited<ReturnType<typeof stage.database.message.findMany<{ include: { reactions: true } }>>>[number];
const toRowFacts = ({ id, content, seq, place, deletedAt, editedAt, reactions, kind }: Row) => ({
  ...{ id, content: deletedAt === null ? content : "", seq: Number(seq), place: Number(place), kind },
  ...{ isDeleted: deletedAt !== null, isEdited: editedAt !== null },
  reactions: deletedAt === null ? reactions.map(({ userId }) => userId).sort((a, b) => a - b) : [],
});
