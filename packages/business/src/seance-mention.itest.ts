import { postComment } from "@mgs/comments/record/post-comment";
import { uuidv7 } from "@mgs/core/ids";
import { createSeance } from "@mgs/dossiers/seances/create-seance";
import { seanceSubject } from "@mgs/dossiers/seances/seance-subject";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { expect, it } from "vitest";
import { BUSINESS } from "./modules";

const stage = useDossierStage();

it("a mention at a session also reaches who stands in for the absent, who sees it from then on", async () => {
  const [aina, lala] = [await stage.add("Aina", "a@mgs.mg", "direction"), await stage.add("Lala", "l@mgs.mg")];
  const { seance } = await createSeance(stage.deps(), stage.admin, {
    ...{ title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" },
  });
  await stage.database.absence.create({
    data: {
      ...{ id: uuidv7(), userId: aina.userId, substituteId: lala.userId },
      ...{ firstDay: new Date("2026-11-30"), lastDay: new Date("2026-12-04") },
    },
  });
  const input = { content: "Qu’en dites-vous ?", mentions: [String(aina.userId)] };
  await postComment(stage.deps(), stage.admin, seanceSubject, String(seance.id), input);
  const rung: string[] = [];
  const handlers = BUSINESS.filter(({ name }) => name === "comments").flatMap(({ outbox = [] }) => outbox);
  await stage.database.outbox.deleteMany({ where: { kind: { not: "comment.notice" } } });
  await createMailWorker(stage.database, handlers, {
    ringBell: async ({ userId, type }) => void rung.push(`${userId} ${type}`),
  }).deliver();
  expect(rung.sort()).toEqual([`${aina.userId} comment.mentioned`, `${lala.userId} comment.mentioned`].sort());
  expect(await seanceSubject.find(stage, lala, String(seance.id))).toMatchObject({ title: "Commission" });
  await stage.database.absence.deleteMany();
});
