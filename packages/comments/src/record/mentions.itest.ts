import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { keepDraft } from "@mgs/writing/drafts/drafts";
import { describe, expect, it } from "vitest";
import { listCommentDrafts } from "../list-drafts";
import { searchMentionable } from "../search-mentionable";
import { useCommentStage } from "../testing/use-comment-stage";
import { openPrivateThread } from "../threads/private-threads";
import { editComment } from "./edit-comment";

const stage = useCommentStage();
const { subject } = stage;

async function threePeople() {
  return [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg", "comptable"),
  ] as const;
}

describe("a mention", () => {
  it("tells a person once, also when edits name them again, and makes them follow", async () => {
    const [hery, aina, zo] = await threePeople();
    const record = stage.open("1", hery, aina, zo);
    const { id, mentioned } = await stage.post(hery, "1", { content: "@Aina", mentions: [aina.userId, hery.userId] });
    expect(mentioned).toEqual([
      { key: String(aina.userId), name: "Aina" },
      { key: String(hery.userId), name: "Hery" },
    ]);
    // One's own name is no news.
    expect(await stage.notices()).toEqual([{ notice: "mentioned", user_ids: [aina.userId] }]);
    expect([...record.followers]).toEqual([aina.userId]);
    const edit = (content: string, mentions?: unknown) =>
      editComment(stage.deps(), hery, subject, "1", id, { content, ...(mentions ? { mentions } : {}) });
    await edit("@Zo", [zo.userId]);
    await edit("@Zo et @Aina", [zo.userId, String(aina.userId)]);
    expect((await edit("encore")).mentions).toEqual([zo.userId, aina.userId]);
    expect((await stage.notices()).map(({ user_ids }) => user_ids)).toEqual([[aina.userId], [zo.userId]]);
  });

  it("of a role is shown by the name that its author has picked, in their language", async () => {
    const [hery] = await threePeople();
    stage.open("1", hery);
    const mentions = ["role:commercial", "role:comptable"];
    const shown = async (actor: typeof hery, slug: string) => {
      const found = await searchMentionable(stage.deps(), actor, subject, "1", {});
      return found.find(({ key }) => key === `role:${slug}`)?.name ?? "";
    };
    for (const locale of ["fr", "en"] as const) {
      const author = { ...hery, locale };
      const names = [await shown(author, "commercial"), await shown(author, "comptable")];
      const content = `@${names[0]} et @${names[1]}`;
      const { mentioned } = await stage.post(author, "1", { content, mentions });
      expect(mentioned.map(({ name }) => name)).toEqual(names);
      await keepDraft(stage.deps(), author, subject, "1", { content, mentions });
      const [draft] = await listCommentDrafts(stage.deps(), author, subject, "1");
      expect(draft?.mentioned.map(({ name }) => name)).toEqual(names);
    }
  });

  it("of a role and of the followers means those who see the record", async () => {
    const [hery, aina, zo] = await threePeople();
    const record = stage.open("1", hery, aina);
    await stage.post(hery, "1", { content: "x", mentions: ["role:commercial"] });
    record.followers.add(aina.userId).add(zo.userId);
    await stage.post(hery, "1", { content: "x", mentions: ["role:comptable"] });
    await stage.post(hery, "1", { content: "x", mentions: ["suiveurs", aina.userId] });
    expect((await stage.notices()).map(({ user_ids }) => user_ids)).toEqual([[aina.userId], [aina.userId]]);
  });

  it("of an absent person also goes to who stands in, who then follows", async () => {
    const [hery, aina, zo] = await threePeople();
    const record = stage.open("1", hery, aina);
    await stage.database.absence.create({
      data: {
        ...{ id: "0193a000-0000-7000-8000-0000000000a1", userId: aina.userId, substituteId: zo.userId },
        ...{ firstDay: new Date("2026-11-30"), lastDay: new Date("2026-12-04") },
      },
    });
    await stage.post(hery, "1", { content: "x", mentions: [aina.userId] });
    expect(await stage.notices()).toEqual([{ notice: "mentioned", user_ids: [aina.userId, zo.userId] }]);
    expect(record.followers).toEqual(new Set([aina.userId, zo.userId]));
  });

  it("of who may not see the record offers to give access to who may, and changes nothing", async () => {
    const [hery, aina] = await threePeople();
    const record = stage.open("1", hery);
    const post = (grant: readonly number[] = []) =>
      stage.post(hery, "1", { content: "x", mentions: [hery.userId, aina.userId], grant });
    const without = { without_access: [{ id: aina.userId, name: "Aina" }] };
    await expect(post()).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "mentions.1", message: "NO_ACCESS" }],
      data: { ...without, may_grant: false },
    });
    expect(await refusal(post([aina.userId]))).toBe("FORBIDDEN");
    record.granters.add(hery.userId);
    await expect(post()).rejects.toMatchObject({ data: { ...without, may_grant: true } });
    expect(await stage.database.comment.count()).toBe(0);
    await post([aina.userId]);
    expect(record.readers.has(aina.userId)).toBe(true);
    expect(await stage.notices()).toEqual([{ notice: "mentioned", user_ids: [aina.userId] }]);
  });

  it("is refused for nobody, for what is no mention, and for too many", async () => {
    stage.open("1", stage.admin);
    const refused = [
      ...[[999_999], ["999999"], [0], [-1], [1.5], [null], [{}], ["role:"], ["role:nobody"], ["role:A B"], ["tous"]],
      ...["x", 5, {}, Array.from({ length: 51 }, (_, i) => i + 1), Array.from({ length: 10_000 }, () => 1)],
    ];
    for (const mentions of refused)
      expect([mentions, await refusal(stage.post(stage.admin, "1", { content: "x", mentions }))]).toEqual([
        mentions,
        "VALIDATION_ERROR",
      ]);
    expect(await stage.database.comment.count()).toBe(0);
  });
});

