import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { listPieces } from "@mgs/dossiers/pieces/list-pieces";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { expect, it } from "vitest";
import { DOCUMENT_PORTS } from "./modules";

const stage = useDossierStage();
const AT = new Date("2026-11-30T09:00:00Z");
const documentId = uuidv7();

it("a document in the place of a piece makes it received, once, by who works on the dossier alone", async () => {
  const [hery, onja] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Onja", "o@mgs.mg")];
  const { id } = await stage.open(onja);
  const [plan] = await listPieces(stage.deps(), hery, id);
  const fill = (actor: UserActor, slot: string, type = "dossier") =>
    stage.database.$transaction(async (tx) => {
      const filled = { record: { type, id: String(id) }, slot, documentId, at: AT };
      return (await DOCUMENT_PORTS.slotFilled?.(tx, actor, filled))?.length;
    });
  const slot = `piece:${plan?.id}`;
  // Not who may not work on it, nor the piece of another dossier, another kind of record or another kind of place.
  const other = await stage.open(onja);
  const [foreign] = await listPieces(stage.deps(), hery, other.id);
  expect(await fill(onja, slot)).toBe(0);
  for (const wrong of [`piece:${foreign?.id}`, "piece:x", "photo:1"]) expect(await fill(hery, wrong)).toBe(0);
  expect(await fill(hery, slot, "seance")).toBe(0);
  expect((await listPieces(stage.deps(), hery, id))[0]).toMatchObject({ state: "asked", document_id: null });
  expect(await fill(hery, slot)).toBe(1);
  expect((await listPieces(stage.deps(), hery, id))[0]).toMatchObject({ state: "received", document_id: documentId });
  // A second file is no second change of the checklist.
  expect(await fill(hery, slot)).toBe(0);
  expect(await stage.database.recordChange.count({ where: { op: "piece-received" } })).toBe(1);
});
