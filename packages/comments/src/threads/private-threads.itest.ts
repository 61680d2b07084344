import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { commentChannels } from "../channels";
import { deleteComment } from "../record/delete-comment";
import { listCommentChanges, listComments } from "../record/list-comments";
import { useCommentStage } from "../testing/use-comment-stage";
import { openThread } from "./open-thread";
import { inviteToThread, listThreads, openPrivateThread } from "./private-threads";

const stage = useCommentStage();
const { subject } = stage;
const open = (actor: typeof stage.admin, input: object) => openPrivateThread(stage.deps(), actor, subject, "1", input);
const mayJoin = async (actor: typeof stage.admin, id: string) => {
  const [rule] = commentChannels([subject]);
  return rule?.authorize({ database: stage.database }, actor, id);
};

describe("a private thread", () => {
  it("is there for its people alone: in lists, pages, changes, the channel and answers", async () => {
    const [hery, aina, zo] = [
      await stage.add("Hery", "h@mgs.mg"),
      await stage.add("Aina", "a@mgs.mg"),
      await stage.add("Zo", "z@mgs.mg", "gestionnaire"),
    ];
    const record = stage.open("1", hery, aina, zo);
    const thread = await open(hery, { title: "Relecture", user_ids: [aina.userId] });
    expect(await stage.notices()).toEqual([{ notice: "invited", user_ids: [aina.userId] }]);
    const secret = await stage.post(hery, "1", { content: "Secret", thread_id: thread.id });
    await stage.post(hery, "1", "Public");
    const readAs = (actor: typeof hery) => listComments(stage.deps(), actor, subject, "1", { thread: thread.id });
    expect((await readAs(aina)).comments).toMatchObject([{ content: "Secret", thread_id: thread.id, place: 1 }]);
    const openOnes = await listComments(stage.deps(), aina, subject, "1", {});
    expect(openOnes).toMatchObject({ comments: [{ content: "Public", place: 1 }], pagination: { total: 1 } });
    // Who moderates the record does not take part either.
    const ways = [
      readAs(zo),
      listCommentChanges(stage.deps(), zo, subject, "1", { after: "0", thread: thread.id }),
      stage.post(zo, "1", { content: "x", thread_id: thread.id }),
      inviteToThread(stage.deps(), zo, subject, "1", thread.id, { user_ids: [zo.userId] }),
    ];
    for (const way of ways) expect(await refusal(way)).toBe("SUBJECT_NOT_FOUND");
    expect(await refusal(deleteComment(stage.deps(), zo, subject, "1", secret.id))).toBe("COMMENT_NOT_FOUND");
    expect(await refusal(stage.post(zo, "1", { content: "x", parent_id: secret.id }))).toBe("COMMENT_NOT_FOUND");
    expect(await listThreads(stage.deps(), zo, subject, "1")).toEqual([]);
    expect([await mayJoin(aina, thread.id), await mayJoin(zo, thread.id), await mayJoin(aina, "x")]).toEqual([
      true,
      false,
      false,
    ]);
    // Whoever loses the record loses its threads.
    record.readers.delete(aina.userId);
    expect(await refusal(readAs(aina))).toBe("SESSION_NOT_FOUND");
    expect(await mayJoin(aina, thread.id)).toBe(false);
  });

  it("lets its people invite others who see the record, and names nobody else in mentions", async () => {
    const [hery, aina, zo] = [
      await stage.add("Hery", "h@mgs.mg"),
      await stage.add("Aina", "a@mgs.mg"),
      await stage.add("Zo", "z@mgs.mg"),
    ];
    const record = stage.open("1", hery, aina);
    record.granters.add(hery.userId);
    const thread = await open(hery, { title: "À deux", user_ids: [] });
    expect(thread.may_invite).toBe(true);
    const invite = (id: number) => inviteToThread(stage.deps(), hery, subject, "1", thread.id, { user_ids: [id] });
    expect(await refusal(invite(zo.userId))).toBe("VALIDATION_ERROR");
    const mention = (id: number) =>
      stage.post(hery, "1", { content: "x", mentions: [id], thread_id: thread.id, grant: [] });
    await expect(mention(aina.userId)).rejects.toMatchObject({ data: { may_grant: false } });
    expect((await invite(aina.userId)).people.map(({ name }) => name).sort()).toEqual(["Aina", "Hery"]);
    await mention(aina.userId);
    expect((await stage.notices()).map(({ notice }) => notice)).toEqual(["invited", "mentioned"]);
  });

  it("that another domain opens is for named people and for those of a role", async () => {
    const [hery, zo] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Zo", "z@mgs.mg", "comptable")];
    stage.open("1", hery, zo);
    const id = await stage.database.$transaction((tx) =>
      openThread(tx, {
        ...{ subject: { type: subject.type, id: "1" }, title: "Avis", userIds: [hery.userId, hery.userId] },
        ...{ roles: ["comptable"], createdBy: null, at: new Date() },
      }),
    );
    await stage.post(zo, "1", { content: "Favorable", thread_id: id });
    const roles = [{ slug: "comptable", name: "Comptable" }];
    expect(await listThreads(stage.deps(), hery, subject, "1")).toMatchObject([{ title: "Avis", roles }]);
    expect(await stage.notices()).toEqual([]);
  });
});
