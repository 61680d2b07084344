import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { expect, it } from "vitest";
import { reportComment } from "../moderation/report-comment";
import { COMMENT_RETENTION } from "../retention";
import { NOON, useCommentStage } from "../testing/use-comment-stage";
import { inviteToThread, openPrivateThread } from "../threads/private-threads";
import { ACT_LIMITS, type LimitedAct } from "./act-limit";
import { editComment } from "./edit-comment";
import { reactToComment } from "./react";
import { resolveThread } from "./resolve-thread";

const stage = useCommentStage();
const { subject } = stage;
type Person = typeof stage.admin;

/** A comment of a person on each of some records, which are all open to them. */
async function writeOn(records: readonly string[], person: Person, ...others: Person[]): Promise<Map<string, string>> {
  const comments = new Map<string, string>();
  for (const record of records) {
    stage.open(record, person, ...others);
    comments.set(record, (await stage.post(person, record, "Début")).id);
  }
  return comments;
}

/** Does an act for the n-th time, so that it changes something each time. */
const DO: { [act in LimitedAct]: (person: Person, record: string, comment: string, n: number) => Promise<unknown> } = {
  post: (person, record, _, n) => stage.post(person, record, `n° ${n}`),
  edit: (person, record, comment, n) =>
    editComment(stage.deps(), person, subject, record, comment, { content: `n° ${n}` }),
  react: (person, record, comment, n) =>
    reactToComment(stage.deps(), person, subject, record, comment, { emoji: "👍", on: n % 2 === 0 }),
  resolve: (person, record, comment, n) =>
    resolveThread(stage.deps(), person, subject, record, comment, { resolved: n % 2 === 0 }),
  report: async (person, record, _, n) => {
    const id = crypto.randomUUID();
    const at = {
      discussion: `session:${record}`,
      subjectType: "session",
      subjectId: record,
      place: 100 + n,
      seq: 100 + n,
    };
    await stage.database.comment.create({ data: { ...at, id, authorId: person.userId, content: "x" } });
    await reportComment(stage.deps(), person, subject, record, id, { reason: "Hors sujet" }).finally(async () => {
      if ((await stage.database.commentReport.count({ where: { commentId: id } })) === 0)
        await stage.database.comment.delete({ where: { id } });
    });
  },
  invite: (person, record) =>
    openPrivateThread(stage.deps(), person, subject, record, { title: "À part", user_ids: [] }),
};
const limited = (retryAfter: number) => ({ code: "RATE_LIMITED", retryAfter });

it.each(Object.keys(ACT_LIMITS) as LimitedAct[])("%s is limited on one record, and on all of a person", async (act) => {
  const { onRecord, onAll } = ACT_LIMITS[act];
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  const records = ["1", "2", "3", "4"];
  const comments = await writeOn(records, hery, aina);
  const theirs = await writeOn(["9"], aina);
  // What was written to begin with is no longer counted.
  const start = NOON.getTime() + 120_000;
  stage.setNow(new Date(start));
  const done = new Map<string, number>();
  async function actOn(record: string): Promise<void> {
    const n = done.get(record) ?? 0;
    await DO[act](hery, record, comments.get(record) ?? "", n);
    done.set(record, n + 1);
  }

  for (let i = 0; i < onRecord; i++) await actOn("1");
  stage.setNow(new Date(start + 15_000));
  const seen = await stage.database.comment.findMany({ orderBy: { id: "asc" }, include: { reactions: true } });
  await expect(actOn("1")).rejects.toMatchObject(limited(45));
  // A refusal changes nothing, and does not count.
  expect(await stage.database.comment.findMany({ orderBy: { id: "asc" }, include: { reactions: true } })).toEqual(seen);
  for (let i = onRecord; i < onAll; i++) await actOn(records[Math.floor(i / onRecord)] ?? "4");
  await expect(actOn("4")).rejects.toMatchObject(limited(45));
  expect(await refusal(DO[act](aina, "9", theirs.get("9") ?? "", 0))).toBe("done");
  // The first have left the minute, the others have not.
  stage.setNow(new Date(start + 60_000));
  expect(await refusal(actOn("1"))).toBe("done");
  stage.setNow(new Date(start + 75_000));
  for (let i = 0; i < onRecord - 1; i++) await actOn("1");
  expect(await refusal(actOn("1"))).toBe("RATE_LIMITED");
});

it("what changes nothing or is refused costs nothing, also of 30 at once, and a private thread has no limit of its own", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg");
  const comment = (await writeOn(["1"], hery)).get("1") ?? "";
  const edit = (content: string) => editComment(stage.deps(), hery, subject, "1", comment, { content });
  for (let i = 0; i < 30; i++) await edit("Début");
  for (let i = 0; i < 30; i++) expect(await refusal(edit(""))).toBe("VALIDATION_ERROR");
  const stranger = 999_999;
  for (let i = 0; i < 30; i++)
    expect(
      await refusal(
        editComment(stage.deps(), hery, subject, "1", comment, { content: `@x ${i}`, mentions: [stranger] }),
      ),
    ).toBe("VALIDATION_ERROR");
  const edits = await Promise.all(Array.from({ length: 30 }, (_, i) => refusal(edit(`${i}`))));
  expect(edits.filter((one) => one === "done")).toHaveLength(ACT_LIMITS.edit.onRecord);
  const aside = await openPrivateThread(stage.deps(), hery, subject, "1", { title: "À part", user_ids: [] });
  const { id } = await stage.post(hery, "1", { content: "à part", thread_id: aside.id });
  expect(await refusal(editComment(stage.deps(), hery, subject, "1", id, { content: "encore" }))).toBe("RATE_LIMITED");
});

it("an invitation counts as the opening of a private discussion does, and one of nobody new costs nothing", async () => {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  stage.open("1", hery, aina);
  const open = () => openPrivateThread(stage.deps(), hery, subject, "1", { title: "À part", user_ids: [] });
  const { id } = await open();
  const invite = (...user_ids: number[]) => inviteToThread(stage.deps(), hery, subject, "1", id, { user_ids });
  for (let i = 0; i < 30; i++) await invite(hery.userId);
  for (let i = 1; i < ACT_LIMITS.invite.onRecord; i++) await open();
  await expect(invite(aina.userId)).rejects.toMatchObject(limited(60));
  expect(await stage.notices()).toEqual([]);
});

it("the times are forgotten when nobody needs them any more", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg");
  stage.open("1", hery);
  stage.setNow(new Date(Date.now() - 2 * 60 * 60 * 1_000));
  await stage.post(hery, "1", "vieux");
  stage.open("2", stage.admin);
  stage.setNow(new Date());
  await stage.post(stage.admin, "2", "récent");
  const rule = COMMENT_RETENTION.find(({ table }) => table === "comment_act_times");
  expect(await rule?.sweep(stage.database, 100, undefined)).toBe(2);
  expect((await stage.database.commentActTimes.findMany()).map(({ userId, place }) => [userId, place])).toEqual([
    [stage.admin.userId, "session:2"],
    [stage.admin.userId, ""],
  ]);
});
