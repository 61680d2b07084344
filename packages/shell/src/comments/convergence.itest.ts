import type { CommentDto } from "@mgs/comments/contract/comment";
import { totalOf } from "@mgs/comments/contract/discussion-state";
import { openDiscussionKey } from "@mgs/comments/discussion-keys";
import { deleteComment, restoreComment } from "@mgs/comments/record/delete-comment";
import { editComment } from "@mgs/comments/record/edit-comment";
import { listCommentChanges, listComments } from "@mgs/comments/record/list-comments";
import { postComment } from "@mgs/comments/record/post-comment";
import { reactToComment } from "@mgs/comments/record/react";
import { resolveThread } from "@mgs/comments/record/resolve-thread";
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
type EventFate = "arrives" | "cut" | "lost" | "doubled";
const ACTS = ["answer", "edit", "delete", "restore", "react", "resolve"] as const;
type Act = (typeof ACTS)[number];
type Step =
  | { do: "write" | "older" | "reload" | "away" | "back"; who: number }
  /** Something is done to the n-th of the comments that the client shows, the newest first. */
  | { do: Act; who: number; which: number }
  /** The n-th of the events on their way arrives whole or cut, is lost, or arrives and stays on its way. */
  | { do: "event"; who: number; which: number; fate: EventFate }
  | { do: "fate"; who: number; fate: Fate };

const who = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("write" as const), who }) },
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ do: fc.constant("event" as const), who, which: fc.nat({ max: 5 }) },
      fate: fc.constantFrom<EventFate>("arrives", "arrives", "cut", "lost", "doubled"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant("fate" as const), who },
      fate: fc.constantFrom<Fate>("lost", "answer-lost", "doubled", "well"),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constantFrom(...ACTS), who, which: fc.nat({ max: 7 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("older", "reload", "away", "back"), who }) },
);

