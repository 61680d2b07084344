import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { addPeople } from "../conversations/change-people";
import { deleteMessage } from "../messages/delete-message";
import { useMessagingStage } from "../testing/use-messaging-stage";
import { searchMessages } from "./search-messages";

const stage = useMessagingStage();
const find = async (actor: UserActor, q: string) =>
  (await searchMessages(stage.deps(), actor, { q })).hits.map(({ message }) => message.content);

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery Rakoto", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina], { name: "Budget 2027" });
  return { hery, aina, zo, id, at: String(id) };
}

describe("a search of messages", () => {
  it("finds words without accents, their beginnings and their French stems, the newest first", async () => {
    const { hery, aina, id } = await conversation();
    for (const text of ["Les contrats sont signés", "Le contrat de l’œuvre", "Réunion à Antsirabé", "Un café ?"]) {
      stage.pass(1_000);
      await stage.post(hery, { id }, text);
    }
    expect(await find(aina, "contrat")).toEqual(["Le contrat de l’œuvre", "Les contrats sont signés"]);
    expect(await find(aina, "contrats")).toEqual(["Le contrat de l’œuvre", "Les contrats sont signés"]);
    expect(await find(aina, "signer")).toEqual(["Les contrats sont signés"]);
    expect(await find(aina, "antsir reunion")).toEqual(["Réunion à Antsirabé"]);
    expect(await find(aina, "CAFE")).toEqual(["Un café ?"]);
    expect(await find(aina, "oeuvre")).toEqual(["Le contrat de l’œuvre"]);
    expect(await find(aina, "contrat réunion")).toEqual([]);
    expect(await find(aina, "' | & ! :* <->")).toEqual(expect.any(Array));
  });

  it("is narrowed by who wrote, where, and before which day", async () => {
    const { hery, aina, zo, id } = await conversation();
    const other = await stage.open(aina, [zo]);
    await stage.post(hery, { id }, "budget un");
    stage.pass(1_000);
    await stage.post(aina, { id }, "budget deux");
    stage.pass(24 * 3_600_000);
    await stage.post(aina, other, "budget trois");
    expect(await find(aina, "budget from:hery")).toEqual(["budget un"]);
    expect(await find(aina, "budget de:moi")).toEqual(["budget trois", "budget deux"]);
    expect(await find(aina, 'budget from:"Hery Rakoto"')).toEqual(["budget un"]);
    expect(await find(aina, "budget in:2027")).toEqual(["budget deux", "budget un"]);
    expect(await find(aina, "budget dans:zo")).toEqual(["budget trois"]);
    expect(await find(aina, "before:2026-12-01")).toEqual(["budget deux", "budget un"]);
    expect(await find(aina, "budget avant:1/12/2026 from:aina")).toEqual(["budget deux"]);
    expect(await find(aina, "from:personne budget")).toEqual([]);
    for (const q of ["before:demain", "before:2026-02-30", "", "x".repeat(201)])
      expect([q, await refusal(searchMessages(stage.deps(), aina, { q }))]).toEqual([q, "VALIDATION_ERROR"]);
  });

  it("sees what its reader sees: their conversations from when they came, and no record that is closed to them", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const readers = stage.record("1", hery, aina);
    const about = await stage.open(hery, [aina], { subject: { type: "dossier", id: "1" } });
    await stage.post(hery, { id }, "secret un");
    const { id: gone } = await stage.post(hery, { id }, "secret supprimé");
    await deleteMessage(stage.deps(), hery, at, gone);
    await stage.post(hery, about, "secret deux");
    await addPeople(stage.deps(), hery, at, { user_ids: [zo.userId] });
    await stage.post(aina, { id }, "secret trois");
    expect(await find(zo, "secret")).toEqual(["secret trois"]);
    expect((await find(aina, "secret")).sort()).toEqual(["secret deux", "secret trois", "secret un"]);
    readers.delete(aina.userId);
    expect((await find(aina, "secret")).sort()).toEqual(["secret trois", "secret un"]);
    expect(await find(stage.admin, "secret")).toEqual([]);
  });

  it("goes on by pages", async () => {
    const { hery, aina, id } = await conversation();
    for (let index = 0; index < 5; index++) await stage.post(hery, { id }, `devis ${index}`);
    const all: string[] = [];
    let after: string | null = null;
    do {
      const query: object = { q: "devis", limit: "2", ...(after === null ? {} : { after }) };
      const page = await searchMessages(stage.deps(), aina, query);
      all.push(...page.hits.map(({ message }) => message.content));
      after = page.next;
    } while (after !== null);
    expect(all.sort()).toEqual([0, 1, 2, 3, 4].map((index) => `devis ${index}`));
  });
});
