import { askOpinion } from "@mgs/dossiers/opinions/ask-opinion";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { expect, it } from "vitest";
import { OPINION_PORTS } from "./modules";

const stage = useDossierStage();

it("an opinion has a private thread on its dossier, for those asked, who asked and the assignee", async () => {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
  const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
  const deps = { ...stage.deps(), ...OPINION_PORTS };
  const asked = await askOpinion(deps, stage.admin, id, { user_id: aina.userId, question: "Conforme ?" });
  const threads = await stage.database.$queryRaw`
    SELECT t.id::text, t.subject_type, t.subject_id, t.title,
      ARRAY(SELECT p.user_id FROM comment_thread_people p WHERE p.thread_id = t.id ORDER BY p.user_id) AS people
    FROM comment_threads t`;
  const people = [stage.admin, hery, aina].map(({ userId }) => userId).sort((a, b) => a - b);
  expect(threads).toEqual([
    { id: asked.thread_id, subject_type: "dossier", subject_id: String(id), title: "Conforme ?", people },
  ]);
});
