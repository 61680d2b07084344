import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { deleteComment, restoreComment } from "../record/delete-comment";
import { editComment } from "../record/edit-comment";
import { listComments } from "../record/list-comments";
import { useCommentStage } from "../testing/use-comment-stage";
import { openPrivateThread } from "../threads/private-threads";
import { listWords, saveWords } from "./comment-words";
import { hideComment } from "./hide-comment";
import { listReports, reportComment, settleReports } from "./report-comment";

const stage = useCommentStage();
const { subject } = stage;
const events = async (action: string) => await stage.database.auditEvent.findMany({ where: { action } });
const staff = async () => ({
  hery: await stage.add("Hery", "h@mgs.mg"),
  aina: await stage.add("Aina", "a@mgs.mg"),
  lead: await stage.add("Lala", "l@mgs.mg", "gestionnaire"),
});

describe("a hidden comment", () => {
  it("is read by moderators alone, with a reason for all, and the audit trail keeps what it said", async () => {
    const { hery, aina, lead } = await staff();
    stage.open("1", hery, aina, lead);
    const { id } = await stage.post(hery, "1", "Numéro de carte 1234");
    const hide = (actor: typeof hery, input: object) => hideComment(stage.deps(), actor, subject, "1", id, input);
    expect(await refusal(hide(aina, { hidden: true, reason: "x" }))).toBe("FORBIDDEN");
    expect(await refusal(hide(hery, { hidden: true, reason: "x" }))).toBe("FORBIDDEN");
    expect(await refusal(hide(lead, { hidden: true, reason: " " }))).toBe("VALIDATION_ERROR");
    const reason = "Données personnelles";
    expect(await hide(lead, { hidden: true, reason })).toMatchObject({ content: "Numéro de carte 1234", seq: 2 });
    const read = async (actor: typeof hery) => (await listComments(stage.deps(), actor, subject, "1", {})).comments[0];
    expect(await read(aina)).toMatchObject({ content: "", hidden: { reason } });
    expect(await read(lead)).toMatchObject({ content: "Numéro de carte 1234", hidden: { reason } });
    expect(await refusal(editComment(stage.deps(), hery, subject, "1", id, { content: "x" }))).toBe("FORBIDDEN");
    expect(await events("comment.hidden")).toMatchObject([
      { subject: id, userId: hery.userId, details: { reason, content: "Numéro de carte 1234" } },
    ]);
    expect(await hide(lead, { hidden: false })).toMatchObject({ hidden: null, seq: 3 });
    expect((await events("comment.shown")).length).toBe(1);
    expect((await read(aina))?.content).toBe("Numéro de carte 1234");
  });
});

describe("a report", () => {
  it("of a comment that a moderator deletes is settled; that of one that its author deletes waits until it is back", async () => {
    const { hery, aina, lead } = await staff();
    stage.open("1", hery, aina, lead);
    const [first, second] = [await stage.post(hery, "1", "Un"), await stage.post(hery, "1", "Deux")];
    const at = [stage.deps(), aina, subject, "1"] as const;
    for (const { id } of [first, second]) await reportComment(...at, id, { reason: "Hors sujet" });
    const listed = async () => (await listReports(stage.deps(), lead, [subject])).map(({ comment }) => comment.content);
    expect(await listed()).toHaveLength(2);
    await deleteComment(stage.deps(), lead, subject, "1", first.id);
    expect(await listed()).toEqual(["Deux"]);
    await deleteComment(stage.deps(), hery, subject, "1", second.id);
    expect(await listed()).toEqual([]);
    await restoreComment(stage.deps(), lead, subject, "1", first.id);
    await restoreComment(stage.deps(), hery, subject, "1", second.id);
    expect(await listed()).toEqual(["Deux"]);
  });

  it("reaches the moderators who see the record, once from each person, until it is settled", async () => {
    const { hery, aina, lead } = await staff();
    const other = await stage.add("Zo", "z@mgs.mg", "direction");
    stage.open("1", hery, aina, lead);
    const { id } = await stage.post(hery, "1", "Zut");
    const report = (reason: string) => reportComment(stage.deps(), aina, subject, "1", id, { reason });
    expect(await refusal(report(""))).toBe("VALIDATION_ERROR");
    await report("Grossier");
    await report("Vraiment");
    expect(await stage.notices()).toEqual([{ notice: "reported", user_ids: [lead.userId] }]);
    const list = (actor: typeof hery) => listReports(stage.deps(), actor, [subject]);
    expect(await list(lead)).toMatchObject([
      { reason: "Grossier", reported_by: "Aina", comment: { id, content: "Zut" }, subject: { title: "Séance 1" } },
    ]);
    expect(await list(other)).toEqual([]);
    expect(await refusal(list(aina))).toBe("FORBIDDEN");
    const settle = (actor: typeof hery) => settleReports(stage.deps(), actor, subject, "1", id);
    expect(await refusal(settle(aina))).toBe("FORBIDDEN");
    await settle(lead);
    await settle(lead);
    expect(await list(lead)).toEqual([]);
    expect((await events("comment.report-settled")).length).toBe(1);
  });
});