let runs = 0;
/** Acts that changed something in some run. */
const done = new Set<Act>();

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
        ...{ written: [] as string[], edited: [] as string[] },
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
          async send({ method, path, body }): Promise<SendResult> {
            const later = { kind: "later", afterMs: null } as const;
            const { fate } = client;
            client.fate = "well";
            if (client.away || fate === "lost") return later;
            now += 4_000;
            stage.setNow(new Date(now));
            const times = fate === "doubled" ? 2 : 1;
            const call = async () =>
              method === "PUT"
                ? { comment: await editComment(stage.deps(), actor, subject, id, path, body), repeated: false }
                : postComment(stage.deps(), actor, subject, id, body);
            const answers = await Promise.all(Array.from({ length: times }, call)).catch(toRefusal);
            if ("code" in answers) return { kind: "refused", refusal: { code: answers.code, message: "" } };
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
          onSent({ method, path }, comment) {
            if (method === "PUT") client.edited.push(path);
            void client.discussion.hear(comment as CommentDto);
          },
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

  async function write(client: Client, more: { parent_id?: string } = {}): Promise<void> {
    const uuid = crypto.randomUUID();
    client.written.push(uuid);
    const body = { id: uuid, content: uuid, ...more };
    await client.outbox.add({ id: uuid, lane: "lane", path: "", body, at: now });
    const flushed = client.flush();
    if (!client.away) await flushed;
  }

  /** Edits a comment: the text that an edit before it will leave, where one waits, else the one that is shown. */
  async function edit(client: Client, { id: path, content }: CommentDto): Promise<void> {
    const waiting = (await client.outbox.list("lane")).filter((one) => one.path === path && one.refusal === null);
    const previous = String(waiting.at(-1)?.body.content ?? content);
    const body = { content: `${previous}'`, previous };
    await client.outbox.add({ id: crypto.randomUUID(), lane: "lane", method: "PUT", path, body, at: now });
    done.add("edit");
    const flushed = client.flush();
    if (!client.away) await flushed;
  }

  /** Does something to a comment as the client knows it: what became impossible meanwhile is refused, and changes nothing. */
  async function act(client: Client, what: Act, which: number): Promise<void> {
    const shown = client.discussion.get().comments.toReversed();
    const { actor } = client;
    const isOwn = ({ user }: CommentDto) => user.id === actor.userId;
    const fits = shown.filter((one) => {
      if (what === "edit" || what === "delete") return isOwn(one) && one.deleted_at === null;
      if (what === "restore") return isOwn(one) && one.deleted_at !== null;
      return what === "resolve" ? one.parent_id === null : one.deleted_at === null;
    });
    const one = fits[which % Math.max(1, fits.length)];
    if (!one) return;
    if (what === "answer") return write(client, { parent_id: one.id });
    if (what === "edit") return edit(client, one);
    if (client.away) return;
    const has = one.reactions.some(({ user_ids }) => user_ids.includes(actor.userId));
    const at = [stage.deps(), actor, subject, id, one.id] as const;
    const ways = {
      delete: () => deleteComment(...at),
      restore: () => restoreComment(...at),
      react: () => reactToComment(...at, { emoji: "👍", on: !has }),
      resolve: () => resolveThread(...at, { resolved: one.resolved === null }),
    };
    const changed = await ways[what]().catch(toRefusal);
    if ("code" in changed) return;
    done.add(what);
    tell(changed);
    // The answer to one's own act is heard as an event is.
    await client.discussion.hear(changed);
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
    /** What the tables say, past all that the clients share. */
    rows: () =>
      stage.database.comment.findMany({
        where: { discussion: openDiscussionKey(subject.type, id) },
        include: { reactions: true },
        orderBy: { place: "asc" },
      }),
    all: async () => {
      const [person] = people;
      if (!person) throw new Error("nobody is there");
      return (await listComments(stage.deps(), person, subject, id, { limit: "100" })).comments.toReversed();
    },
    async take(one: Step): Promise<void> {
      const client = clients[one.who];
      if (!client) return;
      if (one.do === "write") await write(client);
      else if (one.do === "event") {
        const mail = mails[one.who] ?? [];
        const event = mail[one.which % Math.max(1, mail.length)];
        if (!event) return;
        if (one.fate !== "doubled") mail.splice(mail.indexOf(event), 1);
        const cut = { mentions: [], mentioned: [], reactions: [], truncated: true };
        if (one.fate !== "lost" && !client.away)
          await client.discussion.hear(one.fate === "cut" ? { ...event, ...cut } : event);
      } else if (one.do === "fate") client.fate = one.fate;
      else if (one.do === "older") await client.discussion.loadOlder().catch(() => undefined);
      else if (one.do === "reload" && !client.away) client.discussion = await client.open();
      else if (one.do === "away") client.away = true;
      else if (one.do === "back") await back(client);
      else if ("which" in one) await act(client, one.do, one.which);
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
        while ((await client.outbox.list("lane")).some(({ refusal }) => refusal === null)) await client.flush();
      }
      const stored = await world.all();
      const rows = await world.rows();
      expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
      for (const client of world.clients) {
        await client.discussion.catchUp();
        while (client.discussion.get().older !== null) await client.discussion.loadOlder();
        expect(client.discussion.get().comments).toEqual(stored);
        expect(client.discussion.get().comments.map(toFacts)).toEqual(rows.map(toRowFacts));
        expect(totalOf(client.discussion.get())).toBe(rows.length);
        const own = stored.filter(({ user }) => user.id === client.actor.userId);
        expect(own.map((comment) => comment.id)).toEqual(client.written);
        // Each edit that the server took was made once.
        const edits = Map.groupBy(client.edited, (edited) => edited);
        for (const { id, content, isDeleted } of own.map(toFacts))
          if (!isDeleted) expect(content).toBe(id + "'".repeat(edits.get(id)?.length ?? 0));
      }
    }),
    { numRuns: 60 },
  );
  expect([...done].sort()).toEqual(["delete", "edit", "react", "resolve", "restore"]);
});

/** What became impossible meanwhile is refused. @throws any other error */
function toRefusal(error: { code?: string }): { code: string } {
  if (error.code !== "COMMENT_NOT_FOUND" && error.code !== "FORBIDDEN") throw error;
  return { code: error.code };
}

/** What a client shows of a comment, in the words of its row. */
const toFacts = ({ id, content, parent_id, seq, deleted_at, edited_at, resolved, reactions }: CommentDto) => ({
  ...{ id, content, parentId: parent_id, seq, isDeleted: deleted_at !== null, isEdited: edited_at !== null },
  ...{ isResolved: resolved !== null, reactions: reactions.flatMap(({ user_ids }) => user_ids).sort((a, b) => a - b) },
});

type Row = Awaited<ReturnType<Awaited<ReturnType<typeof createWorld>>["rows"]>>[number];
const toRowFacts = ({ id, content, parentId, seq, deletedAt, editedAt, resolvedAt, reactions }: Row) => ({
  ...{ id, content: deletedAt === null ? content : "", parentId, seq: Number(seq), isDeleted: deletedAt !== null },
  ...{ isEdited: editedAt !== null, isResolved: resolvedAt !== null },
  reactions: reactions.map(({ userId }) => userId).sort((a, b) => a - b),
});
