import type { UserActor } from "@mgs/core/actor";
import { expect, it } from "vitest";
import { findAddressee } from "./conversations/find-addressee";
import { messagePalette } from "./palette";
import { useMessagingStage } from "./testing/use-messaging-stage";

const stage = useMessagingStage();
const search = async (actor: UserActor, words: string) =>
  (
    await Promise.all(
      messagePalette(stage.deps(), stage.deps().clock).map((source) =>
        source.search(stage.deps() as never, actor, words),
      ),
    )
  ).flat();

it("the palette finds one's conversations by name and by people, and colleagues to write to", async () => {
  const [hery, aina, zo] = [
    await stage.add("Hery Rakoto", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  stage.record("1", hery, aina);
  const budget = await stage.open(aina, [hery, zo], { name: "Budget du port" });
  await stage.post(aina, budget, "À voter vendredi");
  const about = await stage.open(aina, [hery], { subject: { type: "dossier", id: "1" } });
  expect(await search(zo, "budget")).toEqual([
    {
      ...{ id: `conversation-${budget.id}`, title: "Budget du port", detail: "À voter vendredi" },
      href: `/messages/${budget.id}`,
    },
  ]);
  expect((await search(aina, "rakoto")).map(({ title, detail, href }) => [title, detail, href])).toEqual([
    ["Hery Rakoto", "Dossier 1", `/messages/${about.id}`],
    ["Budget du port", "À voter vendredi", `/messages/${budget.id}`],
    ["Écrire à Hery Rakoto", expect.any(String), `/messages?write=true&to=${hery.userId}`],
  ]);
  // Nobody writes to themself, and nothing was typed.
  expect((await search(hery, "rakoto")).map(({ title }) => title)).toEqual([]);
  expect(await search(aina, "")).toEqual([]);
});

it("and nothing of others' conversations, for a token without the scope, or in another person's place", async () => {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  await stage.open(hery, [aina], { name: "Confidentiel" });
  expect(await search(zo, "confidentiel")).toEqual([]);
  expect(await search({ ...aina, scopes: ["profile"] }, "confidentiel")).toEqual([]);
  const impersonation = {
    ...{ id: "0193a000-0000-7000-8000-000000000001", expiresAt: new Date() },
    administrator: { id: stage.admin.userId, name: "Voahangy" },
  };
  expect(await search({ ...aina, impersonation }, "hery")).toEqual([]);
});

it("an address names somebody to write to, with the conversation that the two have", async () => {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  const find = (id: string) => findAddressee(stage.deps(), hery, id);
  expect(await find(String(aina.userId))).toEqual({ id: aina.userId, name: "Aina", conversationId: null });
  const { id } = await stage.open(aina, [hery]);
  expect((await find(String(aina.userId)))?.conversationId).toBe(id);
  await stage.database.user.update({ where: { id: aina.userId }, data: { disabledAt: new Date() } });
  for (const nobody of [String(aina.userId), String(hery.userId), "0", "x", "999999", "1 OR 1=1"])
    expect([nobody, await find(nobody)]).toEqual([nobody, null]);
});
