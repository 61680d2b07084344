import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { ringBell } from "@mgs/notifications/ring-bell";
import { EVENTS } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { beforeEach, describe, expect, it } from "vitest";
import { commentAsyncApi } from "../channels.asyncapi";
import type { CommentDto } from "../contract/comment";
import { comments } from "../module";
import { deleteComment } from "../record/delete-comment";
import { editComment } from "../record/edit-comment";
import { postComment } from "../record/post-comment";
import { useCommentStage } from "../testing/use-comment-stage";
import { openPrivateThread } from "../threads/private-threads";
import { fitIntoEvent } from "./announce-comment";

const stage = useCommentStage();
const { subject } = stage;
const docs = commentAsyncApi([subject]);
type Sent = { channel: string; event: string; data: Partial<CommentDto>; except: string | undefined };
let sent: Sent[] = [];
let worker: ReturnType<typeof createMailWorker>;
beforeEach(async () => {
  sent = [];
  await stage.database.$executeRaw`TRUNCATE notifications, inboxes, idempotency_keys CASCADE`;
  const { database } = stage;
  const enqueuer = { enqueue: async () => true, close: async () => undefined };
  const trigger = async (channel: string, event: string, data: object | string, except?: string) => {
    checkEvent(docs, channel, event, data);
    sent.push({ channel, event, data: data as Partial<CommentDto>, except });
  };
  worker = createMailWorker(database, comments([subject], { isInvisible: async () => false }).outbox ?? [], {
    ringBell: (message) => ringBell({ database, enqueuer }, message),
    publisher: { trigger } as never,
  });
});
const told = () => sent.map(({ channel, event, data }) => [channel, event, data.content]);

describe("events", () => {
  it("tell each change on the record's channel, except the tab that made it, as it stands", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery);
    const tab = { socketId: "12.34" };
    const { comment } = await postComment(stage.deps(), hery, subject, "1", { content: "Un" }, tab);
    await worker.deliver();
    await editComment(stage.deps(), hery, subject, "1", comment.id, { content: "Deux" });
    await worker.deliver();
    await deleteComment(stage.deps(), hery, subject, "1", comment.id);
    await worker.deliver();
    const channel = "private-sport-session.1";
    // What is not public is told on the channel of older clients by its id alone.
    expect(told()).toEqual([
      [channel, EVENTS.commentCreated, "Un"],
      ["sport-session.1", EVENTS.commentCreated, undefined],
      [channel, EVENTS.commentUpdated, "Deux"],
      ["sport-session.1", EVENTS.commentUpdated, undefined],
      [channel, EVENTS.commentDeleted, ""],
      ["sport-session.1", EVENTS.commentDeleted, undefined],
    ]);
    expect(sent[0]?.except).toBe("12.34");
    expect(sent[0]?.data).toEqual(comment);
    expect(sent[1]?.data).toEqual({ id: comment.id, seq: 1 });
  });

  it("of a public session carry the whole comment where no authorization is needed", async () => {
    stage.open("open", stage.admin);
    await stage.post(stage.admin, "open", "À tous");
    await worker.deliver();
    expect(told()).toEqual([
      ["private-sport-session.open", EVENTS.commentCreated, "À tous"],
      ["sport-session.open", EVENTS.commentCreated, "À tous"],
    ]);
  });

  it("of a private thread go to its own channel alone", async () => {
    stage.open("open", stage.admin);
    const thread = await openPrivateThread(stage.deps(), stage.admin, subject, "open", { title: "x", user_ids: [] });
    await stage.post(stage.admin, "open", { content: "Secret", thread_id: thread.id });
    await worker.deliver();
    expect(told()).toEqual([[`private-comment-thread.${thread.id}`, EVENTS.commentCreated, "Secret"]]);
  });

  it("stay under 9 kB, however long the comment and however many react", async () => {
    stage.open("1", stage.admin);
    const whole = await stage.post(stage.admin, "1", "𝕏".repeat(1_000));
    expect(fitIntoEvent(whole)).toBe(whole);
    const userIds = Array.from({ length: 2_000 }, (_, i) => 1_000_000 + i);
    const crowded = { ...whole, reactions: [{ emoji: "👍", user_ids: userIds }] };
    const escaped = await stage.post(stage.admin, "1", `a${"\u0001".repeat(998)}b`);
    const wide = { ...escaped, content: `${"\u0001".repeat(3_000)}` };
    for (const comment of [crowded, wide]) {
      const event = fitIntoEvent(comment);
      expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(9_000);
      expect(event).toMatchObject({ id: comment.id, seq: comment.seq, truncated: true });
    }
  });
});

describe("notices", () => {
  it("reach the mentioned once, by bell and mail, with the place of the comment; not who has lost the record", async () => {
    const [hery, aina, zo] = [
      await stage.add("Hery", "h@mgs.mg"),
      await stage.add("Aina", "a@mgs.mg"),
      await stage.add("Zo", "z@mgs.mg"),
    ];
    const record = stage.open("1", hery, aina, zo);
    const { id } = await stage.post(hery, "1", { content: "Voyez", mentions: [aina.userId, zo.userId] });
    record.readers.delete(zo.userId);
    await worker.deliver();
    await worker.deliverAgain();
    expect(await stage.database.notification.findMany()).toMatchObject([
      {
        ...{ userId: aina.userId, type: "comment.mentioned", titre: "Hery vous mentionne" },
        ...{ source: "gestion-dossier", url: `/seances/1#comment-${id}` },
        message: expect.stringMatching(/^Dans un commentaire sur «.Séance 1.».:\n\nVoyez$/),
      },
    ]);
    expect(await stage.database.outbox.count({ where: { kind: "notification.email" } })).toBe(1);
  });

  it("of a comment that is deleted meanwhile reach nobody", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    stage.open("1", stage.admin, aina);
    const { id } = await stage.post(stage.admin, "1", { content: "x", mentions: [aina.userId] });
    await deleteComment(stage.deps(), stage.admin, subject, "1", id);
    await worker.deliver();
    expect(await stage.database.notification.count()).toBe(0);
  });
});
