import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { keepDraft, MAX_DRAFT_CHARACTERS } from "@mgs/writing/drafts/drafts";
import { DRAFT_DAYS, WRITING_RETENTION } from "@mgs/writing/retention";
import { describe, expect, it } from "vitest";
import { listCommentDrafts } from "./list-drafts";
import { NOON, useCommentStage } from "./testing/use-comment-stage";
import { openPrivateThread } from "./threads/private-threads";

const stage = useCommentStage();
const { subject } = stage;
const REPLY = "reply:0193a000-0000-7000-8000-000000000001";
const keep = (actor: typeof stage.admin, input: unknown) => keepDraft(stage.deps(), actor, subject, "1", input);
const list = async (actor: typeof stage.admin) =>
  (await listCommentDrafts(stage.deps(), actor, subject, "1")).map(({ place, content }) => [place, content]);

describe("a draft", () => {
  it("is its author's on every device, one for each place, until it is emptied", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery, stage.admin);
    await keep(hery, { content: "Il faud" });
    await keep(hery, { content: "Il faudrait", mentions: [stage.admin.userId] });
    const [draft] = await listCommentDrafts(stage.deps(), hery, subject, "1");
    expect(draft?.mentioned).toEqual([{ key: String(stage.admin.userId), name: "Voahangy" }]);
    stage.setNow(new Date("2026-11-30T10:00:00Z"));
    await keep(hery, { place: REPLY, content: "x".repeat(4_000) });
    expect(await list(hery)).toEqual([
      [REPLY, "x".repeat(4_000)],
      ["", "Il faudrait"],
    ]);
    expect(await list(stage.admin)).toEqual([]);
    await keep(hery, { content: "  " });
    expect((await list(hery)).length).toBe(1);
  });

  it("says which comment it answers or edits, so that a page leads there; none of a discussion that its author left", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    stage.open("2", hery);
    const open = await stage.post(aina, "1", "Question");
    const aside = await openPrivateThread(stage.deps(), aina, subject, "1", {
      title: "À part",
      user_ids: [hery.userId],
    });
    const hidden = await stage.post(aina, "1", { content: "Entre nous", thread_id: aside.id });
    const elsewhere = await stage.post(hery, "2", "Ailleurs");
    await keep(hery, { content: "x" });
    for (const { id } of [open, hidden, elsewhere]) await keep(hery, { place: `reply:${id}`, content: "x" });
    const comments = async () => {
      const drafts = await listCommentDrafts(stage.deps(), hery, subject, "1");
      return new Map(drafts.map(({ place, comment }) => [place, comment]));
    };
    const about = (id: string, thread_id: string | null) => ({ id, author: "Aina", thread_id });
    const known = [
      ["", null],
      [`reply:${open.id}`, about(open.id, null)],
      [`reply:${elsewhere.id}`, null],
    ] as const;
    expect(await comments()).toEqual(new Map([...known, [`reply:${hidden.id}`, about(hidden.id, aside.id)]]));
    await stage.database.commentThreadPerson.deleteMany({ where: { threadId: aside.id, userId: hery.userId } });
    expect(await comments()).toEqual(new Map([...known, [`reply:${hidden.id}`, null]]));
  });

  it("goes when it was sent, and stays when its author has typed on since", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery);
    await keep(hery, { content: " Envoyé\n" });
    await stage.post(hery, "1", "Envoyé");
    expect(await list(hery)).toEqual([]);
    const { id } = await stage.post(hery, "1", "Racine");
    await keep(hery, { place: `reply:${id}`, content: "Réponse" });
    await keep(hery, { content: "Réponse, suite" });
    await stage.post(hery, "1", { content: "Réponse", parent_id: id });
    expect(await list(hery)).toEqual([["", "Réponse, suite"]]);
  });

  it("of another device is not overwritten by one that has not seen it, whatever their clocks say", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery);
    const [phone, desk] = [crypto.randomUUID(), crypto.randomUUID()];
    const first = await keep(hery, { content: "Au bureau", writer: desk });
    const seen = first?.version ?? 0;
    // A writer goes on without an answer to what they wrote before: it was lost on its way.
    const again = await keep(hery, { content: "Au bureau, suite", writer: desk });
    expect(again?.version).toBeGreaterThan(seen);
    // The phone's clock is a year ahead, and it has seen the first version alone.
    stage.setNow(new Date("2027-11-30T09:00:00Z"));
    const stale = { content: "Au téléphone", writer: phone, version: seen };
    expect(await refusal(keep(hery, stale))).toBe("EDIT_CONFLICT");
    await keep(hery, { content: "", writer: phone, version: seen });
    expect(await list(hery)).toEqual([["", "Au bureau, suite"]]);
    const next = await keep(hery, { ...stale, version: again?.version });
    stage.setNow(NOON);
    expect(await refusal(keep(hery, { content: "Encore au bureau", writer: desk, version: again?.version }))).toBe(
      "EDIT_CONFLICT",
    );
    expect(await listCommentDrafts(stage.deps(), hery, subject, "1")).toMatchObject([
      { content: "Au téléphone", writer: phone, version: next?.version },
    ]);
    // What was emptied has no version any more: what is typed after it is a draft of its own.
    await keep(hery, { content: "", writer: phone });
    expect((await keep(hery, { content: "Neuf", writer: desk, version: seen }))?.version).toBeGreaterThan(
      next?.version ?? 0,
    );
  });

  it("is one of a hundred on a record at most; each of them is still typed on", async () => {
    stage.open("1", stage.admin);
    const places = Array.from({ length: 100 }, () => `reply:${crypto.randomUUID()}`);
    for (const place of places) await keep(stage.admin, { place, content: "x" });
    expect(await refusal(keep(stage.admin, { content: "un de trop" }))).toBe("CONFLICT");
    for (const place of places.slice(0, 3)) await keep(stage.admin, { place, content: "suite" });
    const kept = await list(stage.admin);
    expect([kept.length, kept.filter(([, content]) => content === "suite").length]).toEqual([100, 3]);
  });

  it("is refused where it belongs nowhere, and to who does not see the record", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", stage.admin);
    const refused = [
      ...[{}, { content: 5 }, { content: "x".repeat(MAX_DRAFT_CHARACTERS + 1) }, { content: "x", place: "ici" }],
      ...[
        { content: "x", writer: "moi" },
        { content: "x", version: -1 },
        { content: "x", version: "1" },
      ],
    ];
    for (const input of refused)
      expect([input, await refusal(keep(stage.admin, input))]).toEqual([input, "VALIDATION_ERROR"]);
    expect(await refusal(keep(hery, {}))).toBe("SESSION_NOT_FOUND");
    expect(await refusal(list(hery))).toBe("SESSION_NOT_FOUND");
  });

  it("is forgotten when nobody has touched it for long", async () => {
    stage.open("1", stage.admin);
    stage.setNow(new Date(Date.now() - (DRAFT_DAYS - 1) * 86_400_000));
    await keep(stage.admin, { content: "récent" });
    stage.setNow(new Date(Date.now() - (DRAFT_DAYS + 1) * 86_400_000));
    await keep(stage.admin, { place: REPLY, content: "vieux" });
    const rule = WRITING_RETENTION.find(({ table }) => table === "comment_drafts");
    expect(await rule?.sweep(stage.database, 100, undefined)).toBe(1);
    expect(await list(stage.admin)).toEqual([["", "récent"]]);
  });
});
