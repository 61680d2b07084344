import { uuidv7 } from "@mgs/core/ids";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { namesOf } from "@mgs/identity/users/name-of";
import { VIEW_RESTORE_SECONDS } from "@mgs/records/retention";
import { deleteView } from "@mgs/records/views/delete-view";
import { editView } from "@mgs/records/views/edit-view";
import { listViews } from "@mgs/records/views/list-views";
import { restoreView } from "@mgs/records/views/restore-view";
import { saveView } from "@mgs/records/views/save-view";
import { purgeViews } from "@mgs/records/views/views.repository";
import { beforeEach, describe, expect, it } from "vitest";
import { DOSSIER_LISTS } from "../lists";
import { NOON, useDossierStage } from "../testing/use-dossier-stage";

const stage = useDossierStage();
const ports = { lists: DOSSIER_LISTS, namesOf };
const LIST = { list: "dossiers" };
const save = (actor = stage.admin, input: object = {}) =>
  saveView(stage.deps(), actor, ports, {
    ...LIST,
    name: "Urgents",
    query: "state=en_cours&priority=urgente",
    ...input,
  });
const viewNames = async (actor = stage.admin) =>
  (await listViews(stage.deps(), actor, ports, LIST)).map(({ name }) => name);

beforeEach(async () => {
  await stage.database.savedView.deleteMany();
});

describe("saved views", () => {
  it("keep filters, order and columns, in one order of their names", async () => {
    const view = await save(stage.admin, { query: "sort=due&columns=state%2Cdue&search=rova&tag=" });
    expect(view).toMatchObject({ query: "columns=state%2Cdue&search=rova&sort=due", shared: false, mine: true });
    expect(view.owner).toEqual({ id: stage.admin.userId, name: "Voahangy" });
    expect(await listViews(stage.deps(), stage.admin, ports, LIST)).toEqual([view]);
  });

  it("are seen by others when they are shared, and changed by their owner alone", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const view = await save();
    expect(await viewNames(hery)).toEqual([]);
    await editView(stage.deps(), stage.admin, ports, view.id, { shared: true, name: "À faire" });
    const [seen] = await listViews(stage.deps(), hery, ports, LIST);
    expect(seen).toMatchObject({ id: view.id, name: "À faire", mine: false, owner: { name: "Voahangy" } });
    expect(await refusal(editView(stage.deps(), hery, ports, view.id, { name: "x" }))).toBe("NOT_FOUND");
    expect(await refusal(deleteView(stage.deps(), hery, ports, view.id))).toBe("NOT_FOUND");
    await save(hery, { name: "À faire" });
    await deleteView(stage.deps(), stage.admin, ports, view.id);
    expect(await refusal(deleteView(stage.deps(), stage.admin, ports, view.id))).toBe("NOT_FOUND");
    expect(await viewNames(hery)).toEqual(["À faire"]);
  });

  it("that were deleted can be restored by their owner for 30 days, unless another has the name", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
    const deleted = async (actor = stage.admin) =>
      (await listViews(stage.deps(), actor, ports, { ...LIST, deleted: "true" })).map(({ name }) => name);
    const restore = (id: string, actor = stage.admin) => restoreView(stage.deps(), actor, ports, id);
    const view = await save(stage.admin, { shared: true });
    expect(await refusal(restore(view.id))).toBe("NOT_FOUND");
    await deleteView(stage.deps(), stage.admin, ports, view.id);
    expect([await viewNames(), await viewNames(hery), await deleted()]).toEqual([[], [], ["Urgents"]]);
    expect([await deleted(hery), await refusal(restore(view.id, hery))]).toEqual([[], "NOT_FOUND"]);
    expect(await refusal(editView(stage.deps(), stage.admin, ports, view.id, { name: "x" }))).toBe("NOT_FOUND");

    const other = await save();
    expect(await refusal(restore(view.id))).toBe("VALIDATION_ERROR");
    await editView(stage.deps(), stage.admin, ports, other.id, { name: "Autre" });
    expect(await restore(view.id)).toEqual(view);
    expect([await viewNames(hery), await deleted()]).toEqual([["Urgents"], []]);

    await deleteView(stage.deps(), stage.admin, ports, view.id);
    stage.setNow(new Date(NOON.getTime() + 31 * 24 * 60 * 60 * 1_000));
    expect([await deleted(), await refusal(restore(view.id))]).toEqual([[], "NOT_FOUND"]);
  });

  it("that were deleted long ago, or are more than a hundred, are swept", async () => {
    const { database } = stage;
    const add = (name: string, deletedAt: Date | null) =>
      database.savedView.create({
        data: { id: uuidv7(), list: "dossiers", ownerId: stage.admin.userId, name, query: "", deletedAt },
      });
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
    await add("Là", null);
    await add("Hier", daysAgo(1));
    await add("Trop vieille", daysAgo(31));
    expect(await purgeViews(database, VIEW_RESTORE_SECONDS, 100)).toBe(1);
    for (let index = 0; index < 100; index += 1) await add("Encore", daysAgo(0));
    expect(await purgeViews(database, VIEW_RESTORE_SECONDS, 100)).toBe(1);
    const left = await database.savedView.groupBy({ by: ["name"], _count: true, orderBy: { name: "asc" } });
    expect(left.map(({ name, _count }) => [name, _count])).toEqual([
      ["Encore", 100],
      ["Là", 1],
    ]);
  });

  it("refuse what is no query of the list, a name twice, and other lists", async () => {
    await save();
    const refused = [
      { query: "state=ouvert" },
      { query: "password=1" },
      { query: "after=x" },
      { query: "columns=secret" },
      { query: "x".repeat(2_001) },
      { name: "" },
      { name: "x".repeat(61) },
      { name: "Urgents" },
      { list: "people" },
      { shared: "yes" },
      { owner_id: 1 },
    ];
    for (const input of refused)
      expect(await refusal(save(stage.admin, { name: "Autre", ...input }))).toBe("VALIDATION_ERROR");
    const { id } = await save(stage.admin, { name: "Autre" });
    expect(await refusal(editView(stage.deps(), stage.admin, ports, id, { name: "Urgents" }))).toBe("VALIDATION_ERROR");
    expect(await refusal(editView(stage.deps(), stage.admin, ports, id, { query: "x=1" }))).toBe("VALIDATION_ERROR");
    expect(await refusal(editView(stage.deps(), stage.admin, ports, "42", {}))).toBe("NOT_FOUND");
    expect(await viewNames()).toEqual(["Autre", "Urgents"]);
  });

  it("are a hundred of a list at most, and need the list's scopes", async () => {
    for (let index = 0; index < 100; index += 1) await save(stage.admin, { name: `Vue ${index}` });
    expect(await refusal(save(stage.admin, { name: "Une de trop" }))).toBe("VALIDATION_ERROR");
    const token = { ...stage.admin, scopes: ["dossiers:read"] };
    const [view] = await listViews(stage.deps(), token, ports, LIST);
    expect(await refusal(save(token))).toBe("INSUFFICIENT_SCOPE");
    expect(await refusal(deleteView(stage.deps(), token, ports, view?.id ?? ""))).toBe("INSUFFICIENT_SCOPE");
    const noScope = { ...token, scopes: [] };
    expect(await refusal(listViews(stage.deps(), noScope, ports, LIST))).toBe("INSUFFICIENT_SCOPE");
    const program = { kind: "client" as const, clientId: "erp", scopes: ["dossiers:read"] };
    expect(await refusal(listViews(stage.deps(), program, ports, LIST))).toBe("FORBIDDEN");
  });
});
