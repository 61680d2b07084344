import type { BatchJob } from "@mgs/identity/batches/show-batch-job";
import { expect, test } from "vitest";
import { consoleTexts } from "../console/texts";
import { batchJobProgress, batchJobTitle } from "./batch-job-texts";

const french = consoleTexts("fr", "Indian/Antananarivo");
const english = consoleTexts("en", "Indian/Antananarivo");
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

const people = { kind: "people", act: null, role: null, from: null, to: null } as const;
const from = { id: 4, name: "Onja" };

test.each<[Pick<BatchJob, "kind" | "act" | "role" | "from" | "to">, string, string]>([
  [{ ...people, act: "disable" }, "Désactivation de comptes", "Accounts disabled"],
  [
    { ...people, act: "change-role", role: { fr: "Comptable", en: "Accountant" } },
    "Rôle donné : Comptable",
    "Role given: Accountant",
  ],
  [
    { ...people, kind: "hand-over", from, to: { id: 5, name: "Haja" } },
    "Reprise, d’Onja à Haja",
    "Hand-over from Onja to Haja",
  ],
  [
    { ...people, kind: "hand-over", from: { id: 4, name: null }, to: from },
    "Reprise, d’un compte supprimé (n° 4) à Onja",
    "Hand-over from a deleted account (no. 4) to Onja",
  ],
  [{ ...people, kind: "import" }, "Import de personnes", "Import of people"],
])("%j is named by what it does", (job, fr, en) => {
  expect(plain(batchJobTitle(french, job))).toBe(fr);
  expect(batchJobTitle(english, job)).toBe(en);
});

test.each<[string, number, number, number, string]>([
  ["people", 0, 0, 12, "Aucune personne traitée sur 12"],
  ["people", 1, 1, 2, "1 personne traitée sur 2, 1 laissée de côté"],
  ["people", 1_200, 3, 1_203, "1 200 personnes traitées sur 1 203, 3 laissées de côté"],
  ["import", 2, 0, 2, "2 lignes traitées sur 2"],
  ["hand-over", 1, 0, 1, "1 élément confié sur 1"],
])("of %s: %d done, %d left out, of %d", (kind, done, skipped, total, text) => {
  expect(plain(batchJobProgress(french, { kind, done, skipped, total, finished: true }))).toBe(text);
});

test("a departure of somebody who held nothing says so once it has ended", () => {
  const job = { kind: "hand-over", done: 0, skipped: 0, total: 0 };
  expect(batchJobProgress(french, { ...job, finished: true })).toBe(
    "Le compte a été désactivé. Il n’y avait rien à confier.",
  );
  expect(batchJobProgress(french, { ...job, finished: false })).toBe("Aucun élément confié sur 0");
});
