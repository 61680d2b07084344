import { expect, it } from "vitest";
import { askOpinion } from "../opinions/ask-opinion";
import { useDossierStage } from "../testing/use-dossier-stage";
import { listFilterChoices } from "./list-filter-choices";

const stage = useDossierStage();

it("the choices of the filters are those of the dossiers that somebody sees, and what the address asks for has a name", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
  const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
  await askOpinion(stage.deps(), stage.admin, id, { role: "comptable", question: "Payé ?" });
  const types = [{ id: stage.typeId, name: "Permis de construire" }];
  const comptable = { kind: "role", slug: "comptable", name: "Comptable" };
  const read = (actor: typeof hery, chosen: Record<string, string>, asks = true) =>
    listFilterChoices(stage.deps(), actor, chosen, { asks });
  expect(await read(hery, {})).toEqual({ types, assignees: [{ id: hery.userId, name: "Hery" }], asked: [comptable] });
  expect(await read(hery, { assignee: "me", asked: "me" }, false)).toMatchObject({ assignees: [{}], asked: [] });
  // One that is a choice already is none twice.
  const chosen = { assignee: String(hery.userId), asked: "role:comptable" };
  expect(await read(hery, chosen)).toEqual(await read(hery, {}));
  expect(await read(hery, { assignee: String(onja.userId), asked: String(onja.userId) })).toMatchObject({
    assignees: [{ name: "Hery" }, { id: onja.userId, name: "Onja" }],
    asked: [comptable, { kind: "person", id: onja.userId, name: "Onja" }],
  });
  expect(await read(onja, { asked: "role:direction" })).toEqual({
    ...{ types, assignees: [] },
    asked: [{ kind: "role", slug: "direction", name: "Direction" }],
  });
  expect((await read(onja, { assignee: "nobody", asked: "role:inconnu" })).asked).toMatchObject([{ name: "inconnu" }]);
});