describe("who can be named", () => {
  it("are people by name with whether they see the record, roles, and the followers", async () => {
    const [hery, aina, zo] = await threePeople();
    stage.open("1", hery, aina);
    const search = (text: string) => searchMentionable(stage.deps(), hery, subject, "1", { search: text });
    expect(await search("ai")).toEqual([{ key: String(aina.userId), kind: "person", name: "Aina", sees: true }]);
    expect(await search("zo")).toEqual([{ key: String(zo.userId), kind: "person", name: "Zo", sees: false }]);
    const all = await search("");
    expect(all[0]).toEqual({ key: "suiveurs", kind: "followers", name: "suiveurs", sees: true });
    expect((await search("compta")).map(({ key }) => key)).toEqual(["role:comptable"]);
    expect(await refusal(searchMentionable(stage.deps(), zo, subject, "1", {}))).toBe("SESSION_NOT_FOUND");
    expect(await refusal(search("x".repeat(101)))).toBe("VALIDATION_ERROR");
  });

  it("are in a private thread those who take part in it, and nobody else of those who see the record", async () => {
    const [hery, aina, zo] = await threePeople();
    stage.open("1", hery, aina, zo);
    const input = { title: "Relecture", user_ids: [aina.userId] };
    const thread = await openPrivateThread(stage.deps(), hery, subject, "1", input);
    const search = (actor: typeof hery, text: string) =>
      searchMentionable(stage.deps(), actor, subject, "1", { search: text, thread: thread.id });
    expect(await search(hery, "ai")).toMatchObject([{ name: "Aina", sees: true }]);
    expect(await search(hery, "zo")).toMatchObject([{ name: "Zo", sees: false }]);
    expect(await refusal(search(zo, "ai"))).toBe("SUBJECT_NOT_FOUND");
    expect(await refusal(searchMentionable(stage.deps(), hery, subject, "1", { thread: "x" }))).toBe(
      "VALIDATION_ERROR",
    );
  });
});
