import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { COMMENT_RETENTION, DRAFT_DAYS } from "../retention";
import { useCommentStage } from "../testing/use-comment-stage";
import { keepDraft, listDrafts } from "./drafts";

const stage = useCommentStage();
const { subject } = stage;
const REPLY = "reply:0193a000-0000-7000-8000-000000000001";
const keep = (actor: typeof stage.admin, input: unknown) => keepDraft(stage.deps(), actor, subject, "1", input);
const list = async (actor: typeof stage.admin) =>
  (await listDrafts(stage.deps(), actor, subject, "1")).map(({ place, content }) => [place, content]);

describe("a draft", () => {
  it("is its author's on every device, one for each place, until it is emptied", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery, stage.admin);
    await keep(hery, { content: "Il faud" });
    await keep(hery, { content: "Il faudrait", mentions: [stage.admin.userId] });
    const [draft] = await listDrafts(stage.deps(), hery, subject, "1");
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

  it("is refused where it belongs nowhere, and to who does not see the record", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", stage.admin);
    const refused = [{}, { content: 5 }, { content: "x".repeat(4_001) }, { content: "x", place: "ici" }];
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
    const rule = COMMENT_RETENTION.find(({ table }) => table === "comment_drafts");
    expect(await rule?.sweep(stage.database, 100, undefined)).toBe(1);
    expect(await list(stage.admin)).toEqual([["", "récent"]]);
  });
});
