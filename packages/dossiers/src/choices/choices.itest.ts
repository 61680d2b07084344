import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { askOpinion } from "../opinions/ask-opinion";
import { listAskableRoles } from "../opinions/list-askable-roles";
import { listAwaited } from "../opinions/list-awaited";
import { listAssignees } from "../record/list-assignees";
import { useDossierStage } from "../testing/use-dossier-stage";

const stage = useDossierStage();
const NAMES = ["Zo", "Éva", "Hery Rabe", "hanta", "Œuvre Rado", "Hery Rabe"];

/** People with a dossier each, in the order in which they came. */
async function employ(): Promise<UserActor[]> {
  const people: UserActor[] = [];
  for (const [place, name] of NAMES.entries()) {
    const person = await stage.add(name, `p${place}@mgs.mg`, "gestionnaire");
    await stage.open(stage.admin, { assignee_id: person.userId });
    people.push(person);
  }
  return people;
}

describe("choices", () => {
  it("come by name in pages, of which none is missing and none comes twice", async () => {
    await employ();
    const names: string[] = [];
    const ids = new Set<number>();
    let after: string | null = null;
    do {
      const page = await listAssignees(stage.deps(), stage.admin, { limit: "2", ...(after && { after }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map(({ name }) => name));
      for (const { id } of page.items) ids.add(id);
      after = page.next;
    } while (after !== null);
    expect(names).toEqual(["Éva", "hanta", "Hery Rabe", "Hery Rabe", "Œuvre Rado", "Zo"]);
    expect(ids.size).toBe(NAMES.length);
  });

  it("are found by the beginnings of their words, whatever the accents", async () => {
    await employ();
    const found = async (search: string) =>
      (await listAssignees(stage.deps(), stage.admin, { search })).items.map(({ name }) => name);
    expect(await found("rab he")).toEqual(["Hery Rabe", "Hery Rabe"]);
    expect(await found("EVA")).toEqual(["Éva"]);
    expect(await found("oeuv")).toEqual(["Œuvre Rado"]);
    expect(await found("va")).toEqual([]);
    expect(await found(" ")).toHaveLength(NAMES.length);
  });

  it("are those of dossiers that the caller sees", async () => {
    const [zo] = await employ();
    const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
    expect(await listAssignees(stage.deps(), onja)).toEqual({ items: [], next: null });
    const { id } = await stage.open(onja, { assignee_id: zo?.userId });
    expect((await listAssignees(stage.deps(), onja)).items).toEqual([{ id: zo?.userId, name: "Zo" }]);
    const hidden = await stage.open(stage.admin);
    await askOpinion(stage.deps(), stage.admin, hidden.id, { role: "direction", question: "Oui ?" });
    await askOpinion(stage.deps(), stage.admin, id, { role: "comptable", question: "Payé ?" });
    await askOpinion(stage.deps(), stage.admin, id, { user_id: zo?.userId, question: "Conforme ?" });
    expect((await listAwaited(stage.deps(), onja)).items).toEqual([
      { kind: "role", slug: "comptable", name: "Comptable" },
      { kind: "person", id: zo?.userId, name: "Zo" },
    ]);
    expect((await listAwaited(stage.deps(), stage.admin, { search: "dir" })).items).toMatchObject([
      { slug: "direction" },
    ]);
  });

  it("of roles are for who may ask them, in their language", async () => {
    const [hery] = await employ();
    if (!hery) throw new Error("nobody is employed");
    const read = async (actor: UserActor, input: object = {}) =>
      (await listAskableRoles(stage.deps(), actor, input)).items;
    expect(await read(hery)).toContainEqual({ slug: "comptable", name: "Comptable" });
    const english = { ...hery, locale: "en" } as const;
    expect(await read(english, { search: "acc" })).toEqual([{ slug: "comptable", name: "Accountant" }]);
    const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
    expect(await refusal(read(onja))).toBe("FORBIDDEN");
    expect(await read({ ...hery, scopes: ["dossiers:read"] })).toHaveLength((await read(hery)).length);
  });

  it("take a scope and a right query", async () => {
    const lists = [listAssignees, listAwaited, listAskableRoles];
    const program = { kind: "client", clientId: "erp", scopes: ["dossiers:read"] } as const;
    for (const list of lists) {
      expect(await refusal(list(stage.deps(), { ...stage.admin, scopes: ["dossiers:write"] }))).toBe(
        "INSUFFICIENT_SCOPE",
      );
      expect(await refusal(list(stage.deps(), program))).toBe("FORBIDDEN");
      for (const input of [{ limit: 0 }, { limit: 101 }, { after: "x" }, { search: "x".repeat(101) }, { page: 1 }])
        expect([input, await refusal(list(stage.deps(), stage.admin, input))]).toEqual([input, "VALIDATION_ERROR"]);
    }
  });
});
