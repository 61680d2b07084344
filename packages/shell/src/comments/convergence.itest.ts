import type { CommentDto } from "@mgs/comments/contract/comment";
import { totalOf } from "@mgs/comments/contract/discussion-state";
import { deleteComment } from "@mgs/comments/record/delete-comment";
import { editComment } from "@mgs/comments/record/edit-comment";
import { listCommentChanges, listComments } from "@mgs/comments/record/list-comments";
import { postComment } from "@mgs/comments/record/post-comment";
import { NOON, useCommentStage } from "@mgs/comments/testing/use-comment-stage";
import type { UserActor } from "@mgs/core/actor";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createOutbox, type SendResult } from "../outbox/outbox";
import { createOutboxStore } from "../outbox/outbox-store";
import { createDiscussionStore, type DiscussionStore } from "./discussion-store";

const stage = useCommentStage();
const { subject } = stage;
const PAGE = "5";

/** What may happen to a request: it does not arrive, its answer does not, it arrives twice, or all goes well. */
type Fate = "lost" | "answer-lost" | "doubled" | "well";
type Step =
  | { do: "write" | "edit" | "delete" | "older" | "reload" | "away" | "back"; who: number }
  /** The n-th of the events on their way arrives, is lost, or arrives and stays on its way. */
  | { do: "event"; who: number; which: number; fate: "arrives" | "lost" | "doubled" }
  | { do: "fate"; who: number; fate: Fate };

const who = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("write" as const), who }) },
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ do: fc.constant("event" as const), who, which: fc.nat({ max: 5 }) },
      fate: fc.constantFrom("arrives" as const, "arrives" as const, "lost" as const, "doubled" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant("fate" as const), who },
      fate: fc.constantFrom<Fate>("lost", "answer-lost", "doubled", "well"),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("edit", "edit", "edit", "delete"), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("older", "reload", "away", "back"), who }) },
);

let runs = 0;

/** Clients of one record, with a network that loses, doubles and reorders. */
async function createWorld(people: readonly UserActor[]) {
  const id = String(++runs);
  stage.open(id, ...people);
  let now = NOON.getTime() + runs * 3_600_000;
  const mails: CommentDto[][] = people.map(() => []);
  const tell = (comment: CommentDto) => mails.forEach((mail) => void mail.push(comment));
  const read = (actor: UserActor, before: string | null) =>
    listComments(stage.deps(), actor, subject, id, { limit: PAGE, ...(before === null ? {} : { before }) });

  const clients = await Promise.all(
    people.map(async (actor) => {
      const client = {
        actor,
        fate: "well" as Fate,
        away: false,
        written: [] as string[],
        discussion: undefined as unknown as DiscussionStore,
        waiters: new Set<() => void>(),
      };
      const reachable = () => {
        if (client.away) throw new Error("no network");
      };
      const open = async () =>
        createDiscussionStore(
          {
            readPage: async (before) => {
              reachable();
              return read(actor, before);
            },
            readChanges: async (after) => {
              reachable();
              return listCommentChanges(stage.deps(), actor, subject, id, { after: String(after) });
            },
          },
          await read(actor, null),
        );
      client.discussion = await open();
      let turn: Promise<unknown> = Promise.resolve();
      const outbox = createOutbox(
        {
          store: createOutboxStore(new IDBFactory()),
          async send({ body }): Promise<SendResult> {
            const later = { kind: "later", afterMs: null } as const;
            const { fate } = client;
            client.fate = "well";
            if (client.away || fate === "lost") return later;
            now += 4_000;
            stage.setNow(new Date(now));
            const times = fate === "doubled" ? 2 : 1;
            const answers = await Promise.all(
              Array.from({ length: times }, () => postComment(stage.deps(), actor, subject, id, body)),
            );
            const [answer] = answers;
            if (!answer) throw new Error("nothing was sent");
            for (const { comment, repeated } of answers) if (!repeated) tell(comment);
            return fate === "answer-lost" ? later : { kind: "sent", data: answer.comment };
          },
          exclusively: (_, task) => {
            const done = turn.then(task);
            turn = done.catch(() => undefined);
            return done;
          },
          onSent: (_, comment) => void client.discussion.hear(comment as CommentDto),
          announce: () => undefined,
          wait: (_, signal) =>
            new Promise<void>((resolve) => {
              if (!client.away) return resolve();
              client.waiters.add(resolve);
              signal.addEventListener("abort", () => resolve(), { once: true });
            }),
        },
        actor.userId,
      );
      const flush = () => outbox.flush("lane");
      return Object.assign(client, { outbox, open, flush });
    }),
  );
  type Client = (typeof clients)[number];

  async function change(client: Client, act: "edit" | "delete"): Promise<void> {
    const own = client.discussion
      .get()
      .comments.findLast(({ user, deleted_at }) => user.id === client.actor.userId && deleted_at === null);
    if (!own || client.away) return;
    const changed =
      act === "delete"
        ? await deleteComment(stage.deps(), client.actor, subject, id, own.id)
        : await editComment(stage.deps(), client.actor, subject, id, own.id, { content: `${own.content}'` }).catch(
            // It was deleted meanwhile, which this client has not heard of.
            () => null,
          );
    if (changed) tell(changed);
  }

  async function back(client: Client): Promise<void> {
    client.away = false;
    client.fate = "well";
    for (const waiter of client.waiters) waiter();
    client.waiters.clear();
    await client.discussion.catchUp();
  }

  return {
    clients,
    back,
    all: async () => {
      const [person] = people;
      if (!person) throw new Error("nobody is there");
      return (await listComments(stage.deps(), person, subject, id, { limit: "100" })).comments.toReversed();
    },
    async take(one: Step): Promise<void> {
      const client = clients[one.who];
      if (!client) return;
      if (one.do === "write") {
        const uuid = crypto.randomUUID();
        client.written.push(uuid);
        await client.outbox.add({ id: uuid, lane: "lane", path: "", body: { id: uuid, content: uuid }, at: now });
        const flushed = client.flush();
        if (!client.away) await flushed;
      } else if (one.do === "event") {
        const mail = mails[one.who] ?? [];
        const event = mail[one.which % Math.max(1, mail.length)];
        if (!event) return;
        if (one.fate !== "doubled") mail.splice(mail.indexOf(event), 1);
        if (one.fate !== "lost" && !client.away) await client.discussion.hear(event);
      } else if (one.do === "fate") client.fate = one.fate;
      else if (one.do === "older") await client.discussion.loadOlder().catch(() => undefined);
      else if (one.do === "reload" && !client.away) client.discussion = await client.open();
      else if (one.do === "away") client.away = true;
      else if (one.do === "back") await back(client);
      else if (one.do === "edit" || one.do === "delete") await change(client, one.do);
    },
  };
}

it("drops, doubles, reorderings and reconnections end with every client equal to the database, each text once and in order", {
  timeout: 120_000,
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
        await client.flush();
        // A flush that ran before is told to look again, and is over when nothing waits.
        while ((await client.outbox.list("lane")).length > 0) await client.flush();
      }
      const stored = await world.all();
      for (const client of world.clients) {
        await client.discussion.catchUp();
        while (client.discussion.get().older !== null) await client.discussion.loadOlder();
        expect(client.discussion.get().comments).toEqual(stored);
        expect(totalOf(client.discussion.get())).toBe(stored.length);
        const own = stored.filter(({ user }) => user.id === client.actor.userId);
        expect(own.map((comment) => comment.id)).toEqual(client.written);
      }
    }),
    { numRuns: 60 },
  );
});
