import type { UserActor } from "@mgs/core/actor";
import { beforeEach, expect, it } from "vitest";
import { editDossiers } from "../bulk/edit-dossiers";
import { answerOpinion, withdrawOpinion } from "../opinions/answer-opinion";
import { askOpinion } from "../opinions/ask-opinion";
import { giveAccess, takeAccess } from "../people/change-access";
import { askPiece, changePiece } from "../pieces/change-pieces";
import { listPieces } from "../pieces/list-pieces";
import { editDossier } from "../record/edit-dossier";
import { openDossier } from "../record/open-dossier";
import { takeStep } from "../record/take-step";
import { cancelSeance, restoreSeance } from "../seances/cancel-seance";
import { createSeance } from "../seances/create-seance";
import { editSeance } from "../seances/edit-seance";
import { useDossierStage } from "../testing/use-dossier-stage";

const TAB = { socketId: "12.34" };
const SEANCE = { title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" };
const stage = useDossierStage();
let aina: UserActor;
let dossier: number;
let seance: number;
beforeEach(async () => {
  aina = await stage.add("Aina", "a@mgs.mg");
  dossier = (await stage.open(stage.admin)).id;
  seance = (await createSeance(stage.deps(), stage.admin, SEANCE)).seance.id;
});

const ask = async () => {
  const question = { question: "Conforme ?", user_id: aina.userId };
  return (await askOpinion(stage.deps(), stage.admin, dossier, question)).id;
};

type Act = { before?: () => Promise<unknown>; run: (before: unknown) => Promise<unknown> };

const ACTS: Readonly<Record<string, Act>> = {
  "open a dossier": {
    run: () =>
      openDossier(
        stage.deps(),
        stage.admin,
        { title: "Autre", type_id: stage.typeId, concerned: { kind: "personne", name: "Lala" } },
        TAB,
      ),
  },
  "edit a dossier": {
    run: () => editDossier(stage.deps(), stage.admin, dossier, { title: "Nouveau", version: 1 }, TAB),
  },
  "edit several dossiers": {
    run: () => editDossiers(stage.deps(), stage.admin, { ids: [dossier], change: { priority: "urgente" } }, TAB),
  },
  "move a dossier": {
    run: () => takeStep(stage.deps(), stage.admin, dossier, { from: "nouveau", to: "en_cours" }, TAB),
  },
  "ask for a piece": { run: () => askPiece(stage.deps(), stage.admin, dossier, { name: "Acte" }, TAB) },
  "mark a piece": {
    before: async () => (await listPieces(stage.deps(), stage.admin, dossier))[0]?.id,
    run: (id) => changePiece(stage.deps(), stage.admin, dossier, String(id), { from: "asked", state: "received" }, TAB),
  },
  "ask for an opinion": {
    run: () => askOpinion(stage.deps(), stage.admin, dossier, { question: "Conforme ?", user_id: aina.userId }, TAB),
  },
  "answer an opinion": {
    before: ask,
    run: (id) => answerOpinion(stage.deps(), aina, dossier, String(id), { verdict: "favorable" }, TAB),
  },
  "withdraw an opinion": {
    before: ask,
    run: (id) => withdrawOpinion(stage.deps(), stage.admin, dossier, String(id), TAB),
  },
  "give access": { run: () => giveAccess(stage.deps(), stage.admin, dossier, { user_id: aina.userId }, TAB) },
  "take access": {
    before: () => giveAccess(stage.deps(), stage.admin, dossier, { user_id: aina.userId }),
    run: () => takeAccess(stage.deps(), stage.admin, dossier, aina.userId, TAB),
  },
  "make a session": { run: () => createSeance(stage.deps(), stage.admin, SEANCE, TAB) },
  "edit a session": { run: () => editSeance(stage.deps(), stage.admin, seance, { place: "Salle 4", version: 1 }, TAB) },
  "cancel a session": { run: () => cancelSeance(stage.deps(), stage.admin, seance, TAB) },
  "restore a session": {
    before: () => cancelSeance(stage.deps(), stage.admin, seance),
    run: () => restoreSeance(stage.deps(), stage.admin, seance, TAB),
  },
};

it.each(Object.entries(ACTS))("%s: its own tab is not told of it", async (_, { before, run }) => {
  const prepared = await before?.();
  await stage.database.outbox.deleteMany();
  await run(prepared);
  const rows = await stage.database.outbox.findMany({ where: { kind: "record.changed" } });
  expect(rows.map(({ payload }) => payload)).toEqual([expect.objectContaining({ socket_id: TAB.socketId })]);
});