describe("a report in a private thread", () => {
  it("shows its comment to the moderators of the record, and nothing else of the thread", async () => {
    const { hery, aina, lead } = await staff();
    const other = await stage.add("Zo", "z@mgs.mg", "direction");
    stage.open("1", hery, aina, lead);
    const input = { title: "À deux", user_ids: [aina.userId] };
    const thread = await openPrivateThread(stage.deps(), hery, subject, "1", input);
    const post = (content: string) => stage.post(hery, "1", { content, thread_id: thread.id });
    const [rude, secret] = [await post("Zut"), await post("Le code est 1234")];
    const hide = (actor: typeof hery, id: string) =>
      hideComment(stage.deps(), actor, subject, "1", id, { hidden: true, reason: "Grossier" });
    expect(await refusal(hide(lead, rude.id))).toBe("COMMENT_NOT_FOUND");
    await reportComment(stage.deps(), aina, subject, "1", rude.id, { reason: "Grossier" });
    expect((await stage.notices()).at(-1)).toEqual({ notice: "reported", user_ids: [lead.userId] });
    const list = (actor: typeof hery) => listReports(stage.deps(), actor, [subject]);
    expect(await list(lead)).toMatchObject([{ comment: { id: rude.id, content: "Zut", thread_id: thread.id } }]);
    expect(await list(other)).toEqual([]);
    for (const id of [secret.id, "x"]) expect(await refusal(hide(lead, id))).toBe("COMMENT_NOT_FOUND");
    expect(await refusal(hide(other, rude.id))).toBe("SESSION_NOT_FOUND");
    expect(await refusal(hide(hery, rude.id))).toBe("FORBIDDEN");
    const ofThread = (actor: typeof hery) => listComments(stage.deps(), actor, subject, "1", { thread: thread.id });
    expect(await refusal(ofThread(lead))).toBe("SUBJECT_NOT_FOUND");
    await hide(lead, rude.id);
    expect((await ofThread(aina)).comments.map(({ content }) => content)).toEqual(["Le code est 1234", ""]);
    expect(await list(lead)).toEqual([]);
    expect((await events("comment.hidden")).map(({ details }) => details)).toContainEqual({
      ...{ reason: "Grossier", content: "Zut" },
    });
  });
});

describe("words that no comment may have", () => {
  it("are kept by administrators, and refused however they are written", async () => {
    const { hery, lead } = await staff();
    stage.open("1", hery);
    expect(await refusal(saveWords(stage.deps(), lead, { words: ["zut"] }))).toBe("FORBIDDEN");
    expect(await refusal(listWords(stage.deps(), lead))).toBe("FORBIDDEN");
    expect(await saveWords(stage.deps(), stage.admin, { words: ["Zût", "zut", "mot interdit"] })).toEqual([
      "mot interdit",
      "zut",
    ]);
    for (const content of ["ZUT !", "c’est zût", "**zut**", "z\u200but", "un Mot\u00a0interdît"])
      await expect(stage.post(hery, "1", content)).rejects.toMatchObject({
        details: [{ path: "content", message: "FORBIDDEN_WORD" }],
      });
    for (const content of ["un mot", "interdit", "des mots interdits"]) await stage.post(hery, "1", content);
    const { id } = await stage.post(hery, "1", "zutique");
    expect(await refusal(editComment(stage.deps(), hery, subject, "1", id, { content: "zut" }))).toBe(
      "VALIDATION_ERROR",
    );
    await saveWords(stage.deps(), stage.admin, { words: ["mot"] });
    await saveWords(stage.deps(), stage.admin, { words: ["mot"] });
    await stage.post(hery, "1", "zut");
    expect((await events("comment-words.changed")).map(({ details }) => details)).toEqual([
      { added: ["mot interdit", "zut"], removed: [] },
      { added: ["mot"], removed: ["mot interdit", "zut"] },
    ]);
  });
});
