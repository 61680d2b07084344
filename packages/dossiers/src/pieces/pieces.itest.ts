import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { useDossierStage } from "../testing/use-dossier-stage";
import { askPiece, changePiece } from "./change-pieces";
import { listPieces } from "./list-pieces";

const stage = useDossierStage();
const history = async () =>
  (await stage.database.recordChange.findMany({ orderBy: { seq: "asc" } })).map(({ op, details }) => [op, details]);

describe("the checklist of a dossier", () => {
  it("has what the type asks for, and goes from asked to received or refused and back, each a change of the dossier", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const { id } = await stage.open(stage.admin);
    const [plan] = await listPieces(stage.deps(), hery, id);
    expect(plan).toMatchObject({ name: "Plan", required: true, state: "asked", document_id: null });
    const change = (from: string, state: string, reason?: string) =>
      changePiece(stage.deps(), hery, id, plan?.id ?? "", { from, state, reason });
    await change("asked", "received");
    expect(await change("received", "refused", "Illisible")).toMatchObject({ state: "refused", reason: "Illisible" });
    expect(await change("refused", "asked")).toMatchObject({ state: "asked", reason: "" });
    const added = await askPiece(stage.deps(), hery, id, { name: "Extrait cadastral", required: false });
    expect((await listPieces(stage.deps(), hery, id)).map(({ name }) => name)).toEqual(["Plan", "Extrait cadastral"]);
    const details = { piece_id: plan?.id, name: "Plan" };
    expect((await history()).slice(1)).toEqual([
      ["piece-received", { ...details, state: "received" }],
      ["piece-refused", { ...details, state: "refused", reason: "Illisible" }],
      ["piece-asked", { ...details, state: "asked" }],
      ["piece-asked", { piece_id: added.id, name: "Extrait cadastral", state: "asked" }],
    ]);
    expect(await stage.database.outbox.count({ where: { kind: "record.changed" } })).toBe(5);
  });

  it("is none of who does not see the dossier, and is changed by who works on dossiers alone", async () => {
    const [onja, aina] = [await stage.add("Onja", "o@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    const { id } = await stage.open(onja);
    const [plan] = await listPieces(stage.deps(), onja, id);
    const ways = (actor: typeof onja) => [
      askPiece(stage.deps(), actor, id, { name: "x" }),
      changePiece(stage.deps(), actor, id, plan?.id ?? "", { from: "asked", state: "received" }),
    ];
    expect(await refusal(listPieces(stage.deps(), aina, id))).toBe("DOSSIER_NOT_FOUND");
    expect(await Promise.all(ways(aina).map(refusal))).toEqual(["DOSSIER_NOT_FOUND", "DOSSIER_NOT_FOUND"]);
    expect(await Promise.all(ways(onja).map(refusal))).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  });

  it("refuses bad input, a piece of another dossier, and a change of what is no more", async () => {
    const { id } = await stage.open(stage.admin);
    const other = await stage.open(stage.admin);
    const [plan] = await listPieces(stage.deps(), stage.admin, id);
    const change = (input: object, dossier = id, piece = plan?.id ?? "") =>
      refusal(changePiece(stage.deps(), stage.admin, dossier, piece, { from: "asked", state: "received", ...input }));
    for (const input of [
      { state: "lost" },
      { state: "asked" },
      { state: "refused" },
      { state: "refused", reason: " " },
      { more: 1 },
    ])
      expect([input, await change(input)]).toEqual([input, "VALIDATION_ERROR"]);
    for (const input of [{ name: "" }, { name: "x".repeat(101) }, { name: "x", required: "oui" }, { name: "\u0000" }])
      expect(await refusal(askPiece(stage.deps(), stage.admin, id, input))).toBe("VALIDATION_ERROR");
    expect(await change({}, other.id)).toBe("SUBJECT_NOT_FOUND");
    expect(await change({}, id, "1")).toBe("SUBJECT_NOT_FOUND");
    expect(await change({ from: "refused" })).toBe("CONFLICT");
    const both = await Promise.all(Array.from({ length: 10 }, () => change({})));
    expect(both.filter((one) => one === "done")).toHaveLength(1);
    expect(both.filter((one) => one === "CONFLICT")).toHaveLength(9);
  });
});
