import { expect, test } from "vitest";
import type { OutboxEntry } from "../outbox/outbox-store";
import { noteOfEdit, takeBack, toWaitingEdit, underWay } from "./waiting-edit";

const ZO = { key: "3", name: "Zo" };
const entry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ...{ id, userId: 1, lane: "a", path: "/x", body: { content: `Texte ${id}` }, at: 0, refusal: null },
  ...more,
});

test("an entry of the queue is an edit when it says which comment it edits", () => {
  const edit = entry("1", { method: "PUT", note: noteOfEdit("c1", [ZO]) });
  expect(toWaitingEdit(edit)).toEqual({ entry: edit, commentId: "c1", typed: { text: "Texte 1", mentioned: [ZO] } });
  for (const other of [entry("2"), entry("3", { note: { edits: 5 } }), entry("4", { ...edit, body: {} })])
    expect(toWaitingEdit(other)).toBeNull();
});

test("an edit that was refused is not one that the next builds upon", () => {
  const note = noteOfEdit("c1", []);
  const refusal = { code: "EDIT_CONFLICT", message: "" };
  const edits = [entry("1", { note }), entry("2", { note, refusal })].flatMap((one) => toWaitingEdit(one) ?? []);
  expect(underWay(edits).map(({ typed }) => typed.text)).toEqual(["Texte 1"]);
});

test("a text that is put back into its field replaces the comment there, and nothing that was typed", () => {
  const back = { text: "Non envoyé", mentioned: [ZO] };
  const field = (text: string) => ({ text, mentioned: [{ key: "4", name: "Lala" }] });
  for (const text of ["Le commentaire", " ", "Non envoyé"])
    expect(takeBack(field(text), "Le commentaire", back)).toEqual(back);
  expect(takeBack(field("Autre chose"), "Le commentaire", back)).toEqual({
    text: "Non envoyé\n\nAutre chose",
    mentioned: [ZO, { key: "4", name: "Lala" }],
  });
});
